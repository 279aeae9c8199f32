"""Entries that stand before their photos: linked when they come, in whatever order."""

from __future__ import annotations

import datetime
import hashlib
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from assets.models import Photo
from assets.services.photos import photo_store
from maintenance.log_entry import LogEntry
from maintenance.models import (
    DefectPhoto,
    InspectionPhoto,
    LogPhoto,
    MaintenanceLog,
    PromisedPhoto,
)
from maintenance.photo_promise import PhotoPromise
from maintenance.services import (
    defect_add_photos,
    inspection_record,
    log_record,
    order_inspect,
    order_submit,
)
from maintenance.services.errors import EvidenceMissing
from sites.access import scope_of
from sites.services.errors import RefusedByRegister
from tests.factories.field import answers, inspected, reported, standard
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import advance, by, issued_order, photo_row, recorded_log
from tests.factories.photos import kept_photo, picture
from tests.factories.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def content_of(number):
    return picture(colour=(number * 20 % 256, 2, 3))


def promise(number=1):
    """A photo by its number that is still on the phone."""
    content = content_of(number)
    return PhotoPromise(uuid.UUID(int=number), hashlib.sha256(content).hexdigest())


def arrives(user, number=1, *, identifier=None, content=None):
    photo, _is_new = photo_store(
        identifier=identifier or uuid.UUID(int=number),
        stream=BytesIO(content or content_of(number)),
        **by(user),
    )
    return photo


def logged(world, *photos, identifier=None, user=None, at=None):
    entry = LogEntry(
        asset=world.own_asset,
        task="routine",
        device_time=at or timezone.now(),
        note="清扫路面",
        photos=photos,
    )
    user = user or world.users["company_member"]
    return log_record(
        identifier=identifier or uuid.uuid4(), entry=entry, at=timezone.now(), **by(user)
    )


def linked(log):
    return sorted((link.photo_id.int, link.stage) for link in LogPhoto.objects.filter(log=log))


def awaited(**where):
    rows = PromisedPhoto.objects.filter(arrived_at__isnull=True, **where)
    return sorted(row.photo_id.int for row in rows)


class TestLogs:
    def test_photos_are_linked_with_their_stage_when_they_come(self, world, agreement):
        company = world.users["company_member"]
        log, is_new = logged(world, (promise(1), "before"), (promise(2), "after"))
        assert (is_new, linked(log), awaited(log=log)) == (True, [], [1, 2])
        arrives(company, 2)
        assert (linked(log), awaited(log=log)) == ([(2, "after")], [1])
        photo = arrives(company, 1)
        assert (linked(log), awaited(log=log)) == ([(1, "before"), (2, "after")], [])
        assert PromisedPhoto.objects.get(photo_id=photo.pk).arrived_at == photo.received_at

    def test_a_photo_that_is_here_already_is_linked_at_once(self, world, agreement):
        arrives(world.users["company_member"])
        log, _is_new = logged(world, (promise(), "during"))
        assert linked(log) == [(1, "during")]
        assert not PromisedPhoto.objects.exists()

    def test_the_fingerprint_is_the_same_before_and_after_the_photo_came(self, world, agreement):
        identifier, at = uuid.uuid4(), timezone.now()
        given = {"identifier": identifier, "at": at}
        log, _is_new = logged(world, (promise(), "before"), **given)
        photo = arrives(world.users["company_member"])
        assert logged(world, (promise(), "before"), **given) == (log, False)
        assert logged(world, (photo, "before"), **given) == (log, False)
        assert linked(log) == [(1, "before")]

    def test_a_photo_sent_again_is_linked_once(self, world, agreement):
        log, _is_new = logged(world, (promise(), "before"))
        for _time in range(3):
            arrives(world.users["company_member"])
        assert linked(log) == [(1, "before")]

    def test_other_bytes_and_other_senders_keep_no_promise(self, world, agreement):
        log, _is_new = logged(world, (promise(1), "before"), (promise(2), "after"))
        arrives(world.users["company_member"], 1, content=content_of(99))
        arrives(world.users["township_officer"], 2)
        assert (linked(log), awaited(log=log)) == ([], [1, 2])

    def test_a_promise_of_other_bytes_than_those_that_came_is_refused(self, world, agreement):
        arrives(world.users["company_member"], 1, content=content_of(99))
        with pytest.raises(RefusedByRegister) as refused:
            logged(world, (promise(1), "before"))
        assert refused.value.errors[0][:2] == ("photos", "photo_content_differs")
        assert not MaintenanceLog.objects.exists()

    def test_one_photo_is_promised_once_in_an_entry(self, world, agreement):
        twice = PhotoPromise(promise(1).photo_id, promise(2).sha256)
        for other in (promise(1), twice):
            with pytest.raises(RefusedByRegister):
                logged(world, (promise(1), "before"), (other, "after"))

    def test_one_photo_may_prove_several_entries(self, world, agreement):
        first, _is_new = logged(world, (promise(), "before"))
        second, _is_new = logged(world, (promise(), "after"))
        arrives(world.users["company_member"])
        assert (linked(first), linked(second)) == ([(1, "before")], [(1, "after")])

    def test_a_photo_that_came_is_seen_by_who_sees_the_entry(self, world, agreement):
        logged(world, (promise(), "before"))
        photo = arrives(world.users["company_member"])
        seen = Photo.objects.visible_to(scope_of(world.users["association_member"]))
        assert photo in seen

    def test_of_a_link_that_fails_neither_photo_nor_link_stays(self, world, agreement, monkeypatch):
        log, _is_new = logged(world, (promise(), "before"))

        def fails(*_given, **_named):
            raise RuntimeError

        monkeypatch.setattr(LogPhoto.objects, "bulk_create", fails)
        with pytest.raises(RuntimeError):
            arrives(world.users["company_member"])
        monkeypatch.undo()
        assert not Photo.objects.exists()
        arrives(world.users["company_member"])
        assert linked(log) == [(1, "before")]


def test_work_is_submitted_on_promised_photos_and_passed_once_they_are_here(world, agreement):
    company, association = world.users["company_member"], world.users["association_member"]
    order = advance(world, issued_order(world, agreement), "doing")
    recorded_log(order, company, photos=[(promise(1), "before"), (promise(2), "after")])
    order_submit(order=order, at=timezone.now(), **by(company))
    passing = {"order": order, "passed": True, "at": timezone.now(), **by(association)}
    with pytest.raises(EvidenceMissing) as refused:
        order_inspect(**passing)
    assert [code for _field, code, _text in refused.value.errors] == ["photos_to_come"]
    arrives(company, 1)
    arrives(company, 2)
    assert order_inspect(**passing).to_state == "inspected"


class TestInspections:
    def test_photos_reach_the_answer_the_whole_and_the_defect(self, world, agreement):
        member = world.users["association_member"]
        made = standard({}, {"position": 2})
        outcome = inspected(
            world, made, "failed", "ok", first={"photos": [promise(1)]}, photos=[promise(2)]
        )
        inspection, defect = outcome.inspection, outcome.findings[0].defect
        assert (awaited(inspection=inspection), awaited(defect=defect)) == ([1, 2], [1])
        arrives(member, 1)
        arrives(member, 2)
        links = InspectionPhoto.objects.filter(inspection=inspection)
        found = {link.photo_id.int: link.answer_id for link in links}
        assert found == {1: outcome.findings[0].answer.pk, 2: None}
        shown = DefectPhoto.objects.get(defect=defect)
        assert (shown.photo_id.int, shown.stage) == (1, "before")
        assert awaited() == []

    def test_a_failed_answer_without_photos_takes_those_of_the_whole(self, world, agreement):
        here = kept_photo(uploaded_by=world.users["association_member"])
        outcome = inspected(world, standard(), "failed", photos=[here, promise(2)])
        defect = outcome.findings[0].defect
        arrives(world.users["association_member"], 2)
        photos = DefectPhoto.objects.filter(defect=defect).values_list("photo_id", flat=True)
        assert set(photos) == {here.pk, promise(2).photo_id}

    def test_sent_again_it_promises_nothing_new(self, world, agreement):
        made, identifier = standard(), uuid.uuid4()
        when = timezone.now() - datetime.timedelta(hours=1)
        for _time in range(2):
            inspection_record(
                identifier=identifier,
                asset=world.own_asset,
                standard=made,
                kind="supervision",
                inspected_at=when,
                answers=answers(made, "ok", photos=[promise(1)]),
                at=timezone.now(),
                **by(world.users["association_member"]),
            )
        assert PromisedPhoto.objects.count() == 1


class TestDefects:
    def test_photos_come_after_the_report_and_after_the_work(self, world, agreement):
        defect = reported(world, photos=[promise(1)])
        officer = world.users["township_officer"]
        later = {"defect": defect, "photos": [promise(2)], "stage": "after", **by(officer)}
        assert defect_add_photos(**later) == []
        defect_add_photos(**later)
        arrives(officer, 1)
        arrives(officer, 2)
        stages = dict(DefectPhoto.objects.filter(defect=defect).values_list("photo_id", "stage"))
        assert {key.int: stage for key, stage in stages.items()} == {1: "before", 2: "after"}
        assert awaited() == []


@pytest.mark.django_db(transaction=True)
def test_entry_and_photo_at_once_are_linked_whoever_is_first():
    world = build_world()
    signed_agreement(world, assets=[world.own_asset])
    company = world.users["company_member"]
    for number in range(1, 9):
        together = threading.Barrier(2)

        def send(what, number=number, together=together):
            try:
                together.wait()
                return (
                    arrives(company, number) if what else logged(world, (promise(number), "before"))
                )
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(send, (0, 1)))
    assert sorted(LogPhoto.objects.values_list("photo_id", flat=True)) == sorted(
        promise(number).photo_id for number in range(1, 9)
    )
    assert awaited() == []


@pytest.mark.django_db(transaction=True)
def test_entries_with_the_same_photos_in_other_orders_never_wait_for_each_other():
    world = build_world()
    signed_agreement(world, assets=[world.own_asset])
    company = world.users["company_member"]
    numbers = list(range(1, 7))
    together = threading.Barrier(4)

    def send(turn):
        try:
            together.wait()
            if turn == 3:
                return [arrives(company, number) for number in reversed(numbers)]
            given = numbers if turn % 2 else numbers[::-1]
            return logged(world, *((promise(number), "before") for number in given))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    assert LogPhoto.objects.count() == 3 * len(numbers)
    assert awaited() == []


class TestOverHttp:
    V1 = "/api/v1"

    def client(self, user):
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    def put(self, client, photos, identifier=None):
        return client.put(
            f"{self.V1}/logs/{identifier or uuid.uuid4()}",
            {
                "type": "Feature",
                "geometry": None,
                "properties": {
                    "asset": str(self.asset.pk),
                    "task": "routine",
                    "device_time": "2026-05-01T08:30:00+08:00",
                    "photos": photos,
                },
            },
            content_type="application/json",
        )

    @pytest.fixture(autouse=True)
    def _own(self, world, agreement):
        self.asset, self.world = world.own_asset, world

    def test_an_entry_says_what_came_and_what_is_to_come(self, world):
        client = self.client(world.users["company_member"])
        here, given = photo_row(world.users["company_member"]), promise(1)
        to_come = {"photo": str(given.photo_id), "sha256": given.sha256, "stage": "after"}
        answer = self.put(client, [{"photo": str(here.pk), "stage": "before"}, to_come])
        assert answer.status_code == 201
        told = answer.json()["properties"]
        assert told["photos"] == [{"photo": str(here.pk), "stage": "before"}]
        assert told["photos_to_come"] == [to_come]
        arrives(world.users["company_member"], 1)
        told = client.get(f"{self.V1}/logs/{answer.json()['id']}").json()["properties"]
        assert (len(told["photos"]), told["photos_to_come"]) == (2, [])

    @pytest.mark.parametrize(
        ("photos", "wanted"),
        [
            ([{"photo": str(uuid.UUID(int=1)), "stage": "before"}], "photo_missing"),
            ([{"photo": str(uuid.UUID(int=1)), "stage": "before", "sha256": "abc"}], "bad_hash"),
            ([{"photo": str(uuid.UUID(int=1)), "stage": "before", "sha256": 5}], "invalid"),
            ([{"photo": str(uuid.UUID(int=1)), "stage": "before", "sha256": None}], "null"),
            ([{"photo": "x", "stage": "before", "sha256": "0" * 64}], "invalid"),
            ([{"photo": str(uuid.UUID(int=1)), "sha256": "0" * 64}], "required"),
            ([{"photo": str(uuid.UUID(int=n)), "stage": "before", "sha256": f"{n:064x}"}
              for n in range(21)], "max_length"),
            ({"photo": 1}, "not_a_list"),
        ],
    )  # fmt: skip
    def test_what_names_no_photo_is_refused(self, world, photos, wanted):
        answer = self.put(self.client(world.users["company_member"]), photos)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, wanted)

    def test_another_hash_than_the_photo_has_is_refused(self, world):
        here = photo_row(world.users["company_member"])
        photos = [{"photo": str(here.pk), "stage": "before", "sha256": "0" * 64}]
        answer = self.put(self.client(world.users["company_member"]), photos)
        assert answer.json()["errors"][0]["code"] == "photo_content_differs"

    def test_defects_and_inspections_take_promises_too(self, world):
        member, made, given = world.users["association_member"], standard(), promise(1)
        named = {"photo": str(given.photo_id), "sha256": given.sha256}
        to_come = [{**named, "stage": ""}]
        body = {
            "asset": str(self.asset.pk),
            "standard": str(made.pk),
            "kind": "supervision",
            "inspected_at": (timezone.now() - datetime.timedelta(hours=1)).isoformat(),
            "answers": [
                {"item": str(made.items.get().pk), "result": "failed", "add_photos": [named]}
            ],
        }
        client = self.client(member)
        told = client.post(f"{self.V1}/inspections", body, content_type="application/json").json()
        assert told["answers"][0]["photos_to_come"] == to_come
        defect = client.get(f"{self.V1}/defects/{told['findings'][0]['defect']}").json()
        assert defect["properties"]["photos_to_come"] == [{**named, "stage": "before"}]
        refused = client.post(
            f"{self.V1}/defects/{defect['id']}/photos",
            {"photos": [str(uuid.uuid4())], "stage": "after"},
            content_type="application/json",
        )
        assert refused.json()["errors"][0]["code"] == "photo_missing"
