"""Reviewers see what of a log entry is still on the phone, and how right its clock was."""

from __future__ import annotations

import datetime
import hashlib
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assets.services.photos import photo_store
from maintenance.log_review import counting
from maintenance.models import MaintenanceLog
from maintenance.services import log_review
from sites.access import scope_of
from tests.factories.field import proposals
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import by
from tests.factories.photos import picture
from tests.factories.push import log_body, operation, push
from tests.sites.api.conftest import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def waiting(world):
    """An entry of three photos, none of which has come, and their bytes by identifier."""
    proposals()
    signed_agreement(world, assets=[world.own_asset])
    pictures = {uuid4(): picture(colour=(shade, 90, 90)) for shade in (20, 120, 220)}
    photos = [
        {"photo": str(key), "stage": "after", "sha256": hashlib.sha256(data).hexdigest()}
        for key, data in pictures.items()
    ]
    phone = Caller(world.users["company_member"])
    push(phone, operation("log", log_body(world.own_asset, photos=photos)))
    return MaintenanceLog.objects.get(), pictures


@pytest.fixture
def reviewer(world):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["association_member"])
    return client


def _arrive(world, pictures, number):
    sender = world.users["company_member"]
    for key, data in list(pictures.items())[:number]:
        photo_store(identifier=key, stream=BytesIO(data), actor=sender, scope=scope_of(sender))


def test_the_reviewer_reads_how_many_photos_are_here_and_where_the_others_are(
    world, waiting, reviewer
):
    log, pictures = waiting
    _arrive(world, pictures, 2)
    content = reviewer.get(f"/maintenance/logs/{log.pk}/").content.decode()
    assert "2 of 3 photos have arrived; 1 is still on the phone of" in content
    assert "photos here: 2 of 3" in reviewer.get("/maintenance/logs/").content.decode()


def test_with_the_last_photo_the_notice_is_gone(world, waiting, reviewer):
    log, pictures = waiting
    _arrive(world, pictures, 3)
    page = reviewer.get(f"/maintenance/logs/{log.pk}/")
    assert page.context["awaited"] == ""
    assert sum(len(photos) for _label, photos, _missing in page.context["stages"]) == 3


def test_a_late_photo_leaves_a_verified_entry_verified(world, waiting):
    log, pictures = waiting
    log_review(log=log, verdict="verified", **by(world.users["association_member"]))
    before = list(counting(MaintenanceLog.objects.all()).values_list("pk", "content_hash"))
    _arrive(world, pictures, 3)
    after = list(counting(MaintenanceLog.objects.all()).values_list("pk", "content_hash"))
    assert before == after == [(log.pk, log.content_hash)]


def test_the_page_says_how_the_phones_clock_stood(world, reviewer):
    proposals()
    signed_agreement(world, assets=[world.own_asset])
    phone = Caller(world.users["company_member"])
    hours = datetime.timedelta(hours=3)
    sent_at = (timezone.now() - hours).isoformat()
    body = log_body(world.own_asset, device_time=(timezone.now() - 2 * hours).isoformat())
    push(phone, operation("log", body), sent_at=sent_at)
    page = reviewer.get(f"/maintenance/logs/{MaintenanceLog.objects.get().pk}/")
    assert page.context["clock"] == "3 hours behind"
    assert page.context["delay"] == "3 hours"
