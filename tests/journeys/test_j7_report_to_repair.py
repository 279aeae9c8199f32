"""Journey J7: a failed check and a villager's report become one repair, told in public."""

from __future__ import annotations

import datetime
import hashlib
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from maintenance.models import (
    Defect,
    DefectChange,
    DefectPhoto,
    Inspection,
    MaintenanceLog,
    PublicReport,
    ReportChange,
    WorkOrder,
)
from maintenance.services import report_reopen
from maintenance.services.field_errors import ReopenTooLate
from tests.factories import build_world
from tests.factories.field import on_road, opened, standard
from tests.factories.maintenance import signed_agreement
from tests.factories.photos import picture
from tests.sites.api.conftest import Caller

V1, PUBLIC = "/api/v1", "/api/public/v1/reports"
URGENT = {
    "text": "边沟、涵洞是否畅通？",
    "defect_kind": "blocked_drain",
    "severity": "serious",
    "points": 20,
    "opens_order": True,
    "order_kind": "emergency",
    "order_priority": "urgent",
    "order_hours": 48,
}
DAY = datetime.timedelta(days=1)


def _stage(settings, tmp_path):
    """A road under a three-party agreement, open to the public, and its checklist."""
    settings.MEDIA_ROOT = tmp_path
    world = build_world()
    signed_agreement(world, assets=[world.own_asset])
    opened(world.own_asset)
    return world, standard(URGENT, {"text": "路面是否平整？"})


def _point(metres):
    point = on_road(metres)
    return {"type": "Point", "coordinates": [round(point.x, 7), round(point.y, 7)]}


def _sent_photo(caller, colour):
    """Put a photo and return its identifier."""
    content, pk = picture(colour=colour), str(uuid4())
    answer = caller.client.put(
        f"{V1}/photos/{pk}",
        content,
        content_type="image/jpeg",
        headers={"x-content-sha256": hashlib.sha256(content).hexdigest()},
    )
    assert answer.status_code == 201, answer.content
    return pk


def _moved(caller, order, to_state, **body):
    answer = caller.post(f"{V1}/work-orders/{order}/moves", {"to_state": to_state, **body})
    assert answer.status_code == 200, (to_state, answer.content)
    return answer.json()


@pytest.mark.django_db
class TestThroughTheApi:
    @pytest.fixture
    def told(self, settings, tmp_path):
        """What everybody did, up to the closed order."""
        world, made = _stage(settings, tmp_path)
        callers = {name: Caller(user) for name, user in world.users.items()}
        code = self._reported(world)
        defect = self._merged(world, callers, self._taken_up(callers))
        order = self._ordered(world, callers, made, defect)
        self._repaired(world, callers, order)
        return world, callers, code, defect, order

    def _reported(self, world):
        """A villager scans the plate and reports, without an account."""
        villager = Caller()
        body = {
            "plate": world.own_asset.plate_code,
            "text": "涵洞堵了，水漫上路了",
            "position": _point(315),
            "contact": "13800000000",
        }
        sent = villager.post(PUBLIC, body)
        assert sent.status_code == 201, sent.content
        assert sent.json()["state"] == "received"
        return sent.json()["tracking_code"]

    def _taken_up(self, callers):
        """The office opens a defect from the report."""
        (waiting,) = (
            callers["township_officer"].get(f"{V1}/public-reports?waiting=1").json()["items"]
        )
        body = {
            "to_state": "linked",
            "new_defect": {"kind": "blocked_drain", "severity": "serious"},
        }
        answer = callers["township_officer"].post(
            f"{V1}/public-reports/{waiting['id']}/moves", body
        )
        assert answer.status_code == 200, answer.content
        return answer.json()["defect"]

    def _merged(self, world, callers, from_public):
        """The association finds the patrol's defect 15 m away and merges the two."""
        body = {
            "type": "Feature",
            "geometry": _point(300),
            "properties": {
                "asset": str(world.own_asset.pk),
                "kind": "blocked_drain",
                "severity": "moderate",
                "found_at": (timezone.now() - DAY).isoformat(),
            },
        }
        patrol = callers["cooperative_member"].post(f"{V1}/defects", body).json()["id"]
        association = callers["association_member"]
        (near,) = association.get(f"{V1}/defects/{from_public}/nearby").json()["items"]
        assert near["id"] == patrol
        assert near["metres"] == pytest.approx(15, abs=0.5)
        merged = association.post(
            f"{V1}/defects/{from_public}/moves",
            {"to_state": "duplicate", "duplicate_of": patrol},
        )
        assert merged.json()["properties"]["duplicate_of"] == patrol
        (report,) = association.get(f"{V1}/public-reports?defect={patrol}").json()["items"]
        assert report["contact"] is None
        return patrol

    def _ordered(self, world, callers, made, defect):
        """The association's check fails; the rule orders the known defect's repair in 48 h."""
        association = callers["association_member"]
        photo = _sent_photo(association, (90, 60, 30))
        drain, surface = made.items.order_by("position")
        body = {
            "id": str(uuid4()),
            "asset": str(world.own_asset.pk),
            "standard": str(made.pk),
            "kind": "supervision",
            "inspected_at": timezone.now().isoformat(),
            "position": _point(305),
            "answers": [
                {"item": str(drain.pk), "result": "failed", "add_photos": [photo]},
                {"item": str(surface.pk), "result": "ok"},
            ],
        }
        sent = association.post(f"{V1}/inspections", body)
        assert sent.status_code == 201, sent.content
        assert sent.json()["score"] == 80
        (finding,) = sent.json()["findings"]
        assert (finding["outcome"], bool(finding["order"])) == ("known", True)
        order = callers["company_member"].get(f"{V1}/work-orders/{finding['order']}").json()
        shown = order["properties"]
        assert (shown["priority"], shown["state"]) == ("urgent", "issued")
        limit = datetime.datetime.fromisoformat(shown["due_at"]) - datetime.datetime.fromisoformat(
            shown["issued_at"]
        )
        assert limit == datetime.timedelta(hours=48)
        seen = association.get(f"{V1}/defects/{defect}").json()["properties"]
        assert (seen["state"], seen["order"]) == ("ordered", finding["order"])
        assert [entry["id"] for entry in seen["photos"]] == [photo]
        return finding["order"]

    def _repaired(self, world, callers, order):
        """The company repairs with photos; the association inspects, the cooperative confirms."""
        company = callers["company_member"]
        _moved(company, order, "accepted")
        _moved(company, order, "doing")
        refused = company.post(f"{V1}/work-orders/{order}/moves", {"to_state": "submitted"})
        assert refused.status_code in (409, 422)
        log = {
            "type": "Feature",
            "geometry": _point(302),
            "properties": {
                "order": order,
                "asset": str(world.own_asset.pk),
                "task": "minor_repair",
                "device_time": timezone.now().isoformat(),
                "note": "清淤 3 方",
                "photos": [
                    {"photo": _sent_photo(company, (80, 20, 20)), "stage": "before"},
                    {"photo": _sent_photo(company, (20, 80, 20)), "stage": "after"},
                ],
            },
        }
        kept = company.put(f"{V1}/logs/{uuid4()}", log)
        assert kept.status_code == 201, kept.content
        _moved(company, order, "submitted")
        for wrong in ("company_member", "cooperative_member", "township_officer"):
            answer = callers[wrong].post(
                f"{V1}/work-orders/{order}/moves", {"to_state": "inspected"}
            )
            assert answer.status_code in (403, 409), wrong
        _moved(callers["association_member"], order, "inspected")
        _moved(callers["cooperative_member"], order, "confirmed")
        _moved(callers["township_officer"], order, "closed")

    def test_the_villager_is_told_with_the_dates_and_the_photo(self, told):
        _world, _callers, code, defect, _order = told
        villager = Caller()
        seen = villager.get(f"{PUBLIC}/{code}").json()
        assert seen["state"] == "answered"
        assert seen["answer"]
        reached = [step["code"] for step in seen["steps"]]
        assert reached[0] == "received"
        assert {"linked", "verified", "ordered", "repaired", "closed", "answered"} <= set(reached)
        assert [step["at"] for step in seen["steps"]] == sorted(
            step["at"] for step in seen["steps"]
        )
        (photo,) = seen["photos"]
        assert villager.get(f"/api/public/v1/photos/{photo}").status_code == 200
        text = str(seen)
        for secret in ("13800000000", "甲公司", "company_member", str(defect)):
            assert secret not in text

    def test_the_villager_reopens_on_the_fifteenth_day_and_not_on_the_sixteenth(self, told):
        _world, callers, code, defect, _order = told
        report = PublicReport.objects.get(tracking_code=code)
        with pytest.raises(ReopenTooLate):
            report_reopen(report=report, reason="又堵了", at=report.answered_at + 16 * DAY)
        report_reopen(report=report, reason="又堵了", at=report.answered_at + 15 * DAY)
        assert report.state == "reopened"
        (waiting,) = (
            callers["township_officer"].get(f"{V1}/public-reports?waiting=1").json()["items"]
        )
        assert waiting["id"] == str(report.pk)
        again = callers["association_member"].get(f"{V1}/defects/{defect}").json()["properties"]
        assert (again["state"], again["order"], again["closed_at"]) == ("reported", None, None)

    def test_every_step_left_its_record(self, told):
        _world, _callers, code, defect, order = told
        report = PublicReport.objects.get(tracking_code=code)
        assert str(report.defect_id) == defect
        moves = ReportChange.objects.filter(report=report).values_list("to_state", flat=True)
        assert list(moves) == ["linked", "answered"]
        states = DefectChange.objects.filter(defect=defect).order_by("recorded_at", "at", "id")
        assert [move.to_state for move in states] == [
            "verified",
            "ordered",
            "repaired",
            "closed",
        ]
        finished = WorkOrder.objects.get(pk=order)
        assert finished.state == "closed"
        assert set(Defect.objects.filter(duplicate_of=defect).values_list("source", flat=True)) == {
            "public",
            "inspection",
        }
        assert DefectPhoto.objects.filter(defect=defect).exists()


class Person:
    """One person's browser."""

    def __init__(self, visits, user=None, **options):
        self.visits, self.user, self.options = visits, user, options
        self.page = None

    def at(self, path):
        if self.page is None:
            self.page = self.visits.open(path, user=self.user, ready=False, **self.options)
        else:
            self.page.goto(self.visits.address + path)
        return self.page

    def send(self, form, **values):
        """Fill in a form and send it."""
        found = self.page.locator(form).first
        for details in found.locator("xpath=ancestor-or-self::*/details | .//details").all():
            details.evaluate("part => part.open = true")
        found.evaluate("form => form.closest('details') && (form.closest('details').open = true)")
        for name, value in values.items():
            self._enter(found.locator(f"[name='{name}']"), value)
        with self.page.expect_navigation():
            found.locator("button[type=submit].primary, button[type=submit]").first.click()
        return self.page

    def _enter(self, field, value):
        if isinstance(value, dict | list):
            field.set_input_files(value)
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def _file(colour):
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture(colour=colour)}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestThroughThePages:
    @pytest.fixture
    def stage(self, transactional_db, settings, tmp_path):
        return _stage(settings, tmp_path)

    def test_from_the_plate_to_the_repair(self, stage, visits):
        world, made = stage
        people = {name: Person(visits, user) for name, user in world.users.items()}
        address = self._villager_reports(world, visits)
        self._patrol_reports(world, people["cooperative_member"])
        self._office_opens_a_defect(people["township_officer"])
        self._association_merges(people["association_member"])
        self._association_inspects(world, made, people["association_member"])
        self._company_repairs(people["company_member"])
        for name in ("association_member", "cooperative_member", "township_officer"):
            self._next_move(people[name])
        assert WorkOrder.objects.get().state == "closed"
        self._villager_is_told(address, visits)

    def _villager_reports(self, world, visits):
        villager = Person(visits, width=390, height=844)
        page = villager.at(f"/public/a/{world.own_asset.plate_code}/")
        page.locator("a.report-button").click()
        villager.send(
            "form[enctype]",
            text="涵洞堵了，水漫上路了",
            photos=_file((70, 70, 200)),
            contact="13800000000",
        )
        assert re.search(r"/public/track/[0-9A-Z]{12}/$", page.url)
        assert PublicReport.objects.get().photos.count() == 1
        return page.url.removeprefix(visits.address)

    def _patrol_reports(self, world, person):
        person.at(f"/maintenance/defects/new/?asset={world.own_asset.pk}")
        person.send("form[enctype]", kind="blocked_drain", severity="moderate", chainage_m="K0+300")
        assert Defect.objects.get().source == "patrol"

    def _office_opens_a_defect(self, person):
        person.at("/maintenance/reports/?waiting=1")
        with person.page.expect_navigation():
            person.page.locator("tbody a").first.click()
        assert "13800000000" in person.page.locator("main").inner_text()
        person.send("form[action$='/open/']", kind="blocked_drain", severity="serious")
        assert PublicReport.objects.get().state == "linked"

    def _association_merges(self, person):
        public, patrol = Defect.objects.get(source="public"), Defect.objects.get(source="patrol")
        # Without a phone's position the report is about the road as a whole: the office says where.
        Defect.objects.filter(pk=public.pk).update(point=on_road(315), chainage_m=315)
        person.at(f"/maintenance/defects/{public.pk}/")
        person.send("form[action$='/move/']", to_state="duplicate", duplicate_of=str(patrol.pk))
        patrol.refresh_from_db()
        assert [link.photo_id for link in DefectPhoto.objects.filter(defect=patrol)]
        assert PublicReport.objects.get().defect == patrol

    def _association_inspects(self, world, made, person):
        drain, surface = made.items.order_by("position")
        page = person.at(
            f"/maintenance/inspections/new/?asset={world.own_asset.pk}&standard={made.pk}"
        )
        page.locator(f"label[for^='id_result-{drain.pk.hex}']").nth(1).click()
        page.locator(f"label[for^='id_result-{surface.pk.hex}']").nth(0).click()
        person.send(
            "form[enctype]",
            **{
                f"chainage-{drain.pk.hex}": "K0+305",
                f"note-{drain.pk.hex}": "涵洞被泥沙堵死",
                f"photos-{drain.pk.hex}": _file((90, 60, 30)),
            },
        )
        assert Inspection.objects.get().score == 80
        order = WorkOrder.objects.get()
        assert (order.priority, order.due_at - order.issued_at) == (
            "urgent",
            datetime.timedelta(hours=48),
        )

    def _company_repairs(self, person):
        order = WorkOrder.objects.get()
        for _step in ("accepted", "doing"):
            self._next_move(person)
        person.at(f"/maintenance/logs/new/?order={order.pk}")
        person.send(
            "form[enctype]",
            before=_file((80, 20, 20)),
            after=_file((20, 80, 20)),
            note="清淤 3 方",
        )
        assert MaintenanceLog.objects.get().photos.count() == 2
        self._next_move(person)
        assert WorkOrder.objects.get().state == "submitted"

    def _next_move(self, person):
        order = WorkOrder.objects.get()
        person.at(f"/maintenance/orders/{order.pk}/")
        person.send(".next-moves > form")
        assert WorkOrder.objects.get().state != order.state, person.page.inner_text("main")

    def _villager_is_told(self, address, visits):
        villager = Person(visits, width=390, height=844)
        page = villager.at(address)
        text = page.locator("main").inner_text()
        today = timezone.localdate()
        assert str(today.year) in text
        assert page.locator(".timeline li").count() >= 6
        assert page.locator("ul.photos img").count() == 1
        for secret in ("13800000000", "甲公司"):
            assert secret not in text
        villager.send("main form", reason="还是有水")
        report = PublicReport.objects.get()
        assert report.state == "reopened"
        assert Defect.objects.get(source="patrol").state == "reported"


@pytest.mark.django_db
def test_on_the_sixteenth_day_the_page_offers_no_reopening(settings, tmp_path):
    world, _made = _stage(settings, tmp_path)
    code = (
        Caller()
        .post(PUBLIC, {"plate": world.own_asset.plate_code, "text": "路灯不亮"})
        .json()["tracking_code"]
    )
    report = PublicReport.objects.get()
    officer = Caller(world.users["township_officer"])
    officer.post(
        f"{V1}/public-reports/{report.pk}/moves", {"to_state": "answered", "answer": "已换灯泡"}
    )
    visitor = Client(headers={"accept-language": "en"})
    assert b'<form method="post"' in visitor.get(f"/public/track/{code}/").content
    PublicReport.objects.filter(pk=report.pk).update(answered_at=timezone.now() - 16 * DAY)
    page = visitor.get(f"/public/track/{code}/")
    assert b'name="reason"' not in page.content
    refused = visitor.post(f"/public/track/{code}/", {"reason": "还是不亮"})
    assert refused.status_code == 422
    assert PublicReport.objects.get().state == "answered"
