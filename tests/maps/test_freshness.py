"""A tile from memory is never older than the data, nor than the viewer's rights."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from maps.tile_door import TileDoor
from maps.tiles import TILES
from sites.data_version import current_version, prune_marks
from sites.models import ApiToken, DataChange, Membership, ProjectSite
from tests.factories import build_world

pytestmark = pytest.mark.django_db(transaction=True)
TILE = "/api/v1/tiles/roads/9/422/209.mvt"


@pytest.fixture
def shared_world(transactional_db):
    TILES.clear()
    return build_world()


class Door:
    """The door in front of an application that notes what reached it."""

    def __init__(self, session=""):
        self.passed = 0
        self.door = TileDoor(self.ordinary)
        self.session = session

    def ordinary(self, environ, start_response):
        self.passed += 1
        start_response("299 Ordinary Way", [])
        return [b"ordinary"]

    def get(self, path=TILE, **extra):
        path, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_COOKIE": f"csrftoken=x; sessionid={self.session}",
            "wsgi.url_scheme": "http",
            **extra,
        }
        seen = {}

        def start_response(status, headers):
            seen.update(status=int(status.split()[0]), headers=dict(headers))

        body = b"".join(self.door(environ, start_response))
        return seen["status"], body, seen["headers"]


@pytest.fixture
def door(shared_world, client):
    client.force_login(shared_world.users["township_officer"])
    return Door(client.cookies["sessionid"].value)


def test_a_change_is_on_the_map_with_the_next_request(shared_world, client):
    client.force_login(shared_world.users["district_planner"])
    before = client.get(TILE)
    assert client.get(TILE).content == before.content
    ProjectSite.objects.filter(pk=shared_world.own.pk).update(planned_finish="2020-01-01")
    after = client.get(TILE)
    assert after.content != before.content
    assert after["ETag"] != before["ETag"]


def test_the_version_notices_transactions_in_any_order_of_commit(shared_world):
    seen = {current_version()}
    slow = connection.copy()
    try:
        slow.set_autocommit(False)
        with slow.cursor() as cursor:
            cursor.execute("UPDATE sites_projectsite SET note = 'slow' WHERE code = 'OWN-1'")
        with transaction.atomic():
            ProjectSite.objects.filter(code="SIBLING-1").update(note="fast")
        seen.add(current_version())
        slow.commit()
        seen.add(current_version())
    finally:
        slow.close()
    assert len(seen) == 3
    # Transactions in progress elsewhere in the cluster may keep marks for now.
    removed = prune_marks()
    assert (current_version() in seen) == (removed == 0)
    assert DataChange.objects.exists()


def test_marks_of_a_transaction_in_progress_are_not_passed_by_pruning(shared_world):
    slow = connection.copy()
    try:
        slow.set_autocommit(False)
        with slow.cursor() as cursor:
            cursor.execute("UPDATE sites_projectsite SET note = 'slow' WHERE code = 'OWN-1'")
        ProjectSite.objects.filter(code="SIBLING-1").update(note="a")
        ProjectSite.objects.filter(code="SIBLING-1").update(note="b")
        prune_marks()
        before = current_version()
        slow.commit()
        after = current_version()
        assert (after.marks, after.last) == (before.marks + 1, before.last)
    finally:
        slow.close()


def test_the_short_way_gives_what_the_ordinary_way_gives(shared_world, door, client):
    client.force_login(shared_world.users["township_officer"])
    ordinary = client.get(TILE)
    status, body, headers = door.get()
    assert (status, body, headers["ETag"]) == (200, ordinary.content, ordinary["ETag"])
    assert door.get(HTTP_IF_NONE_MATCH=headers["ETag"])[:2] == (304, b"")
    assert door.get(TILE.replace("/9/422/209", "/9/0/0"))[:2] == (204, b"")
    assert door.passed == 0


def test_the_short_way_shows_a_change_on_the_next_request(shared_world, door):
    before = door.get()[1]
    ProjectSite.objects.filter(pk=shared_world.own.pk).update(planned_finish="2020-01-01")
    assert door.get()[1] != before


@pytest.mark.parametrize("loss", ["membership", "area", "end", "account", "password", "session"])
def test_the_short_way_is_closed_on_the_request_after_a_right_is_lost(
    shared_world, door, client, loss
):
    officer = shared_world.users["township_officer"]
    assert door.get()[0] == 200
    membership = Membership.objects.get(user=officer)
    if loss == "membership":
        membership.delete()
    elif loss == "area":
        membership.areas.clear()
    elif loss == "end":
        Membership.objects.filter(pk=membership.pk).update(valid_to="2021-01-01")
    elif loss == "account":
        get_user_model().objects.filter(pk=officer.pk).update(is_active=False)
    elif loss == "password":
        officer.set_password("another horse")
        officer.save()
    else:
        client.session.flush()
    status = door.get()[0]
    nothing_left = loss in {"membership", "area", "end"}
    assert status == (204 if nothing_left else 299)


def test_a_role_that_is_given_back_opens_the_way_again(shared_world, door):
    membership = Membership.objects.get(user=shared_world.users["township_officer"])
    first = door.get()
    membership.areas.clear()
    assert door.get()[0] == 204
    membership.areas.set([shared_world.townships[0]])
    assert door.get()[:2] == first[:2]


@pytest.mark.parametrize(
    ("path", "extra"),
    [
        (TILE, {"REQUEST_METHOD": "HEAD"}),
        (TILE, {"HTTP_AUTHORIZATION": "Bearer x"}),
        (TILE, {"HTTP_COOKIE": ""}),
        (TILE, {"HTTP_COOKIE": "sessionid=unknown"}),
        (TILE.replace("roads", "castles"), {}),
        (TILE.replace("/9/", "/99/"), {}),
        (f"{TILE}?year=never", {}),
        ("/api/v1/sites", {}),
    ],
)
def test_whatever_is_no_plain_tile_goes_the_ordinary_way(shared_world, door, path, extra):
    assert door.get(path, **extra)[0] == 299
    assert door.passed == 1


def test_tokens_open_tiles_and_a_revoked_one_does_not(shared_world, client):
    from django.utils import timezone

    from sites.api.authentication import issue_token

    token = issue_token(shared_world.users["township_officer"], now=timezone.now()).token
    headers = {"authorization": f"Bearer {token}"}
    assert client.get(TILE, headers=headers).status_code == 200
    ApiToken.objects.update(revoked_at=timezone.now())
    assert client.get(TILE, headers=headers).status_code == 401
