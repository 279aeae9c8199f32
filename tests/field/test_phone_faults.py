"""What may happen to a phone between the tap and the receipt: nothing is lost, stuck or claimed."""

from __future__ import annotations

import json

import pytest

from assets.models import Photo
from maintenance.models import MaintenanceLog

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FULL = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  if (!window.hasRoom) throw new DOMException("full", "QuotaExceededError");
  return put.apply(this, given);
};"""
RELEASED = """async () => {
  const {released} = await import("/static/field/release.js");
  const {currentSession} = await import("/static/field/session.js");
  return released(currentSession().store, 0);
}"""
LOST = """(name) => {
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    if (!window.wasLost) {
      window.wasLost = true;
      throw new DOMException("Connection to Indexed Database server lost", name);
    }
    return transaction.apply(this, given);
  };
}"""
NEWER = """async () => {
  const {currentSession} = await import("/static/field/session.js");
  const name = `atlas-field-${currentSession().me.user.id}`;
  await new Promise((done, failed) => {
    const request = indexedDB.open(name, 2);
    request.onupgradeneeded = () => request.result.createObjectStore("later", {keyPath: "id"});
    request.onsuccess = () => { request.result.close(); done(); };
    request.onerror = () => failed(request.error);
  });
}"""
CURSOR = """async (value) => {
  const {currentSession} = await import("/static/field/session.js");
  if (value) await currentSession().store.put("meta", {key: "cursor", value});
  return (await currentSession().store.get("meta", "cursor")).value;
}"""
SYNCED = """async () => {
  const {onSync, syncNow} = await import("/static/field/sync.js");
  let told = null;
  onSync((state) => { told = state; })();
  const ended = async () => {
    while (told.running) await new Promise((done) => setTimeout(done, 20));
  };
  await ended();
  await syncNow("button");
  await ended();
  return told.problem;
}"""
LARGE = """async ([asset, sizes]) => {
  const outbox = await import("/static/field/outbox.js");
  for (const size of sizes) {
    const entry = outbox.newEntry({entity: "log", title: String(size), body: {}});
    entry.body = {asset, task: "routine", device_time: entry.device_time, note: "路".repeat(size)};
    await outbox.submit(entry, []);
  }
}"""
PHOTO_LEFT = """async (state) => {
  const {currentSession} = await import("/static/field/session.js");
  const {outboxChanged} = await import("/static/field/outbox.js");
  const {store} = currentSession();
  const [photo] = await store.all("photos");
  await store.put("photos", {...photo, state, receipt: null});
  outboxChanged("sync");
}"""
RETRY_AFTER = """async (given) => {
  const {ask} = await import("/static/field/answers.js");
  return ask("GET", `/busy?${given}`).catch((error) => error.retryAfter);
}"""
TOUCHED = """async ([id, note]) => {
  const outbox = await import("/static/field/outbox.js");
  const entry = await outbox.entryOf(id);
  await outbox.saveDraft({...entry, body: {draft: {...entry.body.draft, note}}}, []);
}"""
ADDED = """async (id) => {
  const outbox = await import("/static/field/outbox.js");
  const {sha256} = await import("/static/field/hash.js");
  const entry = await outbox.entryOf(id);
  const photos = (await outbox.photosOf(id)).map((photo) => ({photo}));
  const bytes = new Uint8Array([255, 216, 255, photos.length]).buffer;
  const photo = {id: outbox.newId(), sha256: await sha256(bytes), type: "image/jpeg"};
  await outbox.saveDraft(entry, [...photos, {photo, bytes}]);
}"""
STALE = """async (id) => {
  const outbox = await import("/static/field/outbox.js");
  window.stale = await outbox.entryOf(id);
}"""
STALE_SAVED = """async () => {
  const outbox = await import("/static/field/outbox.js");
  const photos = window.stale.photo_ids.map((id) => ({photo: {id}}));
  await outbox.saveDraft(window.stale, photos);
  return (await outbox.photosOf(window.stale.id)).length;
}"""
HELD = """async (name) => {
  const {currentSession} = await import("/static/field/session.js");
  window.release = null;
  navigator.locks.request(`atlas-field sync ${currentSession().me.user.id}`,
    () => new Promise((done) => { window.release = done; }));
}"""
MOVED = """async () => {
  const outbox = await import("/static/field/outbox.js");
  const [log] = (await outbox.entries()).filter(({entity}) => entity === "log");
  const entry = outbox.newEntry({entity: "order", type: "move", title: "提交",
    body: {to_state: "submitted", reason: ""}});
  entry.after_photos = log.photo_ids;
  await outbox.submit(entry, []);
}"""
PORTAL = "<!doctype html><title>Wi-Fi</title>"
PUSH = "**/api/v1/sync/push"
PHOTOS = "**/api/v1/photos/**"


def _answer(status, *, body=PORTAL, kind="text/html", headers=None):
    return lambda route: route.fulfill(
        status=status, content_type=kind, body=body, headers=headers or {}
    )


def _poison(word, status=500):
    """A register that fails whenever a word is in what is sent."""

    def handle(route):
        if word in json.dumps(route.request.post_data_json, ensure_ascii=False):
            _answer(status)(route)
        else:
            route.continue_()

    return handle


def _states(phone):
    return {entry["title"]: entry["state"] for entry in phone.kept()["entries"]}


def test_a_full_phone_starts_sends_and_lets_go_of_what_is_received(phone, link, valley):
    phone.installed()
    link.close_port()
    phone.enter("清理边沟", asset=valley.own_asset, photos=1)
    phone.context.add_init_script(FULL)
    link.open_port()
    phone.open()
    assert phone.page.evaluate(SYNCED)["kind"] == "storage_full"
    assert MaintenanceLog.objects.count() == Photo.objects.count() == 1
    assert phone.counts()["entries"]["ready"] == 1
    phone.page.evaluate("window.hasRoom = true")
    assert phone.page.evaluate(SYNCED) is None
    assert phone.counts()["photos"]["received"] == 1
    phone.page.evaluate("window.hasRoom = false")
    assert phone.page.evaluate(RELEASED) > 0
    assert phone.kept()["blobs"] == 0


@pytest.mark.parametrize("name", ["InvalidStateError", "UnknownError"])
def test_a_database_that_the_browser_closed_is_opened_again(phone, link, valley, name):
    link.close_port()
    phone.page.evaluate(LOST, name)
    phone.enter("清理边沟", asset=valley.own_asset, photos=1)
    kept = phone.kept()
    assert ([entry["state"] for entry in kept["entries"]], kept["blobs"]) == (["ready"], 1)


def test_a_newer_page_in_another_tab_keeps_no_entry_of_this_one_out(phone, link, valley):
    link.close_port()
    phone.page.evaluate(NEWER)
    phone.enter("清理边沟", asset=valley.own_asset)
    assert phone.counts()["entries"]["ready"] == 1


def test_no_page_of_a_gateway_receives_or_refuses_anything(phone, valley):
    gate = {PHOTOS: _answer(200), PUSH: _answer(200)}
    phone.context.route(PUSH, lambda route: gate[PUSH](route))
    phone.context.route(PHOTOS, lambda route: gate[PHOTOS](route))
    phone.enter("清理边沟", asset=valley.own_asset, photos=1)
    for address, kind in ((PUSH, "entries"), (PHOTOS, "photos")):
        for status in (200, 204, 302, 400, 403, 404, 409, 422, 500, 502, 511):
            headers = {"Location": "http://127.0.0.1:9/"} if status == 302 else None
            gate[address] = _answer(status, headers=headers)
            assert phone.page.evaluate(SYNCED), status
            counts = phone.counts()[kind]
            assert counts["ready"] + counts["sending"] == 1, status
        gate[address] = lambda route: route.continue_()
    assert phone.page.evaluate(SYNCED) is None
    assert phone.counts()["photos"]["received"] == 1


def test_one_entry_that_makes_the_register_fail_blocks_no_other(phone, link, valley):
    phone.installed()
    link.close_port()
    phone.enter("毒", "好", "也好", asset=valley.own_asset, photos=1)
    phone.context.route(PUSH, _poison("毒"))
    link.open_port()
    phone.page.evaluate(SYNCED)
    states = _states(phone)
    assert (states["好"], states["也好"]) == ("received", "received")
    assert states["毒"] in ("ready", "sending")
    assert phone.counts()["photos"]["received"] == 2
    phone.context.unroute(PUSH)
    assert phone.page.evaluate(SYNCED) is None
    assert MaintenanceLog.objects.count() == 3


def test_an_answer_without_a_receipt_is_asked_for_again_but_not_at_once(phone, valley):
    asked = []

    def silent(route):
        ops = route.request.post_data_json["ops"]
        asked.append(len(ops))
        results = [{"op_id": op["op_id"], "status": "duplicate", "receipt": None} for op in ops]
        body = json.dumps({"results": results, "server_time": "2026-06-07T08:09:10Z"})
        _answer(200, body=body, kind="application/json")(route)

    phone.context.route(PUSH, silent)
    phone.enter("清理边沟", asset=valley.own_asset)
    phone.page.wait_for_selector(".problem:not([hidden])")
    assert 1 <= len(asked) <= 4
    assert phone.counts()["entries"]["received"] == 0
    phone.context.unroute(PUSH)
    assert phone.page.evaluate(SYNCED) is None
    assert phone.counts()["entries"]["received"] == 1


def test_one_photo_that_the_register_cannot_take_blocks_no_other(phone, link, valley):
    phone.installed()
    link.close_port()
    phone.enter("一", "二", asset=valley.own_asset, photos=1)
    first = min(photo["id"] for photo in phone.kept()["photos"])
    phone.context.route(f"**/api/v1/photos/{first}*", _answer(500))
    link.open_port()
    phone.page.evaluate(SYNCED)
    assert phone.counts()["photos"]["received"] == 1
    phone.context.unroute(f"**/api/v1/photos/{first}*")
    assert phone.page.evaluate(SYNCED) is None
    assert phone.counts()["photos"]["received"] == 2


def test_a_push_stays_below_the_register_s_bytes_and_one_too_large_is_told(
    phone, link, valley, monkeypatch
):
    monkeypatch.setattr("field.api.me.LARGEST_PUSH", 8000)
    monkeypatch.setattr("field.api.push.LARGEST_PUSH", 8000)
    phone.open()
    phone.installed()
    link.close_port()
    phone.page.evaluate(LARGE, [str(valley.own_asset.pk), [900, 4000, 900, 900, 900]])
    sizes = []
    phone.context.on(
        "request",
        lambda request: (
            request.url.endswith("/sync/push") and sizes.append(len(request.post_data_buffer))
        ),
    )
    link.open_port()
    phone.send()
    phone.wait_for_counts("counts.entries.received === 4 && counts.entries.attention === 1")
    assert max(sizes) <= 8000
    problem = next(e["problem"] for e in phone.kept()["entries"] if e["state"] == "attention")
    assert problem["code"] == "too_large"
    phone.open("/field/#/outbox")
    reason = phone.page.locator("[data-group=attention] .reason").inner_text()
    assert "内容超过台账一次可接收的大小。" in reason


def test_a_place_that_the_register_cannot_read_begins_anew_and_touches_no_entry(
    phone, link, valley
):
    phone.enter("草稿", asset=valley.own_asset, draft=True, photos=1)
    phone.page.evaluate(SYNCED)
    phone.page.evaluate(CURSOR, "of-an-older-form")
    assert phone.page.evaluate(SYNCED) is None
    assert phone.page.evaluate(CURSOR, None) != "of-an-older-form"
    kept = phone.kept()
    assert ([entry["state"] for entry in kept["entries"]], kept["blobs"]) == (["draft"], 1)


@pytest.mark.parametrize("state", ["ready", "attention"])
def test_a_photo_that_is_only_on_the_phone_is_counted_and_guards_the_way_out(
    phone, link, valley, state
):
    phone.installed()
    phone.enter("清理边沟", asset=valley.own_asset, photos=1)
    phone.wait_for_counts("counts.photos.received === 1")
    link.close_port()
    phone.page.evaluate(PHOTO_LEFT, state)
    page = phone.page
    page.wait_for_selector("#counts[data-unsent='1']")
    page.wait_for_selector("#counts:not([data-mood=clear])")
    phone.open("/field/#/account")
    page.click("#sign-out")
    page.wait_for_selector("#save-and-leave")
    phone.open("/field/#/outbox")
    page.wait_for_selector("#save-file")


def test_a_gateway_cannot_sign_anybody_out(phone, valley):
    phone.open("/field/#/account")
    phone.page.wait_for_selector("#sign-out")
    phone.context.route("**/accounts/sign-out/", _answer(200))
    phone.page.click("#sign-out")
    phone.page.wait_for_selector("#main .reason[role=alert]")
    phone.open()
    assert phone.page.evaluate("fetch('/api/v1/field/me').then((answer) => answer.status)") == 200


def test_nobody_waits_longer_than_a_quarter_of_an_hour_for_a_busy_register(phone):
    asked = ["5", "86400", "Wed, 21 Oct 2099 07:28:00 GMT", "soon", "-3"]
    for value in asked:
        phone.context.route(
            f"**/busy?{asked.index(value)}", _answer(503, headers={"Retry-After": value})
        )
    waits = [phone.page.evaluate(RETRY_AFTER, place) for place in range(len(asked))]
    assert waits == [5, 900, 900, 0, 0]


def test_what_one_tab_adds_to_a_draft_no_other_tab_throws_away(phone, valley):
    page = phone.open(f"/field/#/log/new?asset={valley.own_asset.pk}")
    page.wait_for_selector("form.entry-form")
    (draft,) = phone.kept()["entries"]
    other = phone.context.new_page()
    other.goto(phone.link.url + "/field/#/account")
    other.wait_for_selector("html[data-ready]", state="attached")
    other.evaluate(STALE, draft["id"])
    other.evaluate(TOUCHED, [draft["id"], "坑槽"])
    other.evaluate(ADDED, draft["id"])
    page.evaluate("window.location.hash = '#/today'")
    page.wait_for_selector("form.entry-form", state="detached")
    kept = phone.kept()
    assert len(kept["entries"]) == len(kept["photos"]) == kept["blobs"] == 1
    assert kept["entries"][0]["body"]["draft"]["note"] == "坑槽"
    assert other.evaluate(STALE_SAVED) == 1


def test_what_is_saved_while_another_tab_sends_goes_as_well(phone, valley):
    other = phone.context.new_page()
    other.goto(phone.link.url + "/field/#/account")
    other.wait_for_selector("html[data-ready]", state="attached")
    phone.page.evaluate(SYNCED)
    other.evaluate(HELD)
    other.wait_for_function("() => window.release !== null")
    phone.enter("清理边沟", asset=valley.own_asset)
    phone.page.wait_for_timeout(300)
    assert phone.counts()["entries"]["ready"] == 1
    other.evaluate("window.release()")
    phone.wait_for_counts("counts.entries.received === 1")


def test_a_session_that_ends_while_sending_costs_nothing(phone, valley):
    phone.page.evaluate(SYNCED)
    phone.context.route(PUSH, lambda route: (phone.sign_out(), route.continue_()))
    phone.enter("清理边沟", asset=valley.own_asset, photos=1)
    phone.page.wait_for_selector(".notice.alarm a[href*='sign-in']")
    assert phone.counts()["entries"]["ready"] == 1
    phone.context.unroute(PUSH)
    phone.sign_in(valley.users["company_member"])
    assert phone.page.evaluate(SYNCED) is None
    assert phone.counts()["photos"]["received"] == 1


def test_a_changed_sign_in_cookie_is_fetched_again(phone, valley):
    def spoilt(route):
        route.continue_(headers={**route.request.headers, "x-csrftoken": "a" * 64})

    phone.page.evaluate(SYNCED)
    phone.context.route(PUSH, spoilt)
    phone.enter("清理边沟", asset=valley.own_asset, photos=1)
    phone.page.wait_for_selector(".problem:not([hidden])")
    assert phone.counts()["entries"]["ready"] == 1
    phone.context.unroute(PUSH)
    phone.context.clear_cookies(name="csrftoken")
    assert phone.page.evaluate(SYNCED) is None
    assert phone.counts()["photos"]["received"] == 1


def test_a_move_waits_for_no_photo_of_an_entry_that_was_refused(phone, link, valley):
    phone.installed()
    link.close_port()
    phone.enter("路", asset=valley.sibling_asset, photos=1)
    phone.page.evaluate(MOVED)
    link.open_port()
    phone.send()
    phone.wait_for_counts("counts.entries.attention === 2")
