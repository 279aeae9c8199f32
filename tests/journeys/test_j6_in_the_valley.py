"""Journey J6 in a real browser: a day in a valley without a net, over a bad link to the register.

The server's port is really closed while 18 entries with 40 photos are entered; the browser's
processes are killed twice, once in the valley and once in the middle of sending over connections
that are cut after random numbers of bytes.
"""

from __future__ import annotations

import base64
import hashlib

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
from tests.browser.conftest import CHROMIUM, chromium
from tests.factories.field import on_road
from tests.factories.orders import by
from tests.field.phone import Phone
from tests.journeys.valley import (
    FAR_LOG,
    a_picture,
    entries_of_the_day,
    returned_log,
)

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REASON = "照片看不清，请补拍"
BY_HAND = 2
"""How many of the 18 entries are typed and tapped; the others come through the same outbox."""
SUBMIT = """async (given) => {
  const outbox = await import("/static/field/outbox.js");
  const entry = outbox.newEntry({entity: given.entity, entityId: given.id, title: given.title,
    body: given.body});
  const taken = given.photos.map(({id, sha256, content}) => ({
    photo: {id, sha256, type: "image/jpeg", stage: "after", taken_at: null, lon: null, lat: null,
      accuracy_m: null, position_from: null},
    bytes: Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)).buffer,
  }));
  await outbox.submit(entry, taken);
}"""
CHANGE = """async ({id, version, body}) => {
  const outbox = await import("/static/field/outbox.js");
  const entry = outbox.newEntry({entity: "defect", type: "update", entityId: id,
    baseVersion: version, title: "坑槽", body});
  await outbox.submit(entry, []);
  return entry.id;
}"""
TAPS = 200
FORM = "form.entry-form"


@pytest.fixture
def link(live_server):
    # A browser keeps a connection for many requests: none of them may get through unharmed.
    with BadLink(live_server.thread.port, seed=18, longest=900_000, share=0) as link:
        yield link


@pytest.fixture
def phone(valley, chromium, link, tmp_path):
    """The worker's phone: the page was opened once and the agreement's data were taken along."""
    phone = Phone(chromium.browser_type, CHROMIUM, tmp_path / "profile", link)
    phone.start()
    phone.sign_in(valley.worker)
    phone.open()
    phone.installed()
    phone.take_along()
    yield phone
    phone.context.close()
    assert phone.strangers == []


def _type_a_log(phone, valley, note, photos):
    """Fill in the form of a log with two photos, as a thumb does, and save it."""
    page = phone.open(f"/field/#/log/new?asset={valley.world.own_asset.pk}")
    page.wait_for_selector(FORM)
    page.fill("#field-note", note)
    for stage, content in zip(("before", "after"), photos, strict=True):
        file = {"name": f"{stage}.jpg", "mimeType": "image/jpeg", "buffer": content}
        page.locator(f"[data-stage={stage}] input[type=file]").last.set_input_files([file])
        page.wait_for_selector(f"[data-stage={stage}] img")
    page.wait_for_function(
        "() => document.querySelector('[data-field=position] .value').textContent.includes('±')"
    )
    page.click(f"{FORM} button[type=submit]")
    page.wait_for_selector(".state-line[data-state=ready], .state-line[data-state=sending]")


def _submit(phone, entry):
    identifier, entity, body, photos = entry
    told = [
        {
            "id": str(key),
            "sha256": hashlib.sha256(content).hexdigest(),
            "content": base64.b64encode(content).decode(),
        }
        for key, content in photos
    ]
    given = {"id": str(identifier), "entity": entity, "title": entity, "body": body}
    phone.page.evaluate(SUBMIT, {**given, "photos": told})


def _walk(phone, valley):
    """18 entries and 40 photos with no server, the battery giving out after the ninth."""
    phone.stands_at(on_road(150))
    for number in range(BY_HAND):
        _type_a_log(
            phone, valley, f"手填 {number + 1}", [a_picture(900 + number), a_picture(number)]
        )
    day = entries_of_the_day(valley)[BY_HAND:]
    for entry in day[:7]:
        _submit(phone, entry)
    phone.kill()
    phone.start()
    phone.stands_at(on_road(150))
    for entry in day[7:]:
        _submit(phone, entry)
    return day


def _send_until(phone, *, entries, photos):
    """Tap the large button whenever it can be tapped, as somebody in a hurry does."""
    for _tap in range(TAPS):
        phone.page.wait_for_selector(".send:not([disabled])")
        counts = phone.counts()
        received = counts["entries"]["received"], counts["photos"]["received"]
        if received[0] >= entries and received[1] >= photos:
            return
        phone.send()
    raise AssertionError(phone.counts())


def _registered(phone, day):
    """Register and phone name the same entries and photos, with equal hashes, none twice."""
    kept = phone.kept()
    of = {"log": MaintenanceLog, "inspection": Inspection, "defect": Defect}
    for entry in kept["entries"]:
        assert of[entry["entity"]].objects.filter(pk=entry["entity_id"]).count() == 1
        assert entry["receipt"]["content_hash"]
    assert MaintenanceLog.objects.count() + Inspection.objects.count() == 16
    assert {str(identifier) for identifier, *_rest in day} <= {
        entry["entity_id"] for entry in kept["entries"]
    }
    hashes = {photo["id"]: photo["sha256"] for photo in kept["photos"]}
    assert len(hashes) == Photo.objects.count() == 40
    for photo in Photo.objects.all():
        original = path_of(photo.sha256, Version.ORIGINAL).read_bytes()
        assert hashes[str(photo.pk)] == hashlib.sha256(original).hexdigest()
    assert not PromisedPhoto.objects.filter(arrived_at__isnull=True).exists()
    assert not SetAsideEntry.objects.exists()


def test_j6_eighteen_entries_and_forty_photos_out_of_the_valley(phone, link, valley):
    link.close_port()
    day = _walk(phone, valley)
    assert MaintenanceLog.objects.count() == Photo.objects.count() == 0
    link.open_port(bad=True)
    _send_until(phone, entries=9, photos=3)
    phone.kill()
    phone.start()
    _send_until(phone, entries=18, photos=40)

    assert link.cuts > 3
    _registered(phone, day)
    far = MaintenanceLog.objects.get(pk=day[FAR_LOG - BY_HAND][0])
    assert 1_700 < far.distance_m < 1_900
    page = phone.open("/field/#/outbox")
    page.wait_for_selector("[data-group=received]")
    assert page.locator("[data-group=received] .count").inner_text() == "18"
    assert page.locator("#counts").get_attribute("data-unsent") == "0"


def test_j6_a_clash_is_shown_to_the_office_field_by_field(phone, link, valley, visits):
    link.close_port()
    defect = valley.defect
    body = {"severity": "serious", "description": "比早上更深"}
    given = {"id": str(defect.pk), "version": defect.version, "body": body}
    phone.page.evaluate(CHANGE, given)
    officer = valley.world.users["township_officer"]
    defect_change(
        defect=defect,
        changes={"severity": "minor"},
        expected_version=defect.version,
        **by(officer),
    )
    link.open_port()
    phone.send()
    phone.wait_for_counts("counts.entries.attention === 1")

    entry = SetAsideEntry.objects.get()
    page = phone.open("/field/#/outbox")
    page.wait_for_selector("[data-group=attention]")
    desk = visits.open(f"/maintenance/set-aside/{entry.pk}/", user=officer, ready=False)
    shown = desk.locator("main").inner_text()
    for value in ("重", "轻", "中", "比早上更深"):
        assert value in shown


def test_j6_the_phone_shows_why_an_entry_was_returned(phone, valley):
    log = returned_log(valley, REASON)
    page = phone.open("/field/#/today")
    phone.send()
    page.locator(f"a[href='#/returned/{log.pk}']").first.click()
    page.wait_for_selector(f".reason:has-text('{REASON}')")
