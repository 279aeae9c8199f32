"""A real browser on a live server; each visit is watched for strangers and complaints."""

from __future__ import annotations

import atexit
import os
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PICTURES = Path(__file__).resolve().parents[2] / "test-results" / "pictures"
ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WAIT_MS = 60_000


@cache
def _browser():
    """Start the one browser of this process; a second driver would find the first one's loop."""
    from playwright.sync_api import sync_playwright

    driver = sync_playwright().start()
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    atexit.register(driver.stop)
    atexit.register(browser.close)
    return browser


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests; skips where Chromium or its driver is not installed."""
    if not CHROMIUM or os.environ.get("ATLAS_WITHOUT_BROWSER"):
        pytest.skip("Chromium is not installed")
    pytest.importorskip("playwright.sync_api")
    return _browser()


class Visits:
    """Opens pages and remembers what they asked of other hosts and complained about."""

    def __init__(self, browser, address):
        self.browser = browser
        self.address = address
        self.contexts = []
        self.strangers = []
        self.complaints = []

    def open(
        self,
        path,
        *,
        user=None,
        language="zh-CN",
        width=1440,
        height=900,
        scheme="light",
        ready=True,
        script="",
    ):
        """Return a page, once its map is drawn and its list is read when `ready`.

        `script` runs in the page before its own.
        """
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme=scheme,
            has_touch=width < 768,
        )
        context.set_default_timeout(WAIT_MS)
        self.contexts.append(context)
        if user:
            context.add_cookies([self._session(user)])
        page = context.new_page()
        if script:
            page.add_init_script(script)
        page.on("request", self._hear_request)
        page.on("console", self._hear_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.address + path)
        if ready:
            self.drawn(page)
        return page

    def drawn(self, page):
        """Wait until the map has been drawn and the list has been read."""
        page.wait_for_selector("html[data-map-ready]", state="attached")
        page.wait_for_selector("#map-list:not([aria-busy])", state="attached")

    def picture(self, page, name):
        """Keep a picture of the page among the test results, which git ignores."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")

    def close(self):
        """Close every page."""
        for context in self.contexts:
            context.close()

    def _session(self, user):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return {
            "name": "sessionid",
            "value": client.cookies["sessionid"].value,
            "url": self.address,
        }

    def _hear_request(self, request):
        parts = urlsplit(request.url)
        if (
            parts.scheme in {"http", "https", "ws"}
            and parts.netloc != urlsplit(self.address).netloc
        ):
            self.strangers.append(request.url)

    def _hear_console(self, message):
        if message.type in {"error", "warning"} and "GPU stall" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def visits(chromium, live_server):
    """Visits that end with nothing asked of other hosts and nothing in the console."""
    made = Visits(chromium, live_server.url)
    yield made
    made.close()
    assert made.strangers == []
    assert made.complaints == []
