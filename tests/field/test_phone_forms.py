"""Every form of the phone, filled in by a thumb in a valley, down to the register's record."""

from __future__ import annotations

import os
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from assets.models import Photo
from field.models import FieldOperation
from maintenance.kinds import FieldEntity
from maintenance.models import (
    Agreement,
    Defect,
    Inspection,
    MaintenanceLog,
    Patrol,
    PatrolPlan,
    PatrolStop,
    WorkOrder,
)
from maintenance.services import log_review
from tests.factories.field import on_road, standard
from tests.factories.orders import advance, by, issued_order, recorded_log
from tests.factories.photos import EXIF_IFD, GPS_IFD, gps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAKE_ALONG = """async () => {
  const packages = await import("/static/field/map/packages.js");
  const {offered} = await packages.offeredPackages();
  for (const one of offered) await packages.takePackage(one.key, () => {});
}"""
FORM = "form.entry-form"
SENT = ".state-line[data-state=received]"
HERE = {"longitude": on_road(300).x, "latitude": 31.05, "accuracy": 12}


def _camera(size=(2900, 1900), **place):
    """A photo as a phone's camera writes it, large, with its position."""
    grain = os.urandom(size[0] * size[1] // 64)
    image = Image.frombytes(
        "L", (size[0] // 8, size[1] // 8), grain[: size[0] // 8 * (size[1] // 8)]
    )
    exif = Image.Exif()
    exif.get_ifd(GPS_IFD).update(gps(**place))
    exif.get_ifd(EXIF_IFD).update({0x9003: "2026:06:07 08:09:10", 0x9011: "+08:00"})
    target = BytesIO()
    image.resize(size).convert("RGB").save(target, "JPEG", exif=exif, quality=92)
    return target.getvalue()


def _file(content, name="IMG_0001.jpg"):
    return [{"name": name, "mimeType": "image/jpeg", "buffer": content}]


def _small():
    target = BytesIO()
    Image.frombytes("L", (64, 48), os.urandom(64 * 48)).save(target, "JPEG")
    return target.getvalue()


@pytest.fixture
def checklist(transactional_db):
    """A road's checklist of two questions."""
    return standard({}, {"text": "边沟畅通？", "text_en": "Ditch clear?"})


@pytest.fixture
def equipped(checklist, phone):
    """The phone on the road, with the data of its agreement taken along."""
    _stand(phone)
    phone.page.evaluate(TAKE_ALONG)
    return phone


def _stand(phone):
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(HERE)


def _form(phone, address):
    page = phone.open(f"/field/#/{address}")
    page.wait_for_selector(FORM)
    return page


def _placed(page):
    page.wait_for_function(
        "() => document.querySelector('[data-field=position] .value').textContent.includes('±')"
    )


def _told(page, field):
    problem = page.locator(f"[data-field='{field}'] [data-problem]")
    problem.wait_for()
    return problem.inner_text()


def _submit(page):
    page.click(f"{FORM} button[type=submit]")


def _received(page):
    _submit(page)
    page.wait_for_selector(SENT)


def test_a_log_survives_the_battery_and_arrives_as_it_was_typed(equipped, link, valley):
    equipped.installed()
    link.close_port()
    page = _form(equipped, f"log/new?asset={valley.own_asset.pk}")
    page.fill("#field-note", "清理边沟，修补坑槽")
    page.fill("#field-quantity", "12.345")
    _submit(page)
    assert _told(page, "quantity")
    assert _told(page, "unit")
    page.fill("#field-quantity", "１２．５")
    page.select_option("#field-unit", "m3")
    page.fill("#field-chainage", "K0+300")
    _placed(page)
    page.locator("[data-stage=before] input[type=file]").first.set_input_files(
        _file(_camera(t31=4))
    )
    page.wait_for_selector("[data-stage=before] img")
    page.locator("[data-stage=after] input[type=file]").last.set_input_files(_file(_small()))
    page.wait_for_selector("[data-stage=after] img")
    equipped.kill()
    equipped.start(path="/field/#/today")
    _stand(equipped)
    page = equipped.page
    page.click("a[href^='#/log/']")
    page.wait_for_selector(FORM)
    assert page.input_value("#field-note") == "清理边沟，修补坑槽"
    _submit(page)
    page.wait_for_selector(".state-line[data-state=ready], .state-line[data-state=sending]")
    link.open_port()
    equipped.send()
    page.wait_for_selector(SENT)
    equipped.wait_for_counts("counts.photos.received === 2")
    log = MaintenanceLog.objects.get()
    assert (log.quantity, log.unit, log.chainage_m) == (Decimal("12.5"), "m3", 300)
    assert (log.note, log.accuracy_m) == ("清理边沟，修补坑槽", 12)
    assert log.distance_m < 5
    _photos_as_taken(log)


def _photos_as_taken(log):
    """The camera's own position goes before the phone's, though the picture was made smaller."""
    photos = {link.stage: link.photo for link in log.photos.select_related("photo")}
    before, after = photos["before"], photos["after"]
    assert max(before.width, before.height) == 2560
    assert (before.position.x, before.position.y) == pytest.approx((117.06, 31.05))
    assert before.accuracy_m == 4
    assert before.taken_at.isoformat() == "2026-06-07T00:09:10+00:00"
    assert (after.position.x, after.accuracy_m) == (pytest.approx(HERE["longitude"]), 12)


def test_an_inspection_without_a_position_opens_the_defect_of_its_failed_item(
    equipped, valley, checklist
):
    equipped.context.clear_permissions()
    page = _form(equipped, f"inspection/new?asset={valley.own_asset.pk}&standard={checklist.pk}")
    first, second = checklist.items.order_by("position")
    _submit(page)
    assert _told(page, f"item-{first.pk}")
    page.check(f"input[name='item-{first.pk}'][value=ok]", force=True)
    page.check(f"input[name='item-{second.pk}'][value=failed]", force=True)
    item = page.locator(f"[data-field='item-{second.pk}']")
    item.locator("textarea").fill("边沟堵塞两处")
    item.locator("input[type=text]").fill("450")
    item.locator("input[type=file]").first.set_input_files(_file(_small()))
    item.locator("img").wait_for()
    _received(page)
    equipped.wait_for_counts("counts.photos.received === 1")
    inspection = Inspection.objects.get()
    assert (inspection.standard, inspection.kind, inspection.position) == (
        checklist,
        "patrol",
        None,
    )
    answers = {answer.item_id: answer.result for answer in inspection.answers.all()}
    assert answers == {first.pk: "ok", second.pk: "failed"}
    defect = Defect.objects.get()
    assert (defect.description, defect.chainage_m) == ("边沟堵塞两处", 450)
    assert inspection.photos.get().answer.item == second
    assert Photo.objects.get().position is None


def test_a_defect_is_reported_and_later_changed_from_the_phone(equipped, valley):
    page = _form(equipped, f"defect/new?asset={valley.own_asset.pk}")
    _submit(page)
    assert _told(page, "kind")
    assert _told(page, "severity")
    page.select_option("#field-kind", "subsidence")
    page.check("input[value=moderate]", force=True)
    page.fill("#field-description", "路肩下沉")
    _placed(page)
    page.locator("input[type=file]").first.set_input_files(_file(_small()))
    page.wait_for_selector(f"{FORM} img")
    _received(page)
    equipped.wait_for_counts("counts.photos.received === 1")
    defect = Defect.objects.get()
    assert (defect.kind, defect.severity, defect.source) == ("subsidence", "moderate", "patrol")
    assert defect.photos.count() == 1
    page.evaluate(TAKE_ALONG)
    page = equipped.open(f"/field/#/asset/{valley.own_asset.pk}")
    page.click(f"a[href='#/defect/new?defect={defect.pk}']")
    page.wait_for_selector(FORM)
    page.check("input[value=serious]", force=True)
    _received(page)
    defect.refresh_from_db()
    assert (defect.severity, defect.description) == ("serious", "路肩下沉")
    sent = FieldOperation.objects.get(entity=FieldEntity.DEFECT, type="update")
    assert sent.body == {"severity": "serious"}


def test_a_patrol_is_walked_with_its_track_and_the_stops_that_were_reached(phone, valley):
    plan = _plan(valley)
    _stand(phone)
    phone.page.evaluate(TAKE_ALONG)
    page = phone.open("/field/#/today")
    page.click(f"a[href='#/patrol/new?plan={plan.pk}']")
    page.wait_for_selector(FORM)
    _submit(page)
    assert _told(page, "ended_at")
    page.click("[data-clock=start]")
    page.wait_for_selector("[data-clock=end]")
    for metres in (340, 380, 420):
        phone.context.set_geolocation({**HERE, "longitude": on_road(metres).x})
        page.wait_for_function(
            """async (least) => {
              const {trackOf} = await import("/static/field/track.js");
              const id = window.location.hash.split("/").pop();
              return (await trackOf(id)).length_m > least;
            }""",
            arg=metres - 310,
        )
    page.check(".tick input")
    page.click("[data-clock=end]")
    page.wait_for_selector("[data-clock=end]", state="detached")
    _received(page)
    patrol = Patrol.objects.get()
    assert (patrol.plan, patrol.organisation) == (plan, valley.companies[0])
    assert patrol.track.num_points >= 2
    assert "1" in patrol.note
    plan.refresh_from_db()
    assert plan.next_due_on > timezone.localdate()


def _plan(valley):
    plan = PatrolPlan.objects.create(
        agreement=Agreement.objects.get(),
        organisation=valley.companies[0],
        name="每日巡查",
        kind="daily",
        frequency_days=1,
        next_due_on=timezone.localdate(),
    )
    PatrolStop.objects.create(plan=plan, position=1, asset=valley.own_asset)
    return plan


def test_an_order_is_accepted_worked_and_submitted_without_a_network(phone, link, valley):
    order = issued_order(valley, Agreement.objects.get())
    _stand(phone)
    phone.page.evaluate(TAKE_ALONG)
    phone.installed()
    link.close_port()
    page = phone.open("/field/#/today")
    page.click(f"a[href='#/order/{order.pk}']")
    page.click("[data-move=accepted]")
    page.click("[data-move=doing]")
    page.click(f"a[href='#/log/new?order={order.pk}']")
    page.wait_for_selector(FORM)
    page.fill("#field-note", "坑槽已填补")
    for stage in ("before", "after"):
        files = page.locator(f"[data-stage={stage}] input[type=file]").first
        files.set_input_files(_file(_small()))
        page.wait_for_selector(f"[data-stage={stage}] img")
    _submit(page)
    page.wait_for_selector(".state-line")
    page.click(f"a[href='#/order/{order.pk}']")
    page.click("[data-move=submitted]")
    phone.wait_for_counts("counts.entries.ready + counts.entries.sending === 4")
    link.open_port()
    phone.send()
    phone.wait_for_counts("counts.entries.received === 4 && counts.photos.received === 2")
    assert WorkOrder.objects.get().state == "submitted"
    assert MaintenanceLog.objects.get().order == order


def test_a_returned_entry_shows_the_reason_and_is_corrected_with_its_old_values(phone, valley):
    order = advance(valley, issued_order(valley, Agreement.objects.get()), "doing")
    log = recorded_log(
        order, valley.users["company_member"], quantity=Decimal(8), unit="m2", note="填补"
    )
    reviewer = by(valley.users["association_member"])
    log_review(log=log, verdict="returned", reason="数量与照片不符", **reviewer)
    _stand(phone)
    phone.page.evaluate(TAKE_ALONG)
    page = phone.open("/field/#/today")
    page.click(f"a[href='#/returned/{log.pk}']")
    page.wait_for_selector("text=数量与照片不符")
    page.click(f"a[href='#/log/new?corrects={log.pk}']")
    page.wait_for_selector(FORM)
    assert page.input_value("#field-quantity") == "8"
    page.fill("#field-quantity", "6")
    _received(page)
    correction = MaintenanceLog.objects.get(corrects=log)
    assert (correction.quantity, correction.note, correction.order) == (6, "填补", order)
    assert correction.device_time == log.device_time
    phone.open("/field/#/today")
    assert page.locator(f"a[href='#/returned/{log.pk}']").count() == 0


def test_a_returned_entry_opened_before_its_record_came_is_drawn_when_it_comes(phone, link, valley):
    order = advance(valley, issued_order(valley, Agreement.objects.get()), "doing")
    log = recorded_log(order, valley.users["company_member"])
    phone.installed()
    link.close_port()
    page = phone.open(f"/field/#/returned/{log.pk}")
    page.wait_for_selector("#main .empty")
    reviewer = by(valley.users["association_member"])
    log_review(log=log, verdict="returned", reason="数量与照片不符", **reviewer)
    link.open_port()
    phone.send()
    page.wait_for_selector("text=数量与照片不符")
