"""Journey J6 over HTTP: a day of 18 entries and 40 photos over a link that is cut at random bytes.

The phone is killed twice on the way and starts again from its own store. Phone and register agree
in the end, hash by hash, and nothing is there twice.
"""

from __future__ import annotations

import pytest

from assets.models import Photo
from assets.photos.store import Version, path_of
from maintenance.models import (
    Defect,
    Inspection,
    MaintenanceLog,
    PromisedPhoto,
    SetAsideEntry,
)
from maintenance.services.defect_changes import defect_change
from tests.bad_link import BadLink
from tests.factories.orders import by
from tests.journeys.pocket_phone import Killed, PocketPhone
from tests.journeys.valley import FAR_LOG, entries_of_the_day, returned_log

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(live_server):
    with BadLink(live_server.thread.port, seed=6, longest=300_000) as link:
        link.is_bad = True
        yield link


def _walked(valley, folder, link):
    """A phone with the whole day in its store, before the first word to the register."""
    phone = PocketPhone(folder, link, valley.token)
    day = entries_of_the_day(valley)
    for identifier, entity, body, photos in day:
        phone.enter(identifier, entity, body, photos)
    return phone, day


def _sent_with_two_kills(phone):
    """Send to the end; the process is killed after 6 and, started again, after 25 requests."""
    for dies_after in (6, 25):
        phone = PocketPhone(phone.folder, phone.link, phone.token, dies_after=dies_after)
        with pytest.raises(Killed):
            phone.sync()
    phone = PocketPhone(phone.folder, phone.link, phone.token)
    phone.sync()
    return phone


def _registered(valley, day):
    """The register holds each entry of the day once, and nothing was set aside."""
    before = {valley.defect.pk}
    for model, entity in ((MaintenanceLog, "log"), (Inspection, "inspection"), (Defect, "defect")):
        sent = {identifier for identifier, kind, *_rest in day if kind == entity}
        assert set(model.objects.values_list("pk", flat=True)) - before == sent
    assert not SetAsideEntry.objects.exists()


def _equal_photos(day, phone):
    """The register holds the phone's bytes, linked to their entries, and none is awaited."""
    taken = {key: content for *_entry, photos in day for key, content in photos}
    assert Photo.objects.count() == len(taken) == 40
    for photo in Photo.objects.all():
        assert path_of(photo.sha256, Version.ORIGINAL).read_bytes() == taken[photo.pk]
        assert phone.store["photos"][str(photo.pk)]["receipt"]["sha256"] == photo.sha256
    assert not PromisedPhoto.objects.filter(arrived_at__isnull=True).exists()
    assert {log.photos.count() for log in MaintenanceLog.objects.all()} == {2}


def _far_log_is_marked(day, phone):
    logs = {item["entity_id"]: item["body"] for item in phone.pull() if item["entity"] == "log"}
    marked = {key for key, body in logs.items() if "far" in body["properties"]["marks"]}
    assert marked == {str(day[FAR_LOG][0])}
    assert 1_700 < logs[marked.pop()]["properties"]["distance_m"] < 1_900


def test_j6_nothing_is_lost_and_nothing_is_there_twice(valley, link, tmp_path):
    phone, day = _walked(valley, tmp_path, link)

    phone = _sent_with_two_kills(phone)

    assert link.cuts > 5
    assert phone.problems() == []
    assert phone.received() == (18, 40)
    _registered(valley, day)
    _equal_photos(day, phone)
    link.is_bad = False
    _far_log_is_marked(day, phone)


def test_j6_a_change_that_clashes_with_the_office_s_stays_with_both_values(valley, link, tmp_path):
    phone = PocketPhone(tmp_path, link, valley.token)
    change = {"of": valley.defect.pk, "severity": "serious", "description": "比早上更深"}
    seen = valley.defect.version
    phone.enter(valley.order.pk, "defect", change, op_type="update", base_version=seen)
    defect_change(
        defect=valley.defect,
        changes={"severity": "minor"},
        expected_version=seen,
        **by(valley.world.users["township_officer"]),
    )

    phone.sync()

    entry = SetAsideEntry.objects.get()
    sides = {side["field"]: side for side in entry.sides}
    assert sides["severity"] == {
        "field": "severity",
        "base": "moderate",
        "office": "minor",
        "phone": "serious",
    }
    valley.defect.refresh_from_db()
    assert (valley.defect.severity, valley.defect.description) == ("minor", "")
    told = phone.store["entries"][str(valley.order.pk)]["problem"]
    assert (told["status"], told["current"]["properties"]["severity"]) == ("conflict", "minor")


def test_j6_the_phone_learns_why_an_entry_was_returned(valley, link, tmp_path):
    log = returned_log(valley, "照片看不清")
    link.is_bad = False

    items = PocketPhone(tmp_path, link, valley.token).pull()

    told = [item["body"]["properties"] for item in items if item["entity_id"] == str(log.pk)]
    assert [(one["standing"], one["reason"]) for one in told] == [("returned", "照片看不清")]
