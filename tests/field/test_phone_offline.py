"""The phone's page with the server's port really closed."""

from __future__ import annotations

import pytest

from field.edition import MARK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_after_one_visit_the_page_starts_without_the_server_in_both_languages(phone, link):
    phone.installed()
    link.close_port()
    page = phone.open()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator(".door").first.inner_text() == "今日"
    phone.open("/field/#/account")
    page.locator(".choice[lang=en]").click()
    page.wait_for_selector("html[lang=en][data-ready]", state="attached")
    assert page.locator(".door").first.inner_text() == "Today"
    for address in ("#/outbox", "#/new", "#/today"):
        phone.open(f"/field/{address}")
        assert page.locator("[role=alert]").count() == 0


def test_a_new_version_waits_for_a_tap_and_keeps_what_waits(phone, link, valley, monkeypatch):
    phone.installed()
    link.close_port()
    phone.enter("清理边沟", asset=valley.own_asset)
    link.open_port()
    monkeypatch.setattr("field.views.phone.THEME", "#123456")
    page = phone.page
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
    page.wait_for_selector("#new-version button")
    assert page.locator("meta[name=theme-color]").get_attribute("content") != "#123456"
    page.locator("#new-version button").click()
    page.wait_for_selector("meta[name=theme-color][content='#123456']", state="attached")
    page.wait_for_selector("html[data-ready]", state="attached")
    phone.wait_for_counts("counts.entries.received === 1")


def test_the_shell_says_nothing_about_anybody(client, valley):
    stranger = client.get("/field/")
    client.force_login(valley.users["district_planner"])
    planner = client.get("/field/", headers={"Accept-Language": "en"})
    assert planner.content == stranger.content
    assert MARK in stranger.content.decode()
    assert "csrf" not in stranger.content.decode()


def test_each_language_has_words_and_a_manifest_of_one_app(client, valley):
    manifests = [
        client.get(f"/field/manifest-{language}.webmanifest").json()
        for language in ("zh-hans", "en")
    ]
    assert [manifest["lang"] for manifest in manifests] == ["zh-Hans", "en"]
    assert manifests[0]["id"] == manifests[1]["id"]
    assert manifests[0]["name"] != manifests[1]["name"]
    assert client.get("/field/words-en.js").status_code == 200
    assert client.get("/field/words-fr.js").status_code == 404


def test_the_phone_gets_the_words_of_its_own_modules_only(client, valley):
    words = client.get("/field/words-zh-hans.js").content.decode()
    assert '"Outbox": "\\u5f85\\u53d1\\u7bb1"' in words
    assert "field record\\u0004Log entry" in words
    assert len(words) < len(client.get("/jsi18n/").content)


def test_the_worker_names_every_file_and_each_of_them_is_there(client, valley):
    worker = client.get("/field/sw.js").content.decode()
    assert '"/static/field/start.js"' in worker
    assert '"/static/vendor/leaflet/leaflet.js"' in worker
    assert 'sw-worker.js");' in worker
    again = client.get(
        "/field/sw.js", headers={"If-None-Match": client.get("/field/sw.js")["ETag"]}
    )
    assert again.status_code == 304
