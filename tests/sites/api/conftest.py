"""Callers of the API, each with a session of its own."""

from __future__ import annotations

import json

import pytest
from django.test import Client


class Caller:
    """A client that speaks JSON: `caller.patch(address, body, etag=…)`."""

    def __init__(self, user=None):
        self.client = Client(headers={"accept-language": "en"})
        if user is not None:
            self.client.force_login(user)

    def send(self, method, address, body=None, *, etag=None, key=None, **headers):
        given = {"if-match": etag, "idempotency-key": key, **headers}
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.generic(
            method,
            address,
            "" if body is None else text,
            content_type="application/json",
            headers={name: value for name, value in given.items() if value is not None},
        )

    def get(self, address, **headers):
        return self.client.get(address, headers=headers)

    def post(self, address, body, **options):
        return self.send("POST", address, body, **options)

    def put(self, address, body, **options):
        return self.send("PUT", address, body, **options)

    def patch(self, address, body, **options):
        return self.send("PATCH", address, body, **options)

    def delete(self, address, **options):
        return self.send("DELETE", address, **options)


@pytest.fixture
def planner(world):
    return Caller(world.users["district_planner"])


@pytest.fixture
def officer(world):
    return Caller(world.users["township_officer"])


@pytest.fixture
def company(world):
    return Caller(world.users["company_member"])


@pytest.fixture
def evaluator(world):
    return Caller(world.users["evaluator"])


@pytest.fixture
def nobody(db):
    return Caller()


def codes(response):
    """The codes of the errors of a problem, by field."""
    return {error["field"]: error["code"] for error in response.json()["errors"]}
