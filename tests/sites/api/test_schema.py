"""The API's description: complete, and shown without a file from elsewhere."""

from __future__ import annotations

import re

import pytest
from django.urls import URLPattern, get_resolver


@pytest.fixture(scope="module")
def schema():
    from drf_spectacular.generators import SchemaGenerator

    return SchemaGenerator().get_schema(request=None, public=True)


def _routes(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _routes(pattern.url_patterns, route)


def test_every_address_of_the_api_is_described(schema):
    served = {
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", "{}", route)
        for route in _routes(get_resolver().url_patterns)
        if route.startswith("api/") and not route.endswith("docs")
    }
    described = {re.sub(r"\{\w+\}", "{}", path) for path in schema["paths"]}
    assert served - described == set()


def test_every_operation_names_its_problems(schema):
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            assert "400" in operation["responses"], (path, method)
            if method in {"put", "patch"} and path.startswith("/api/v1/sites"):
                assert {"412", "428"} <= set(operation["responses"])


def test_operations_have_names_of_their_own(schema):
    names = [op["operationId"] for item in schema["paths"].values() for op in item.values()]
    assert len(names) == len(set(names))


def test_the_page_loads_nothing_from_elsewhere(db, client):
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "'unsafe" not in response.headers["Content-Security-Policy"]
    assert client.get("/api/v1/schema").json()["openapi"].startswith("3.")
