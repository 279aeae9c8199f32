"""Pages: each row once, whatever the page size, and no row lost between two pages."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sites.models import ProjectSite
from tests.factories import ProjectSiteFactory

FUZZ = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def _walk(caller, address):
    pages = []
    while address:
        response = caller.get(address)
        body = response.json()
        pages.append([row["id"] for row in body.get("features", body.get("items"))])
        assert ("Link" in response.headers) == bool(body["next"])
        address = body["next"]
    return pages


@pytest.fixture
def many(world):
    for _count in range(7):
        ProjectSiteFactory(area=world.villages[0], programme=world.programme)
    return world


@pytest.mark.parametrize("limit", [1, 2, 5, 11, 1000])
@pytest.mark.parametrize("order", ["", "&updated_since=2020-01-01T00:00:00Z"])
def test_every_row_comes_once(many, planner, limit, order):
    pages = _walk(planner, f"/api/v1/sites?limit={limit}{order}")
    seen = [row for page in pages for row in page]
    known = {str(pk) for pk in ProjectSite.objects.exclude(pk=many.foreign.pk).values_list("pk")}
    assert len(seen) == len(set(seen)) == len(known)
    assert {len(page) for page in pages[:-1]} <= {limit}


def test_rows_of_the_same_moment_are_told_apart(many, planner):
    ProjectSite.objects.update(note="the same moment for all")
    assert ProjectSite.objects.values("updated_at").distinct().count() == 1
    pages = _walk(planner, "/api/v1/sites?limit=3&updated_since=2020-01-01T00:00:00Z")
    assert [len(page) for page in pages] == [3, 3, 3, 2]


@pytest.mark.parametrize("collection", ["areas", "organisations", "memberships", "programmes"])
def test_every_collection_is_paged(many, planner, collection):
    whole = _walk(planner, f"/api/v1/{collection}")
    single = _walk(planner, f"/api/v1/{collection}?limit=1")
    assert [row for page in single for row in page] == [row for page in whole for row in page]


def test_a_cursor_opens_no_more_than_the_list_does(many, officer):
    values = base64.urlsafe_b64encode(json.dumps([""]).encode()).decode().rstrip("=")
    features = officer.get(f"/api/v1/sites?cursor={values}").json()["features"]
    assert {f["properties"]["township"] for f in features} == {"340199100"}


@FUZZ
@given(
    name=st.sampled_from(["cursor", "limit", "bbox", "updated_since", "year", "id", "area", "q"]),
    value=st.one_of(
        TEXT,
        st.integers().map(str),
        st.floats().map(str),
        st.lists(st.floats().map(str), min_size=4, max_size=4).map(",".join),
        st.binary(max_size=40).map(lambda raw: base64.urlsafe_b64encode(raw).decode()),
        st.lists(TEXT, max_size=3).map(
            lambda values: base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
        ),
    ),
)
def test_no_parameter_breaks_a_list(world, planner, name, value):
    for collection in ("sites", "areas", "state-changes"):
        response = planner.client.get(f"/api/v1/{collection}", {name: value})
        assert response.status_code in {200, 400}


@FUZZ
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_no_entity_tag_breaks_a_change(world, planner, etag):
    response = planner.patch(f"/api/v1/sites/{world.own.pk}", {}, etag=etag)
    assert response.status_code in {200, 400, 412, 428}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@FUZZ
@given(
    geometry=json_values,
    properties=st.dictionaries(
        st.sampled_from(
            ["code", "name", "kind", "area", "year", "progress_percent", "planned_start"]
        ),
        json_values,
        max_size=5,
    ),
)
def test_no_body_breaks_the_creation_of_a_site(world, planner, geometry, properties):
    body = {
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            "code": "FUZZ",
            "name": "x",
            "kind": "road",
            "area": "340199100201",
            "programme": "NLDL-2023",
            "year": 2024,
            **properties,
        },
    }
    response = planner.post("/api/v1/sites", body)
    assert response.status_code in {400, 409, 422}
