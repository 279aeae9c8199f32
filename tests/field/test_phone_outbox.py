"""Entries on their way from a real browser: kept, sent, received, or shown with a reason."""

from __future__ import annotations

import base64
import hashlib
import json
import os

import pytest

from assets.models import Photo
from maintenance.models import MaintenanceLog

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HASHES = """async (hex) => {
  const {sha256Here} = await import("/static/field/hash.js");
  return hex.map((text) => sha256Here(new Uint8Array(
    (text.match(/../g) || []).map((byte) => parseInt(byte, 16)))));
}"""
REFUSED = """async () => {
  const outbox = await import("/static/field/outbox.js");
  await outbox.submit(outbox.newEntry({entity: "log", title: "没有", body: {task: "sing"}}), []);
}"""
FIXED = """async (asset) => {
  const outbox = await import("/static/field/outbox.js");
  const found = (await outbox.entries()).find((entry) => entry.state === "attention");
  const draft = await outbox.reopen(found.id);
  draft.body = {task: "routine", asset, device_time: draft.device_time};
  await outbox.submit(draft, []);
  return [found.entity_id, found.op_id, draft.entity_id, draft.op_id];
}"""
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "blobs") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, given);
  };
}"""
PORTAL = "<!doctype html><title>Wi-Fi</title>"


def _by_state(rows):
    return sorted(row["state"] for row in rows)


def test_killed_twice_the_phone_loses_no_draft_and_no_entry_and_sends_each_once(
    phone, link, valley
):
    phone.installed()
    link.close_port()
    phone.enter("草稿", asset=valley.own_asset, photos=1, draft=True)
    phone.enter("清理边沟", "修剪绿化", asset=valley.own_asset, photos=2)
    phone.kill()
    phone.start()
    assert _by_state(phone.kept()["entries"]) == ["draft", "ready", "ready"]
    assert phone.page.locator("#counts").get_attribute("data-unsent") == "7"
    link.open_port()
    phone.send()
    phone.wait_for_counts("counts.entries.received > 0")
    phone.kill()
    phone.start()
    phone.wait_for_counts("counts.entries.received === 2 && counts.photos.received === 4")
    kept = phone.kept()
    assert _by_state(kept["entries"]) == ["draft", "received", "received"]
    hashes = {log["entity_id"]: log["receipt"]["content_hash"] for log in _received(kept)}
    assert hashes == {str(log.pk): log.content_hash for log in MaintenanceLog.objects.all()}
    photos = {row["id"]: row["sha256"] for row in kept["photos"] if row["state"] == "received"}
    assert photos == {str(photo.pk): photo.sha256 for photo in Photo.objects.all()}
    assert kept["blobs"] == 5


def _received(kept):
    return [entry for entry in kept["entries"] if entry["state"] == "received"]


def test_the_outbox_file_holds_what_waits_to_the_byte(phone, link, valley):
    phone.installed()
    link.close_port()
    phone.enter("草稿", asset=valley.own_asset, draft=True)
    phone.enter("清理边沟", asset=valley.own_asset, photos=2)
    page = phone.open("/field/#/outbox")
    with page.expect_download() as download:
        page.click("#save-file")
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    header, *rows, end = [json.loads(line) for line in lines]
    assert (header["format"], header["entries"], header["photos"]) == (
        "livelihood-atlas-outbox",
        1,
        2,
    )
    assert end == {"end": {"lines": 3}}
    assert rows[0]["op"]["body"]["note"] == "清理边沟"
    for row in rows[1:]:
        content = base64.b64decode(row["photo"]["data"], validate=True)
        assert hashlib.sha256(content).hexdigest() == row["photo"]["sha256"]


def test_one_refused_entry_blocks_no_other_and_can_be_corrected_and_sent_again(phone, valley):
    phone.page.evaluate(REFUSED)
    phone.enter("好", "也好", asset=valley.own_asset)
    phone.wait_for_counts("counts.entries.attention === 1 && counts.entries.received === 2")
    page = phone.open("/field/#/outbox")
    page.wait_for_selector("[data-group=attention] .reason")
    assert page.locator("[data-group=attention] li a").count() == 1
    fixed = phone.page.evaluate(FIXED, str(valley.own_asset.pk))
    phone.wait_for_counts("counts.entries.attention === 0 && counts.entries.received === 3")
    assert fixed[0] == fixed[2]
    assert fixed[1] != fixed[3]


def test_two_people_on_one_phone_never_mix(phone, link, valley):
    phone.installed()
    link.close_port()
    phone.enter("甲的记录", asset=valley.own_asset)
    link.open_port()
    phone.sign_in(valley.users["association_member"])
    page = phone.open()
    page.wait_for_selector(".notice:has-text('company_member')")
    phone.wait_for_counts("counts.entries.ready === 0")
    phone.page.wait_for_timeout(500)
    assert phone.kept()["entries"] == []
    assert not MaintenanceLog.objects.exists()
    phone.sign_in(valley.users["company_member"])
    phone.open()
    phone.wait_for_counts("counts.entries.received === 1")
    assert MaintenanceLog.objects.get().worker == valley.users["company_member"]


def test_signed_out_in_the_valley_the_page_goes_on_and_the_way_out_is_guarded(phone, valley):
    phone.sign_out()
    phone.enter("清理边沟", asset=valley.own_asset)
    page = phone.page
    page.wait_for_selector(".notice.alarm a[href*='sign-in']")
    phone.enter("修剪绿化", asset=valley.own_asset)
    phone.wait_for_counts("counts.entries.ready === 2")
    phone.open("/field/#/account")
    page.click("#sign-out")
    page.wait_for_selector("#save-and-leave")
    phone.sign_in(valley.users["company_member"])
    phone.open()
    phone.wait_for_counts("counts.entries.received === 2")
    phone.open("/field/#/account")
    page.click("#sign-out")
    page.wait_for_selector("#main a[href*='sign-in']")
    assert page.evaluate("fetch('/api/v1/field/me').then((answer) => answer.status)") == 401


def test_a_full_phone_says_so_and_keeps_nothing_by_halves(phone, valley):
    page = phone.page
    page.evaluate(FULL)
    with pytest.raises(Exception, match="storage_full"):
        phone.enter("清理边沟", asset=valley.own_asset, photos=1)
    assert phone.kept() == {"entries": [], "photos": [], "blobs": 0}


def test_a_gateway_s_page_is_no_receipt(phone, valley):
    phone.page.context.route(
        "**/api/v1/sync/push",
        lambda route: route.fulfill(status=200, content_type="text/html", body=PORTAL),
    )
    phone.enter("清理边沟", asset=valley.own_asset)
    phone.page.wait_for_selector(".problem:not([hidden])")
    assert phone.counts()["entries"]["received"] == 0
    phone.page.context.unroute("**/api/v1/sync/push")
    phone.send()
    phone.wait_for_counts("counts.entries.received === 1")


def test_our_own_hash_is_sha_256(chromium, link):
    given = [b"", b"abc", b"\xff" * 55, b"a" * 56, b"b" * 64, os.urandom(100_003)]
    page = chromium.new_page()
    page.goto(link.url + "/field/")
    made = page.evaluate(HASHES, [content.hex() for content in given])
    page.close()
    assert made == [hashlib.sha256(content).hexdigest() for content in given]
