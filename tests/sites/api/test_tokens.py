"""Tokens: shown once, kept as a hash, and closed from the next request."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from sites.api.authentication import digest_of, issue_token
from sites.models import ApiToken
from sites.services import tokens_revoke

ADDRESS = "/api/v1/auth/token"
PASSWORD = "right horse battery staple"


def _with_token(token):
    return Client(headers={"authorization": f"Bearer {token}"})


@pytest.fixture
def token(world):
    return issue_token(world.users["district_planner"], now=timezone.now()).token


def test_a_token_opens_the_api_and_only_its_hash_is_kept(world, nobody):
    body = {"username": "evaluator", "password": PASSWORD}
    response = nobody.post(ADDRESS, body)
    answer = response.json()
    assert set(answer) == {"token", "expires_at"}
    assert response.headers["Cache-Control"] == "no-store"
    kept = ApiToken.objects.get()
    assert (kept.digest, kept.user) == (digest_of(answer["token"]), world.users["evaluator"])
    assert _with_token(answer["token"]).get("/api/v1/sites").status_code == 200


@pytest.mark.parametrize("end", ["revoked", "expired", "inactive", "unknown"])
def test_a_token_that_is_no_longer_good_opens_nothing(world, token, end):
    client = _with_token(token)
    assert client.get(f"/api/v1/sites/{world.own.pk}").status_code == 200
    user = world.users["district_planner"]
    if end == "revoked":
        tokens_revoke(user=user, at=timezone.now())
    elif end == "expired":
        ApiToken.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    elif end == "inactive":
        user.is_active = False
        user.save()
    else:
        ApiToken.objects.all().delete()
    response = client.get(f"/api/v1/sites/{world.own.pk}")
    assert (response.status_code, response.json()["code"]) == (401, "bad_token")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_role_that_is_taken_back_counts_from_the_next_request(world, token):
    client = _with_token(token)
    world.users["district_planner"].memberships.all().delete()
    assert client.get(f"/api/v1/sites/{world.own.pk}").status_code == 404


def test_a_change_by_token_stands_in_the_history_under_the_persons_name(world, token):
    client = _with_token(token)
    client.patch(
        f"/api/v1/sites/{world.own.pk}",
        {"properties": {"name": "新名"}},
        content_type="application/json",
        headers={"if-match": '"1"'},
    )
    change = client.get(f"/api/v1/sites/{world.own.pk}/history").json()["items"][0]
    assert (change["field"], change["user"]) == ("name", "district_planner")


def test_five_failures_close_the_door_even_to_the_right_password(world, nobody):
    wrong = {"username": "evaluator", "password": "wrong"}
    answers = [nobody.post(ADDRESS, wrong).status_code for _attempt in range(5)]
    assert answers == [401, 401, 401, 401, 429]
    response = nobody.post(ADDRESS, {"username": "evaluator", "password": PASSWORD})
    assert (response.status_code, response.json()["code"]) == (429, "locked_out")
    assert 0 < int(response.headers["Retry-After"]) <= 900
    other = nobody.post(ADDRESS, {"username": "company_member", "password": PASSWORD})
    assert other.status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"username": "a"}, {"username": 1, "password": "x"}, {"user": "a"}, []]
)
def test_a_body_without_name_and_password_is_refused(nobody, body):
    assert nobody.post(ADDRESS, body).status_code == 422


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x", "bearer \u00e9", "Basic eA=="])
def test_no_odd_header_opens_anything(db, header):
    response = Client().get(
        "/api/v1/sites", headers={"authorization": header.encode().decode("latin-1")}
    )
    assert response.status_code == 401
