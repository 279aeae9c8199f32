"""The browser dies at a random moment around the tap: what the page called kept is kept.

A log with photos is typed on the page and submitted with a real tap, with or without a network;
SIGKILL comes before, during or after the transaction that keeps it, the same profile starts again,
and in the end every entry is in the register exactly once. `--kills N` tries more moments
(`script/proofs browser-killed`).
"""

from __future__ import annotations

import random
import sys
import threading
from collections import Counter
from contextlib import suppress

import pytest

from maintenance.models import LogPhoto, MaintenanceLog, PromisedPhoto, SetAsideEntry
from tests.factories.field import on_road
from tests.journeys.valley import a_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MARK = "moment:"
TOLD = """() => {
  const began = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode, ...rest) {
    const transaction = began.call(this, names, mode, ...rest);
    if (window.tapped && mode === "readwrite" && [].concat(names).includes("blobs")) {
      console.debug("moment:begun");
      transaction.addEventListener("complete", () => console.debug("moment:complete"));
    }
    return transaction;
  };
  document.addEventListener("submit", () => {
    window.tapped = true;
    console.debug("moment:tapped");
  }, true);
  new MutationObserver(() => {
    const line = document.querySelector(".state-line");
    if (!window.tapped || !line || line.dataset.state === "draft") return;
    window.tapped = false;
    console.debug("moment:said");
  }).observe(document, {childList: true, subtree: true});
}"""
"""The page tells its moments: the tap, the transaction, the line that says "on this phone"."""
MOMENTS = {"said": 0.4, "finger": 0.15, "tapped": 0.02, "begun": 0.01}
"""After which moment the kill comes, and at most how many seconds later; before them all is the
finger, on its way to the button."""
FORM = "form.entry-form"
LOOKS = 4_000
"""How often, each 5 ms, the page is given time to come to its moment."""
PHOTOS = 2
"""Photos of each entry."""


class Moments:
    """Hears the page's moments and kills the phone some time after one of them."""

    def __init__(self, phone, wanted, after_s):
        self.phone = phone
        self.wanted = wanted
        self.after_s = after_s
        self.heard = []
        self.processes = phone.processes()
        self.killed = threading.Event()

    def hear(self, message):
        if not message.text.startswith(MARK):
            return
        self.heard.append(message.text.removeprefix(MARK))
        self.at(self.heard[-1])

    def at(self, moment):
        """Wind up the clock of the kill when its moment has come."""
        if moment == self.wanted:
            threading.Timer(self.after_s, self._kill).start()

    def _kill(self):
        self.phone.kill_processes(self.processes)
        self.killed.set()


@pytest.fixture
def walker(phone):
    """The phone with the agreement's data taken along, which starts without a network."""
    phone.installed()
    phone.take_along()
    return phone


def _typed(phone, asset, note, seed):
    """Fill in the form of a log with photos, as a thumb does."""
    phone.stands_at(on_road(150))
    page = phone.open(f"/field/#/log/new?asset={asset.pk}")
    page.wait_for_selector(FORM)
    page.evaluate(TOLD)
    page.fill("#field-note", note)
    for number, stage in enumerate(("before", "after")):
        content = a_picture(seed * PHOTOS + number)
        file = {"name": f"{stage}.jpg", "mimeType": "image/jpeg", "buffer": content}
        page.locator(f"[data-stage={stage}] input[type=file]").last.set_input_files([file])
        page.wait_for_selector(f"[data-stage={stage}] img")
    page.wait_for_function(
        "() => document.querySelector('[data-field=position] .value').textContent.includes('±')"
    )


def _killed_around_the_tap(phone, asset, note, *, seed, wanted, after_s):
    """Type, tap and die; return the moments that the page came to."""
    from playwright.sync_api import Error

    _typed(phone, asset, note, seed)
    moments = Moments(phone, wanted, after_s)
    phone.page.on("console", moments.hear)
    moments.at("finger")
    with suppress(Error):
        phone.page.click(f"{FORM} button[type=submit]")
        for _look in range(LOOKS):
            if moments.killed.is_set():
                break
            phone.page.wait_for_timeout(5)
    assert moments.killed.wait(1), f"the page only came to {moments.heard}"
    with suppress(Error):
        phone.context.close()
    return moments.heard


def _kept_whole(kept, note):
    """Return the state of the entry with this note; an entry on its way has all of its photos."""
    found = [entry for entry in kept["entries"] if note in str(entry["body"])]
    assert len(found) <= 1
    if not found:
        return None
    photos = {photo["id"] for photo in kept["photos"] if photo["entry"] == found[0]["id"]}
    assert photos == set(found[0]["photo_ids"])
    assert len(photos) == PHOTOS
    assert kept["blobs"] == len(kept["photos"])
    return found[0]["state"]


def _all_received_once(phone, said, states):
    """Every entry that left the form stands in the register once, with its photos."""
    phone.wait_for_counts(
        "!counts.entries.ready && !counts.entries.sending && !counts.entries.attention"
        " && !counts.photos.ready && !counts.photos.sending"
    )
    sent = {note for note, state in states.items() if state not in (None, "draft")}
    assert said <= sent
    assert sorted(MaintenanceLog.objects.values_list("note", flat=True)) == sorted(sent)
    kept = phone.kept()
    received = {row["entity_id"]: row["receipt"] for row in kept["entries"] if row["receipt"]}
    for log in MaintenanceLog.objects.all():
        assert received[str(log.pk)]["content_hash"] == log.content_hash
        assert LogPhoto.objects.filter(log=log).count() == PHOTOS
    assert len(received) == len(sent)
    assert not PromisedPhoto.objects.filter(arrived_at__isnull=True).exists()
    assert not SetAsideEntry.objects.exists()


def test_what_the_page_called_kept_is_kept_and_sent_once(walker, link, valley, request, capsys):
    phone, rng, states, said, died = walker, random.Random(), {}, set(), Counter()
    for number in range(request.config.getoption("kills")):
        note, wanted = f"第 {number:03} 次", list(MOMENTS)[number % len(MOMENTS)]
        link.open_port() if rng.random() < 0.5 else link.close_port()
        after_s = rng.uniform(0, MOMENTS[wanted])
        heard = _killed_around_the_tap(
            phone, valley.own_asset, note, seed=number, wanted=wanted, after_s=after_s
        )
        died[["finger", *heard][-1]] += 1
        phone.start()
        states[note] = _kept_whole(phone.kept(), note)
        if "said" in heard:
            said.add(note)
            assert states[note] in ("ready", "sending", "received"), heard
    link.open_port()
    phone.send()
    _all_received_once(phone, said, states)
    with capsys.disabled():
        sys.stdout.write(f"died after {dict(died)}; {len(said)} called kept, none of them lost ")
    assert said
