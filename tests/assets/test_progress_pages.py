"""Progress with photos: the form on a phone, the list of what waits, and the office's word."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from assets.models import Photo, ProgressPhoto
from assets.services.progress_photos import progress_photos
from sites.access import scope_of
from sites.models import ProgressEntry, ProjectSite
from sites.services import AlreadyReviewed, NotPermitted, progress_review
from tests.factories.photos import gps, kept_photo, picture
from tests.factories.progress import reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def as_role(world):
    def client_of(role):
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[role])
        return client

    return client_of


def _photo(name="a.jpg", **options):
    return SimpleUploadedFile(name, picture(**options), "image/jpeg")


def _send(client, site, **values):
    given = {"percent": "35", "on": timezone.localdate().isoformat(), **values}
    return client.post(f"/sites/{site.pk}/progress/new/", given)


def test_a_company_reports_with_photos_and_the_office_verifies(world, as_role):
    company = as_role("company_member")
    photos = [_photo(place=gps()), _photo("b.jpg", colour=(9, 9, 9))]
    sent = _send(company, world.own, quantity="0.4", photos=photos)
    entry = ProgressEntry.objects.get(site=world.own)
    assert sent.headers["Location"] == f"/progress/{entry.pk}/"
    assert (entry.needs_review, entry.photos.count()) == (True, 2)
    assert entry.position.coords == pytest.approx((117.06, 31.05), abs=0.01)
    waiting = as_role("township_officer").get("/progress/").content.decode()
    assert "OWN-1" in waiting
    answer = as_role("township_officer").post(
        f"/progress/{entry.pk}/review/", {"verdict": "verified"}
    )
    assert answer.status_code == 302
    assert ProjectSite.objects.get(pk=world.own.pk).progress_percent == 35
    assert "OWN-1" not in as_role("township_officer").get("/progress/").content.decode()


def test_the_phones_place_goes_before_the_photos(world, as_role):
    place = {"longitude": "117.055", "latitude": "31.055", "accuracy_m": "8"}
    _send(as_role("company_member"), world.own, photos=[_photo(place=gps())], **place)
    entry = ProgressEntry.objects.get(site=world.own)
    assert (entry.position.coords, entry.accuracy_m) == ((117.055, 31.055), 8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": "101"},
        {"percent": "NaN"},
        {"percent": ""},
        {"quantity": "-1"},
        {"on": "2026-02-31"},
        {"on": (timezone.localdate() + datetime.timedelta(days=1)).isoformat()},
        {"longitude": "999", "latitude": "1"},
        {"photos": [SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")]},
    ],
)
def test_bad_input_is_told_in_the_form(world, as_role, wrong):
    assert _send(as_role("company_member"), world.own, **wrong).status_code == 422
    assert not ProgressEntry.objects.exists()
    assert not Photo.objects.exists()


def test_a_fall_without_a_note_keeps_no_photo(world, as_role):
    ProjectSite.objects.filter(pk=world.own.pk).update(progress_percent=50)
    assert _send(as_role("company_member"), world.own, photos=[_photo()]).status_code == 422
    assert not Photo.objects.exists()


def test_photos_are_for_those_who_see_the_site(world, as_role):
    _send(as_role("company_member"), world.own, photos=[_photo()])
    address = f"/api/v1/photos/{Photo.objects.get().pk}"
    assert as_role("township_officer").get(address).status_code == 200
    stranger = as_role("cooperative_member")
    ProjectSite.objects.filter(pk=world.own.pk).update(owner_organisation=world.cooperatives[1])
    assert stranger.get(address).status_code == 404
    assert Client().get(f"/api/public/v1/photos/{Photo.objects.get().pk}").status_code == 404


def test_photos_are_added_to_the_own_entry_until_it_is_reviewed(world):
    company, officer = world.users["company_member"], world.users["township_officer"]
    entry, own = reported(world, 20), kept_photo(uploaded_by=company)
    other = kept_photo(picture(colour=(1, 2, 3)), uploaded_by=officer)
    given = {"entry": entry, "actor": company, "scope": scope_of(company)}
    progress_photos(photos=[own], **given)
    progress_photos(photos=[own], **given)
    assert ProgressPhoto.objects.get().photo_id == own.pk
    with pytest.raises(NotPermitted):
        progress_photos(photos=[other], **given)
    progress_review(entry=entry, verdict="verified", actor=officer, scope=scope_of(officer))
    with pytest.raises(AlreadyReviewed):
        progress_photos(photos=[own], **given)


def test_a_second_officer_is_told_that_it_was_reviewed(world, as_role):
    entry = reported(world, 20)
    address = f"/progress/{entry.pk}/review/"
    assert as_role("township_officer").post(address, {"verdict": "verified"}).status_code == 302
    late = as_role("district_planner").post(address, {"verdict": "returned", "reason": "x"})
    assert late.status_code == 422
    assert "reviewed already" in late.content.decode()
    assert entry.reviews.count() == 1


@pytest.mark.parametrize("given", [{}, {"verdict": "perhaps"}, {"verdict": "returned"}])
def test_a_review_that_cannot_be_is_told(world, as_role, given):
    entry = reported(world, 20)
    answer = as_role("township_officer").post(f"/progress/{entry.pk}/review/", given)
    assert answer.status_code == 422
    assert not entry.reviews.exists()


@pytest.mark.parametrize("query", ["standing=x", "township=x", "cursor=x", "foo=1"])
def test_bad_parameters_of_the_list_are_named(world, as_role, query):
    answer = as_role("district_planner").get(f"/progress/?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.content.decode()


def test_the_list_takes_few_statements_whatever_its_length(
    world, as_role, django_assert_max_num_queries
):
    for number in range(30):
        reported(world, 1 + number)
    client = as_role("district_planner")
    with django_assert_max_num_queries(12):
        page = client.get("/progress/")
    assert page.context["next_address"]


def test_the_api_reports_lists_and_reviews(world, as_role):
    company, office = as_role("company_member"), as_role("township_officer")
    photo = kept_photo(uploaded_by=world.users["company_member"])
    body = {
        "site": str(world.own.pk),
        "percent": 25.5,
        "quantity": 0.31,
        "photos": [str(photo.pk)],
        "geometry": {"type": "Point", "coordinates": [117.05, 31.05]},
    }
    made = company.post("/api/v1/progress", body, content_type="application/json")
    assert (made.status_code, made.json()["standing"]) == (201, "waits")
    assert made.json()["photo_ids"] == [str(photo.pk)]
    assert made.json()["distance_m"] < 100
    listed = office.get(f"/api/v1/progress?standing=waits&site={world.own.pk}").json()["items"]
    assert [item["id"] for item in listed] == [made.json()["id"]]
    address = f"/api/v1/progress/{made.json()['id']}/review"
    verdict = {"verdict": "verified"}
    assert company.post(address, verdict, content_type="application/json").status_code == 403
    reviewed = office.post(address, verdict, content_type="application/json")
    assert (reviewed.status_code, reviewed.json()["standing"]) == (200, "counts")
    again = office.post(address, verdict, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    old = office.get(f"/api/v1/sites/{world.own.pk}/progress").json()["items"]
    assert (old[0]["percent"], old[0]["standing"]) == (25.5, "counts")


def test_a_repeated_report_is_one_entry(world, as_role):
    company = as_role("company_member")
    body = {"site": str(world.own.pk), "percent": 5}
    headers = {"Idempotency-Key": "one"}
    first, second = (
        company.post("/api/v1/progress", body, content_type="application/json", headers=headers)
        for _ in range(2)
    )
    assert first.json() == second.json()
    assert ProgressEntry.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": None},
        {"percent": "5"},
        {"percent": 5, "quantity": -1},
        {"percent": 5, "reported_on": "2999-01-01"},
        {"percent": 5, "photos": ["5b0d8a4e-8f1d-4a57-9a4c-3f5a3f1b0b11"]},
        {"percent": 5, "geometry": {"type": "Point", "coordinates": [999, 1]}},
        {"percent": 5, "accuracy_m": -1},
        {"percent": 5, "standing": "counts", "foo": 1},
        {"percent": 5, "site": "5b0d8a4e-8f1d-4a57-9a4c-3f5a3f1b0b11"},
    ],
)
def test_the_api_refuses_bad_bodies(world, as_role, wrong):
    body = {"site": str(world.own.pk), **wrong}
    answer = as_role("company_member").post(
        "/api/v1/progress", body, content_type="application/json"
    )
    assert answer.status_code == 422
    assert not ProgressEntry.objects.exists()
