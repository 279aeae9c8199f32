"""A phone's saved outbox is taken in line by line: good ones go in, bad ones say why."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from assets.models import Photo
from field.models import FieldOperation
from field.outbox_file import keeping, reading
from field.outbox_file.reading import NoOutboxFile, OutboxFileTooLarge
from field.services import outbox_files
from field.services.outbox_files import SenderUnknown, outbox_file_preview, outbox_file_take
from field.tasks import tidy_outbox_files
from maintenance.models import (
    Agreement,
    LogPhoto,
    MaintenanceLog,
    Patrol,
    PromisedPhoto,
    SetAsideEntry,
)
from sites.services.errors import NotPermitted
from tests.factories.field import proposals, reported
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import advance, by, issued_order
from tests.factories.outbox_file import header, outbox
from tests.factories.photos import picture
from tests.factories.push import log_body, operation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sender(world):
    proposals()
    signed_agreement(world, assets=[world.own_asset])
    return world.users["company_member"]


@pytest.fixture
def officer(world):
    return {**by(world.users["township_officer"]), "at": timezone.now()}


def photo_line(key=None, data=None, **members):
    """A photo as the phone writes it; returns its identifier, hash and line."""
    data = picture() if data is None else data
    key, sha256 = key or str(uuid4()), hashlib.sha256(data).hexdigest()
    encoded = base64.b64encode(data).decode()
    return key, sha256, {"photo": {"id": key, "sha256": sha256, "data": encoded, **members}}


def outcomes(report):
    return [(line.kind, line.outcome.value, line.code) for line in report.lines]


def with_photo(world):
    """A log entry that promises a photo, and the photo."""
    key, sha256, line = photo_line()
    promised = [{"photo": key, "stage": "after", "sha256": sha256}]
    return {"op": operation("log", log_body(world.own_asset, photos=promised))}, line


def test_entries_and_photos_go_in_for_their_sender_and_the_officer_is_noted(world, sender, officer):
    entry, photo = with_photo(world)
    report = outbox_file_take(file=outbox(sender, entry, photo), **officer)
    assert outcomes(report) == [("op", "new", ""), ("photo", "new", "")]
    log = MaintenanceLog.objects.get()
    assert (log.worker, log.device_id) == (sender, "phone-1")
    assert LogPhoto.objects.get(log=log).photo.uploaded_by == sender
    assert FieldOperation.objects.get().brought_by == officer["actor"]


def test_the_preview_says_the_same_and_changes_nothing(world, sender, officer):
    entry, photo = with_photo(world)
    report = outbox_file_preview(file=outbox(sender, entry, photo), **officer)
    assert outcomes(report) == [("op", "new", ""), ("photo", "new", "")]
    assert not MaintenanceLog.objects.exists()
    assert not Photo.objects.exists()
    assert not PromisedPhoto.objects.exists()


def test_the_same_file_twice_changes_nothing(world, sender, officer):
    entry, photo = with_photo(world)
    bad = {"op": operation("log", {**log_body(world.own_asset), "task": "nonsense"})}
    outbox_file_take(file=outbox(sender, entry, bad, photo), **officer)
    before = _held()
    report = outbox_file_take(file=outbox(sender, entry, bad, photo), **officer)
    assert [outcome for _kind, outcome, _code in outcomes(report)] == [
        "known",
        "set_aside",
        "known",
    ]
    assert _held() == before
    assert outbox_file_preview(file=outbox(sender, entry, bad, photo), **officer).changes() == 0


def _held():
    return (
        MaintenanceLog.objects.count(),
        Photo.objects.count(),
        FieldOperation.objects.count(),
        list(SetAsideEntry.objects.values_list("pk", "times_sent")),
    )


def test_a_bad_entry_is_set_aside_and_the_good_ones_go_in(world, sender, officer):
    good = {"op": operation("log", log_body(world.own_asset))}
    bad = {"op": operation("log", {**log_body(world.own_asset), "task": "nonsense"})}
    unread = {"op": {"type": "create", "entity": "log", "body": "\x00"}}
    report = outbox_file_take(file=outbox(sender, bad, unread, good), **officer)
    assert [o for _k, o, _c in outcomes(report)] == ["set_aside", "set_aside", "new"]
    assert SetAsideEntry.objects.filter(sender=sender).count() == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{broken\n", "not_json"),
        (b"[" * 5000 + b"\n", "not_json"),
        (b'{"op": 1e999999999}\n', "malformed"),
        (b"\xff\xfe\n", "not_json"),
        (b'{"strange": {}}\n', "unknown_line"),
        (b'{"op": {}, "photo": {}}\n', "not_json"),
        (b'{"photo": 7}\n', "unknown_line"),
        (b'{"photo": {}}\n', "bad_form"),
    ],
)
def test_a_line_that_cannot_be_read_says_so_and_stops_no_other(world, sender, officer, line, code):
    good = {"op": operation("log", log_body(world.own_asset))}
    report = outbox_file_take(file=outbox(sender, line, good), **officer)
    found = outcomes(report)
    assert found[0][2] == code or found[0][1] == "set_aside"
    assert found[1] == ("op", "new", "")


def test_an_endless_line_is_passed_over(world, sender, officer, settings):
    settings.PHOTO_MAX_BYTES = 1000
    good = {"op": operation("log", log_body(world.own_asset))}
    endless = b'{"op": "' + b"x" * (reading.LARGEST_OPERATION + 10) + b'"}\n'
    report = outbox_file_take(file=outbox(sender, endless, good), **officer)
    assert outcomes(report) == [("bad", "bad", "line_too_long"), ("op", "new", "")]


def test_a_file_that_was_cut_says_so_and_gives_what_it_has(world, sender, officer):
    good = {"op": operation("log", log_body(world.own_asset))}
    file = outbox(sender, good, b'{"op": {"op_id": "0', end=False)
    report = outbox_file_take(file=file, **officer)
    assert outcomes(report) == [
        ("op", "new", ""),
        ("bad", "bad", "cut"),
        ("bad", "bad", "no_end"),
    ]


def test_missing_lines_are_noticed_by_the_count(world, sender, officer):
    good = {"op": operation("log", log_body(world.own_asset))}
    file = outbox(sender, good, b'{"end": {"lines": 9}}\n', end=False)
    assert outcomes(outbox_file_take(file=file, **officer))[-1] == ("bad", "bad", "no_end")


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"sha256": "0" * 64}, "photo_hash_differs"),
        ({"sha256": "../../etc/passwd"}, "bad_hash"),
        ({"data": "not base64!"}, "bad_form"),
        ({"data": None}, "bad_form"),
        ({"id": "../1"}, "bad_form"),
    ],
)
def test_a_photo_with_something_wrong_is_named_and_not_kept(world, sender, officer, members, code):
    entry, photo = with_photo(world)
    photo["photo"].update(members)
    report = outbox_file_take(file=outbox(sender, entry, photo), **officer)
    kind, outcome, found = outcomes(report)[1]
    assert (kind, outcome) == ("photo", "bad")
    assert found == code or members.get("data", "") is None
    assert not Photo.objects.exists()


def test_a_photo_that_no_entry_names_is_not_kept(sender, officer):
    _key, _sha256, photo = photo_line()
    report = outbox_file_take(file=outbox(sender, photo), **officer)
    assert outcomes(report) == [("photo", "bad", "photo_unnamed")]


def test_no_picture_and_another_persons_identifier_are_refused(world, sender, officer):
    key, sha256, line = photo_line(data=b"no picture at all")
    promised = [{"photo": key, "stage": "after", "sha256": sha256}]
    entry = {"op": operation("log", log_body(world.own_asset, photos=promised))}
    report = outbox_file_take(file=outbox(sender, entry, line), **officer)
    assert outcomes(report)[1] == ("photo", "bad", "photo_type_unknown")


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"PK\x03\x04",
        b"\x1f\x8b" + b"\x00" * 100,
        b"{}\n",
        b'{"format": "livelihood-atlas-outbox", "version": 2}\n',
        b'{"format": "livelihood-atlas-outbox", "version": 1, "user": {"id": true}}\n',
        b'{"format": "livelihood-atlas-outbox", "version": 1, "user": {"id": 1e30}}\n',
        b"x" * 100_000,
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_whole(officer, first):
    with pytest.raises(NoOutboxFile):
        outbox_file_take(file=BytesIO(first), **officer)


def test_too_many_lines_are_too_many(sender, officer, monkeypatch):
    monkeypatch.setattr(reading, "MOST_OPERATIONS", 2)
    with pytest.raises(OutboxFileTooLarge):
        outbox_file_preview(file=outbox(sender, *[{"op": {}}] * 3), **officer)


def test_a_person_without_work_in_the_area_is_as_unknown_as_nobody(world, sender, officer):
    stranger = world.users["evaluator"]
    stranger.memberships.all().delete()
    wrong_name = {"id": sender.pk, "username": "somebody"}
    with pytest.raises(SenderUnknown):
        outbox_file_take(file=outbox(stranger), **officer)
    text = json.dumps(header(sender, user=wrong_name)).encode() + b"\n"
    with pytest.raises(SenderUnknown):
        outbox_file_take(file=BytesIO(text), **officer)


def test_an_entry_of_another_area_stays_out_of_this_officers_hands(world, sender, officer):
    body = log_body(world.own_asset)
    signed_agreement(world, assets=[world.sibling_asset], number="AGR-2")
    elsewhere = {"op": operation("log", {**body, "asset": str(world.sibling_asset.pk)})}
    report = outbox_file_take(file=outbox(sender, elsewhere), **officer)
    assert outcomes(report) == [("op", "outside", "outside_area")]
    assert not MaintenanceLog.objects.exists()
    assert not SetAsideEntry.objects.exists()


@pytest.mark.parametrize("wrapped", [True, False])
def test_no_word_in_a_body_brings_another_areas_record_into_this_officers_hands(
    world, sender, officer, wrapped
):
    """The changed record and the entry itself say where they belong, nothing around them."""
    there = signed_agreement(
        world, number="GH-2", area=world.townships[1], assets=[world.sibling_asset]
    )
    defect = reported(world, asset=world.sibling_asset, user=world.users["district_planner"])
    now, own = timezone.now().isoformat(), {"asset": str(world.own_asset.pk)}
    round_made = {"agreement": str(there.pk), "kind": "periodic"}
    round_made.update({"started_at": now, "ended_at": now})
    change = {"severity": "minor"}
    bodies = [{**own, "properties": body} if wrapped else body for body in (round_made, change)]
    patrol = operation("patrol", bodies[0])
    update = operation("defect", bodies[1], kind="update", entity_id=str(defect.pk))
    named = operation("defect", {**change, **own}, kind="update", entity_id=str(defect.pk))
    lines = [{"op": op} for op in (patrol, update, named)]
    report = outbox_file_take(file=outbox(sender, *lines), **officer)
    assert outcomes(report) == [("op", "outside", "outside_area")] * 3
    assert not SetAsideEntry.objects.exists()
    assert not Patrol.objects.exists()


def test_only_an_office_takes_files_in(world, sender):
    with pytest.raises(NotPermitted):
        outbox_file_take(file=outbox(sender), at=timezone.now(), **by(sender))


def office_of(world):
    """The township's office, signed in."""
    client = Client()
    client.force_login(world.users["township_officer"])
    return client


def test_the_page_shows_what_will_happen_and_then_what_has(world, sender):
    client = office_of(world)
    entry, photo = with_photo(world)
    upload = SimpleUploadedFile("outbox.ndjson", outbox(sender, entry, photo).getvalue())
    preview = client.post("/maintenance/outbox-files/", {"file": upload})
    assert preview.status_code == 200
    assert not MaintenanceLog.objects.exists()
    key = preview.context["key"]
    taken = client.post("/maintenance/outbox-files/take/", {"key": key})
    assert taken.context["report"].counts()["op"]["new"] == 1
    assert MaintenanceLog.objects.count() == 1
    again = client.post("/maintenance/outbox-files/take/", {"key": key})
    assert again.status_code == 422


def test_the_page_names_each_value_that_was_not_accepted(world, sender):
    bad = {**log_body(world.own_asset), "task": "nonsense", "quantity": "much"}
    content = outbox(sender, {"op": operation("log", bad)}).getvalue()
    upload = SimpleUploadedFile("outbox.ndjson", content)
    page = office_of(world).post("/maintenance/outbox-files/", {"file": upload})
    told = page.context["lines"][0]["sentences"]
    assert [sentence.split(" · ")[0] for sentence in told] == ["任务", "数量"]


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "0" * 64, "\x00"])
def test_a_made_up_key_opens_no_file(world, key):
    client = office_of(world)
    answer = client.post("/maintenance/outbox-files/take/", {"key": key})
    assert answer.status_code == 422


def test_one_officers_upload_is_not_anothers(world, sender):
    first, second = Client(), Client()
    first.force_login(world.users["township_officer"])
    second.force_login(world.users["district_planner"])
    upload = SimpleUploadedFile("outbox.ndjson", outbox(sender).getvalue())
    key = first.post("/maintenance/outbox-files/", {"file": upload}).context["key"]
    assert second.post("/maintenance/outbox-files/take/", {"key": key}).status_code == 422


def test_work_is_submitted_after_the_photos_of_the_file(world, sender, officer, monkeypatch):
    agreement = Agreement.objects.get()
    order = advance(world, issued_order(world, agreement), "doing")
    promised, photos = [], []
    for stage, colour in (("before", (1, 2, 3)), ("after", (3, 2, 1))):
        key, sha256, line = photo_line(data=picture(colour=colour))
        promised.append({"photo": key, "stage": stage, "sha256": sha256})
        photos.append(line)
    submitted = operation("order", {"to_state": "submitted"}, kind="move", entity_id=str(order.pk))
    work = operation("log", log_body(world.own_asset, order=str(order.pk), photos=promised))
    box = [{"op": submitted}, {"op": work}, *photos]
    seen = []
    move = outbox_files.operation_take
    monkeypatch.setattr(
        outbox_files,
        "operation_take",
        lambda **given: seen.append(Photo.objects.count()) or move(**given),
    )
    preview = outbox_file_preview(file=outbox(sender, *box), **officer)
    report = outbox_file_take(file=outbox(sender, *box), **officer)
    expected = [("op", "new", ""), ("op", "new", ""), ("photo", "new", ""), ("photo", "new", "")]
    assert outcomes(preview) == outcomes(report) == expected
    assert [line.number for line in report.lines] == [2, 3, 4, 5]
    assert seen[2:] == [0, 2]
    order.refresh_from_db()
    assert order.state == "submitted"


def test_a_file_that_nobody_takes_in_goes_after_its_days(sender, settings):
    now = timezone.now()
    key = keeping.keep([outbox(sender).getvalue()], sender.pk)
    days = datetime.timedelta(days=settings.OUTBOX_FILE_DAYS)
    minute = datetime.timedelta(minutes=1)
    assert keeping.remove_given_up_files(now + days - minute) == 0
    assert keeping.kept_file(sender.pk, key).is_file()
    tidy_outbox_files(timestamp=0)
    assert keeping.kept_file(sender.pk, key).is_file()
    assert keeping.remove_given_up_files(now + days + minute) == 1
    with pytest.raises(NoOutboxFile):
        keeping.kept_file(sender.pk, key)


def test_the_limits_of_a_file_are_told(sender, settings, monkeypatch):
    told = Client().get("/api/v1/limits").json()
    assert told["outbox_file_kept_seconds"] == settings.OUTBOX_FILE_DAYS * 86_400
    assert told["outbox_file_entry_bytes"] == reading.LARGEST_OPERATION
    settings.UPLOAD_MAX_BYTES = 1000
    assert Client().get("/api/v1/limits").json()["outbox_file_bytes"] == 1000
    with pytest.raises(OutboxFileTooLarge):
        keeping.keep([b"x" * 1001], sender.pk)
