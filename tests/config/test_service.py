"""The frame of every answer: health, headers, language, a lost database."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from config import env, health
from config.middleware import DatabaseDownMiddleware


def test_alive_needs_no_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_ready_looks_at_database_migrations_jobs_and_disk(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"] == {
        "disk": "ok",
        "database": "ok",
        "migrations": "ok",
        "jobs": "ok",
    }


def test_what_is_not_ready_says_when_to_ask_again(client, db, monkeypatch):
    monkeypatch.setattr(health, "FREE_BYTES_NEEDED", 2**80)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["status"] == "unready"
    assert answer.json()["checks"]["disk"] == "full"


def test_every_answer_forbids_scripts_of_others(client):
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_every_answer_carries_its_identifier(client):
    first, second = (client.get("/healthz").headers["X-Request-ID"] for _ in range(2))
    assert len(first) == 32
    assert first != second


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "zh-hans"), ("en-GB,en;q=0.8", "en"), ("fr", "zh-hans"), ("zh-CN", "zh-hans")],
)
def test_the_language_is_the_browsers_then_chinese(client, accepted, language):
    answer = client.get("/healthz", headers={"accept-language": accepted})
    assert answer.headers["Content-Language"] == language


def test_the_users_choice_of_language_comes_first(client):
    client.post("/i18n/setlang/", {"language": "en", "next": "/healthz"})
    answer = client.get("/healthz", headers={"accept-language": "zh-CN"})
    assert answer.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/sites", "application/problem+json"), ("/", "text/plain")]
)
def test_a_lost_database_is_503_with_a_time_to_come_back(path, kind):
    middleware = DatabaseDownMiddleware(lambda request: None)
    answer = middleware.process_exception(RequestFactory().get(path), OperationalError("gone"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"].startswith(kind)


def test_other_exceptions_are_not_hidden():
    middleware = DatabaseDownMiddleware(lambda request: None)
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None


def test_a_setting_that_can_not_be_read_is_named():
    with pytest.raises(env.SettingError, match="PORT"):
        env.read({"PORT": "eighty"})


def test_a_socket_folder_is_the_databases_host():
    options = env.database("postgresql://atlas@/district?host=/tmp/sockets")
    assert (options["NAME"], options["USER"], options["HOST"]) == (
        "district",
        "atlas",
        "/tmp/sockets",
    )
