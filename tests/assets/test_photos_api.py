"""Photos over HTTP: put once, read by those who may, and what each refusal says."""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid

import pytest
from django.db.models import Q
from django.test import Client

from assets import photo_access
from assets.models import Acceptance, Finding, FindingPhoto, Photo
from tests.factories import UserFactory
from tests.factories.photos import gps, kept_photo, picture


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def links(monkeypatch):
    """Conditions that a test registers, and nobody else's."""
    monkeypatch.setattr(photo_access, "_conditions", [])
    monkeypatch.setattr(photo_access, "_public_conditions", [])
    return photo_access


def client_of(user=None):
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def put(client, identifier, content, *, sha256=None, query="", media_type="image/jpeg"):
    stated = hashlib.sha256(content).hexdigest() if sha256 is None else sha256
    return client.generic(
        "PUT",
        f"/api/v1/photos/{identifier}{query}",
        content,
        content_type=media_type,
        headers={"X-Content-SHA256": stated} if stated else {},
    )


def code(response):
    return response.status_code, response.json()["errors"][0]["code"]


def body(response):
    return b"".join(response.streaming_content)


def test_a_photo_is_put_once_and_the_same_again_is_the_same(world):
    officer, identifier = world.users["township_officer"], uuid.uuid4()
    content = picture((640, 480), place=gps(t31=5.0), camera={0x9003: "2026:05:01 08:30:00"})
    first = put(client_of(officer), identifier, content)
    again = put(client_of(officer), identifier, content)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["Location"] == f"/api/v1/photos/{identifier}"
    told = first.json()
    assert told == again.json()
    assert told.pop("received_at")
    assert told == {
        "id": str(identifier),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content_type": "image/jpeg",
        "size_bytes": len(content),
        "width": 640,
        "height": 480,
        "taken_at": "2026-05-01T08:30:00+08:00",
        "position": [pytest.approx(117.06), pytest.approx(31.05)],
        "accuracy_m": 5.0,
        "original_name": "",
    }
    assert Photo.objects.count() == 1


def test_other_bytes_under_a_known_identifier_are_a_conflict(world):
    officer, identifier = client_of(world.users["township_officer"]), uuid.uuid4()
    put(officer, identifier, picture())
    answer = put(officer, identifier, picture(colour=(1, 2, 3)))
    assert code(answer) == (409, "photo_content_differs")
    assert Photo.objects.get().sha256 == hashlib.sha256(picture()).hexdigest()


def test_somebody_elses_identifier_is_a_conflict_and_tells_nothing(world):
    mine = kept_photo(picture(place=gps()), uploaded_by=world.users["township_officer"])
    answer = put(client_of(world.users["company_member"]), mine.pk, picture(place=gps()))
    assert code(answer) == (409, "photo_content_differs")
    assert b"117" not in answer.content


@pytest.mark.parametrize(
    ("content", "sha256", "wanted"),
    [
        (picture(), "", (422, "required")),
        (picture(), "abc", (422, "bad_hash")),
        (picture(), "0" * 64, (422, "photo_hash_differs")),
        (b"", None, (422, "photo_empty")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None, (415, "photo_type_unknown")),
        (b"<!doctype html><script>1</script>", None, (415, "photo_type_unknown")),
        (b"\0\0\0\x18ftypheic" + bytes(90), None, (422, "photo_unreadable")),
        (picture((800, 600))[:-300], None, (422, "photo_unreadable")),
        (bytes(1024 * 1024 + 1), None, (413, "photo_too_large")),
    ],
)
@pytest.mark.parametrize("media_type", ["image/jpeg", "application/json", "text/html", ""])
def test_what_cannot_be_kept_is_refused_by_its_content(
    content, sha256, wanted, media_type, world, settings
):
    settings.PHOTO_MAX_BYTES = 1024 * 1024
    officer = client_of(world.users["township_officer"])
    answer = put(officer, uuid.uuid4(), content, sha256=sha256, media_type=media_type)
    assert code(answer) == wanted
    assert not Photo.objects.exists()


def test_the_hash_may_be_written_in_capitals(world):
    officer = client_of(world.users["township_officer"])
    stated = hashlib.sha256(picture()).hexdigest().upper()
    assert put(officer, uuid.uuid4(), picture(), sha256=stated).status_code == 201


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("?lon=117.05", "incomplete"),
        ("?accuracy_m=4", "incomplete"),
        ("?lon=nan&lat=31", "bad_number"),
        ("?lon=1e2&lat=31", "bad_number"),
        ("?lon=181&lat=31", "bad_number"),
        ("?lon=117&lat=86", "bad_number"),
        ("?lon=117&lat=31&accuracy_m=-1", "bad_number"),
        ("?lon=117&lat=31&accuracy_m=inf", "bad_number"),
        ("?taken_at=2026-05-01T08:30:00", "bad_moment"),
        ("?taken_at=2026-13-01T08:30:00Z", "bad_moment"),
        ("?taken_at=0001-01-01T00:00:00%2B08:00", "bad_moment"),
        ("?taken_at=%00", "bad_moment"),
        ("?name=x", "unknown_parameter"),
    ],
)
def test_an_unusable_statement_is_named(query, reason, world):
    answer = put(client_of(world.users["township_officer"]), uuid.uuid4(), picture(), query=query)
    assert code(answer) == (400, reason)


def test_what_the_sender_says_goes_before_the_camera(world):
    query = "?lon=117.1&lat=31.1&accuracy_m=8&taken_at=2026-05-02T10:00:00Z"
    content = picture(place=gps(t31=5.0), camera={0x9003: "2026:05:01 08:30:00"})
    told = put(client_of(world.users["company_member"]), uuid.uuid4(), content, query=query).json()
    assert (told["position"], told["accuracy_m"]) == ([117.1, 31.1], 8.0)
    assert told["taken_at"] == "2026-05-02T18:00:00+08:00"
    assert Photo.objects.get().organisation == world.companies[0]


def test_only_a_role_may_send(world):
    assert put(client_of(), uuid.uuid4(), picture()).status_code == 401
    assert put(client_of(UserFactory()), uuid.uuid4(), picture()).status_code == 403
    assert not Photo.objects.exists()


def read(user, photo, version=""):
    query = f"?v={version}" if version else ""
    return client_of(user).get(f"/api/v1/photos/{photo.pk}{query}")


def test_a_photo_that_no_record_holds_is_its_senders_alone(world, links):
    photo = kept_photo(uploaded_by=world.users["company_member"])
    status = {
        name: [read(user, photo, v).status_code for v in ("thumb", "public", "original")]
        for name, user in world.users.items()
    }
    assert status.pop("company_member") == [200, 200, 200]
    assert set(map(tuple, status.values())) == {(404, 404, 404)}
    assert read(None, photo).status_code == 401


def test_who_sees_the_record_sees_the_photo_and_only_the_office_its_original(world, links):
    photo = kept_photo(picture(place=gps()))
    links.register(lambda scope: Q(pk=photo.pk) if scope.grants else Q(pk__in=[]))
    for name, user in world.users.items():
        is_office = name in {"district_planner", "township_officer"}
        assert read(user, photo, "thumb").status_code == 200
        assert read(user, photo, "original").status_code == (200 if is_office else 403)
        told = client_of(user).get(f"/api/v1/photos/{photo.pk}/details").json()
        assert (told["position"] is not None) == is_office
        assert (told["original_name"] is not None) == is_office
    stranger = UserFactory()
    assert read(stranger, photo, "thumb").status_code == 404
    assert read(stranger, photo, "original").status_code == 404
    assert client_of(stranger).get(f"/api/v1/photos/{photo.pk}/details").status_code == 404


def test_an_office_role_opens_no_original_that_another_role_shows(world, links):
    """Who keeps the office of one township and works for a company sees as the company there."""
    photo = kept_photo()
    company = world.companies[0].pk
    links.register(
        lambda scope: Q(pk=photo.pk) if company in scope.organisation_ids() else Q(pk__in=[])
    )
    officer = world.users["township_officer"]
    both = world.users["company_member"].memberships.get()
    both.pk, both.user = None, officer
    both.save()
    both.organisations.set([world.companies[0]])
    assert read(officer, photo, "public").status_code == 200
    assert read(officer, photo, "original").status_code == 403


def test_what_is_answered_is_what_browsers_must_be_told(world):
    content = picture((900, 600), form="PNG", place=gps())
    officer = world.users["township_officer"]
    photo = kept_photo(content, uploaded_by=officer)
    shown, original = read(officer, photo), read(officer, photo, "original")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Cache-Control"] == "private, no-cache"
    assert original.headers["Content-Type"] == "image/png"
    assert original.headers["Cache-Control"] == "private, no-store"
    assert original.headers["Content-Disposition"] == (
        f'attachment; filename="{photo.pk}-original.png"'
    )
    assert body(original) == content
    for answer in (shown, original):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = client_of(officer).get(
        f"/api/v1/photos/{photo.pk}", headers={"if-none-match": shown.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    head = client_of(officer).head(f"/api/v1/photos/{photo.pk}")
    assert (head.status_code, body(head)) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(body(shown))


def test_a_name_from_outside_never_reaches_a_header(world):
    officer = world.users["township_officer"]
    photo = kept_photo(uploaded_by=officer)
    for version in ("thumb", "public", "original"):
        disposition = read(officer, photo, version).headers["Content-Disposition"]
        assert re.fullmatch(r'(inline|attachment); filename="[0-9a-z.-]+"', disposition)


@pytest.mark.parametrize("query", ["?v=large", "?v=original%00", "?version=thumb", "?v=../x"])
def test_an_unknown_version_is_a_bad_parameter(query, world):
    officer = world.users["township_officer"]
    photo = kept_photo(uploaded_by=officer)
    assert client_of(officer).get(f"/api/v1/photos/{photo.pk}{query}").status_code == 400


def test_the_public_gets_what_a_record_shows_to_everybody_and_no_original(world, links):
    open_one, closed = kept_photo(picture(place=gps())), kept_photo(picture(colour=(9, 9, 9)))
    links.register_public(lambda: Q(pk=open_one.pk))
    anonymous = client_of()
    answer = anonymous.get(f"/api/public/v1/photos/{open_one.pk}")
    assert answer.status_code == 200
    assert b"Exif" not in body(answer)
    assert anonymous.get(f"/api/public/v1/photos/{open_one.pk}?v=thumb").status_code == 200
    assert anonymous.get(f"/api/public/v1/photos/{open_one.pk}?v=original").status_code == 400
    assert anonymous.get(f"/api/public/v1/photos/{closed.pk}").status_code == 404
    assert anonymous.get(f"/api/public/v1/photos/{uuid.uuid4()}").status_code == 404
    stranger = UserFactory()
    assert read(stranger, open_one, "public").status_code == 200
    assert read(stranger, open_one, "original").status_code == 403


def test_a_photo_is_asked_for_in_few_queries(world, django_assert_max_num_queries):
    officer = client_of(world.users["township_officer"])
    photo = kept_photo(uploaded_by=world.users["township_officer"])
    with django_assert_max_num_queries(8):
        officer.get(f"/api/v1/photos/{photo.pk}?v=thumb")


def test_a_form_of_another_site_cannot_put(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["township_officer"])
    assert put(client, uuid.uuid4(), picture()).status_code == 403


def test_a_findings_photos_are_seen_by_those_who_see_its_site(world):
    """Through the condition that this app itself registers."""
    acceptance = Acceptance.objects.create(
        site=world.own,
        stage="preliminary",
        held_on=datetime.date(2026, 5, 1),
        unit="km",
        claimed_quantity=3,
    )
    finding = Finding.objects.create(
        acceptance=acceptance, number=1, text="裂缝", due_on=datetime.date(2026, 6, 1)
    )
    photo = kept_photo()
    FindingPhoto.objects.create(finding=finding, photo=photo, stage="before")
    status = {
        name: (read(user, photo).status_code, read(user, photo, "original").status_code)
        for name, user in world.users.items()
    }
    assert status == {
        "district_planner": (200, 200),
        "township_officer": (200, 200),
        "company_member": (200, 403),
        "association_member": (200, 403),
        "cooperative_member": (200, 403),
        "evaluator": (200, 403),
    }
    assert client_of().get(f"/api/public/v1/photos/{photo.pk}").status_code == 404
