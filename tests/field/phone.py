"""A real browser as somebody's phone: it can be killed, and the server's port can be closed."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.test import Client

ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
READY = "html[data-ready]"

ENTER = """async ({notes, photos, asset, draft}) => {
  const outbox = await import("/static/field/outbox.js");
  const {sha256} = await import("/static/field/hash.js");
  const made = [];
  for (const note of notes) {
    const entry = outbox.newEntry({entity: "log", title: note, body: {}});
    const taken = [];
    for (let number = 0; number < photos; number += 1) {
      const canvas = document.createElement("canvas");
      canvas.width = 900;
      canvas.height = 700;
      const grain = canvas.getContext("2d").createImageData(900, 700);
      for (let place = 0; place < grain.data.length; place += 1) {
        grain.data[place] = place % 4 === 3 ? 255 : Math.random() * 256;
      }
      canvas.getContext("2d").putImageData(grain, 0, 0);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
      const bytes = await blob.arrayBuffer();
      const photo = {id: outbox.newId(), sha256: await sha256(bytes), size: bytes.byteLength,
        type: "image/jpeg", stage: "after", taken_at: null, lon: null, lat: null,
        accuracy_m: null, position_from: null};
      taken.push({photo, bytes});
    }
    entry.body = {asset, task: "routine", device_time: entry.device_time, note,
      photos: taken.map(({photo}) => ({photo: photo.id, stage: "after", sha256: photo.sha256}))};
    await (draft ? outbox.saveDraft : outbox.submit)(entry, taken);
    made.push(entry.id);
  }
  return made;
}"""
KEPT = """async () => {
  const {currentSession} = await import("/static/field/session.js");
  const {store, state} = currentSession();
  if (!store) {
    const {device} = await import("/static/field/device.js");
    throw new Error("no store: " + JSON.stringify({state, device: await device(),
      databases: await indexedDB.databases(), ready: document.documentElement.dataset.ready,
      since_start_ms: performance.now()}));
  }
  return {entries: await store.all("entries"), photos: await store.all("photos"),
    blobs: (await store.all("blobs")).length};
}"""
WAIT = """async () => {
  const {counts: counted} = await import("/static/field/outbox.js");
  const until = Date.now() + 30000;
  for (;;) {
    const counts = await counted();
    if (%s) return;
    if (Date.now() > until) throw new Error(JSON.stringify(counts));
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
TAKE_ALONG = """async () => {
  const packages = await import("/static/field/map/packages.js");
  const {offered} = await packages.offeredPackages();
  for (const one of offered) await packages.takePackage(one.key, () => {});
}"""
COUNTS = """async () => (await import("/static/field/outbox.js")).counts()"""


class Phone:
    """One browser profile on disk; `kill` ends its processes at once, `start` begins anew."""

    def __init__(self, browser_type, executable, folder: Path, link):
        self.browser_type = browser_type
        self.executable = executable
        self.folder = folder
        self.link = link
        self.context = None
        self.page = None
        self.user = None
        self.asked: list[tuple[str, str]] = []
        self.strangers: list[str] = []

    def start(self, *, language="zh-CN", width=390, path="/field/", **options):
        """Open the browser with the page and wait until it stands."""
        self.context = self.browser_type.launch_persistent_context(
            str(self.folder),
            executable_path=self.executable,
            args=ARGUMENTS,
            viewport={"width": width, "height": 844},
            locale=language,
            has_touch=True,
            accept_downloads=True,
            **options,
        )
        self.context.set_default_timeout(30_000)
        self.page = self.context.pages[0]
        self.context.on("request", self._hear)
        if self.user:
            self.sign_in(self.user)
        return self.open(path)

    def open(self, path="/field/"):
        """Open an address of the page."""
        self.page.goto(self.link.url + path)
        self.page.wait_for_selector(READY, state="attached")
        return self.page

    def sign_in(self, user):
        """Give the browser a session of somebody, as if it had been kept over a start."""
        self.user = user
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        value = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": value, "url": self.link.url}])

    def sign_out(self):
        """Let the session end, as it does by itself after its time."""
        self.user = None
        self.context.clear_cookies(name="sessionid")

    def installed(self):
        """Wait until the page could start without a network."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")

    def take_along(self):
        """Download what the register offers for work without a network."""
        self.page.evaluate(TAKE_ALONG)

    def stands_at(self, place):
        """Let the phone know where it is, to within 9 m."""
        self.context.grant_permissions(["geolocation"])
        here = {"longitude": place.x, "latitude": place.y, "accuracy": 9}
        self.context.set_geolocation(here)

    def enter(self, *notes, asset, photos=0, draft=False):
        """Enter logs through the outbox; return their identifiers."""
        given = {"notes": list(notes), "photos": photos, "asset": str(asset.pk), "draft": draft}
        return self.page.evaluate(ENTER, given)

    def kept(self):
        """Return what the phone's store holds."""
        return self.page.evaluate(KEPT)

    def counts(self):
        """Return the numbers of entries and photos by state."""
        return self.page.evaluate(COUNTS)

    def wait_for_counts(self, condition):
        """Wait until a condition on `counts`, in JavaScript, holds, over a reload of the page."""
        from playwright.sync_api import Error

        try:
            self.page.evaluate(WAIT % condition)
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
            self.page.wait_for_selector(READY, state="attached")
            self.page.evaluate(WAIT % condition)

    def send(self):
        """Tap the large button."""
        self.page.click(".send")

    def kill(self):
        """Kill the browser's processes, as an empty battery or the system does."""
        from playwright.sync_api import Error

        self.kill_processes(self.processes())
        # The driver may have noticed the death by itself.
        with suppress(Error):
            self.context.close()

    def processes(self):
        """Return the ids of the browser's processes."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            # A process may end while the list is read.
            with suppress(OSError):
                command = (folder / "cmdline").read_bytes()
                if f"--user-data-dir={self.folder}".encode() in command:
                    found.append(int(folder.name))
        return sorted(found)

    def kill_processes(self, processes):
        """Kill processes that `processes` found; one that is gone is passed over."""
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def _hear(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"}:
            self.asked.append((request.method, parts.path))
            if parts.netloc != urlsplit(self.link.url).netloc:
                self.strangers.append(request.url)
