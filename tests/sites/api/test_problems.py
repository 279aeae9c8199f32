"""Failures: always a problem, in the caller's language, never the database's own words."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client

from sites.constraints import refusal_of
from sites.models import ProjectSite, SiteCategory
from sites.problems import CODE_OF_STATUS, TABLE
from tests.factories import ProjectSiteFactory

MEMBERS = {"type", "title", "status", "code", "request_id"}


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api/nowhere", 404, "not_found"),
        ("GET", "/api/v1/nowhere", 404, "not_found"),
        ("GET", "/api/v1/sites/not-a-uuid", 404, "not_found"),
        ("POST", "/api/v1/categories", 405, "method_not_allowed"),
        ("POST", "/api/v1/docs", 405, "method_not_allowed"),
        ("TRACE", "/api/v1/sites", 405, "method_not_allowed"),
    ],
)
def test_an_address_or_method_that_is_not_there_is_a_problem(
    world, planner, method, address, status, code
):
    response = planner.send(method, address)
    body = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert set(body) == MEMBERS
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Sign in first."), ("zh-Hans", None), ("fr", None)],
)
def test_the_title_is_in_the_callers_language(db, language, title):
    response = Client(headers={"accept-language": language}).get("/api/v1/sites")
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
    assert title is None or response.json()["title"] == title
    assert response.headers["Content-Language"] == ("en" if language == "en" else "zh-hans")


def test_a_session_writes_only_with_the_forms_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["district_planner"])
    response = client.post("/api/v1/sites", {}, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")


def test_our_own_mistake_is_a_problem_without_details(world, planner, monkeypatch):
    def stumble(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("sites.api.sites.site_features", stumble)
    planner.client.raise_request_exception = False
    response = planner.get("/api/v1/sites")
    assert (response.status_code, response.json()["code"]) == (500, "server_error")
    assert b"secret" not in response.content


def test_a_lost_database_is_503_with_a_time_to_try_again(world, planner, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("sites.api.sites.site_features", gone)
    response = planner.get("/api/v1/sites")
    assert (response.status_code, response.json()["code"]) == (503, "database_unavailable")
    assert response.headers["Retry-After"] == "5"


@pytest.mark.parametrize("address", ["/api/v1/sites", "/sites/"])
def test_a_database_lost_before_any_view_is_503_too(world, planner, monkeypatch, address):
    def gone(*args, **kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("config.middleware.pghistory.context", gone)
    planner.client.raise_request_exception = False
    response = planner.client.post(address, {}, content_type="application/json")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_a_constraint_is_told_by_its_name_and_sentence(world):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ProjectSite.objects.filter(pk=world.own.pk).update(progress_percent=101)
    refusal = refusal_of(caught.value)
    assert (refusal.name, refusal.is_clash) == ("project_site_progress_in_range", False)
    assert "100" in str(refusal.message)


def test_a_taken_value_is_told_by_its_field(world):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ProjectSiteFactory(code="OWN-1", area=world.villages[0], source_id="other")
    refusal = refusal_of(caught.value)
    assert (refusal.field, refusal.is_clash) == ("code", True)


def test_the_names_of_unique_columns_are_the_databases_own(db):
    SiteCategory.objects.create(code="a", name="a", kind="road")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'sites_sitecategory'::regclass"
            " AND contype = 'u'"
        )
        names = {name for (name,) in cursor.fetchall()}
    assert names == {"sites_sitecategory_code_key"}


def test_each_status_has_a_most_general_code():
    assert CODE_OF_STATUS[400] == "malformed"
    assert {CODE_OF_STATUS[status] for status, _title in TABLE.values()} <= set(TABLE)
    assert all(code.isascii() and code.islower() for code in TABLE)
