"""Requests made up from the API's own description: no 5xx, and answers as described."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from sites.api.authentication import issue_token

schema = schemathesis.openapi.from_wsgi("/api/v1/schema", application)
schema.config.phases.coverage.enabled = False
CHECKS = (
    not_a_server_error,
    content_type_conformance,
    status_code_conformance,
    response_schema_conformance,
)


@pytest.fixture
def one_connection():
    """Keep the test's transaction open between requests, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def caller(world, one_connection):
    """A planner's token, and a real record for each kind of address."""
    return {
        "token": issue_token(world.users["district_planner"], now=timezone.now()).token,
        "sites": str(world.own.pk),
        "areas": str(world.villages[0].pk),
        "organisations": str(world.companies[0].pk),
        "programmes": str(world.programme.pk),
        "memberships": str(world.users["evaluator"].memberships.get().pk),
    }


@schema.parametrize()
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_what_the_description_allows_is_answered_as_described(case, caller):
    kind = case.operation.path.split("/")[3]
    if "id" in case.path_parameters and kind in caller:
        case.path_parameters["id"] = caller[kind]
    if "If-Match" in case.headers:
        case.headers["If-Match"] = '"1"'
    response = case.call(headers={"Authorization": f"Bearer {caller['token']}"})
    case.validate_response(response, checks=CHECKS)
