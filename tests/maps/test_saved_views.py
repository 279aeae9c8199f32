"""Saved views: what can be kept, who opens what, and that sharing a view shares no rows."""

from __future__ import annotations

import pytest

from maps.models import SavedView
from tests.sites.api.conftest import Caller, codes

pytestmark = pytest.mark.django_db
VIEWS = "/api/v1/views"


@pytest.fixture
def callers(world):
    return {name: Caller(user) for name, user in world.users.items()}


def kept(caller, **values):
    return caller.post(VIEWS, {"name": "红灯道路", "path": "/sites/", **values})


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", "kind=road&delay=red"),
        ("/sites/", "year=2023&cursor=abc"),
        ("/targets/", "year=2023"),
        ("/public/", ""),
        ("/services/", "?record_state=verified"),
    ],
)
def test_pages_of_ours_are_kept_without_their_place_in_a_list(callers, path, query):
    answer = kept(callers["company_member"], path=path, query=query)
    assert answer.status_code == 201
    assert "cursor" not in answer.json()["query"]
    assert not answer.json()["query"].startswith("?")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
        "/admin/",
        "/accounts/sign-out/",
        "/api/v1/sites",
        "/sites/../admin/",
        "/sites/?next=/",
        "/sites",
        "/nowhere/",
        "/sites/%2e%2e/",
        "javascript:alert(1)",
        "",
        "/" + "a" * 200,
    ],
)
def test_other_addresses_are_refused(callers, path):
    answer = kept(callers["district_planner"], path=path)
    assert answer.status_code == 422
    assert list(codes(answer)) == ["path"]


@pytest.mark.parametrize("query", ["a=\nb", "x" * 5000, "a=%00"])
def test_parameters_that_cannot_be_kept_are_refused(callers, query):
    assert kept(callers["district_planner"], query=query).status_code == 422


def test_each_audience_opens_what_is_shared_with_it(world, callers):
    officer = callers["township_officer"]
    for audience in ("own", "township", "office"):
        assert kept(officer, name=audience, audience=audience).status_code == 201
    seen = {
        name: {row["name"] for row in caller.get(VIEWS).json()["items"]}
        for name, caller in callers.items()
    }
    assert seen["township_officer"] == {"own", "township", "office"}
    assert seen["district_planner"] == {"office"}
    assert seen["company_member"] == seen["evaluator"] == set()


def test_only_planners_share_with_everybody_and_only_public_pages(callers, client):
    planner = callers["district_planner"]
    refused = kept(planner, audience="public")
    assert codes(refused) == {"audience": "public_page_needed"}
    assert codes(kept(callers["township_officer"], path="/public/", audience="public")) == {
        "audience": "not_permitted"
    }
    public = kept(planner, path="/public/", query="kind=road", audience="public").json()
    answer = client.get(f"/views/{public['id']}/")
    assert (answer.status_code, answer["Location"]) == (302, "/public/?kind=road")


def test_bodies_keep_views_for_themselves(callers):
    answer = kept(callers["company_member"], audience="office")
    assert codes(answer) == {"audience": "not_permitted"}


def test_opening_a_shared_view_shows_the_opener_s_own_sites(world, callers, client):
    shared = kept(callers["district_planner"], audience="office").json()
    client.force_login(world.users["township_officer"])
    page = client.get(f"/views/{shared['id']}/", follow=True).content.decode()
    assert world.own.code in page
    assert world.sibling.code not in page


def test_a_view_is_its_owner_s_to_change(callers):
    made = kept(callers["district_planner"], audience="office")
    address = f"{VIEWS}/{made.json()['id']}"
    other = callers["township_officer"]
    assert other.patch(address, {"name": "x"}, etag=made["ETag"]).status_code == 403
    assert other.delete(address, etag=made["ETag"]).status_code == 403
    owner = callers["district_planner"]
    changed = owner.patch(address, {"name": "道路"}, etag=made["ETag"])
    assert (changed.status_code, changed.json()["name"]) == (200, "道路")
    assert owner.patch(address, {"name": "y"}, etag=made["ETag"]).status_code == 412
    assert owner.delete(address, etag=changed["ETag"]).status_code == 204


def test_a_name_is_used_once_by_each_person(callers):
    assert kept(callers["district_planner"]).status_code == 201
    assert kept(callers["district_planner"]).status_code == 422
    assert kept(callers["township_officer"]).status_code == 201


def test_the_form_keeps_the_page_that_it_stands_on(world, client):
    client.force_login(world.users["township_officer"])
    page = client.get("/targets/?year=2023").content.decode()
    assert 'name="path" value="/targets/"' in page
    given = {"name": "本镇目标", "audience": "own", "path": "/targets/", "query": "year=2023"}
    answer = client.post("/views/", given)
    assert (answer.status_code, answer["Location"]) == (302, "/targets/?year=2023")
    view = SavedView.objects.get()
    renamed = {"name": "目标", "audience": "office", "version": view.version}
    assert client.post(f"/views/{view.pk}/change/", renamed).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.audience, view.query) == ("目标", "office", "year=2023")
    assert client.post(f"/views/{view.pk}/remove/", {"version": "x"}).status_code == 422
    assert client.post(f"/views/{view.pk}/remove/", {"version": view.version}).status_code == 302
    assert not SavedView.objects.exists()
