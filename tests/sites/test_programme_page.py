"""The programmes page: a planner makes the programme that an import then names."""

from __future__ import annotations

import pytest

from sites.models import Programme

VALUES = {
    "code": "RURAL-ROAD-2027",
    "name": "农村公路",
    "year": "2027",
    "level": "district",
    "kind": "engineering",
    "unit": "km",
}


def _post(client, world, role="district_planner", **values):
    client.force_login(world.users[role])
    return client.post("/programmes/", {**VALUES, **values})


def test_a_planner_creates_a_programme_and_finds_it_in_the_import_form(client, world):
    assert _post(client, world).status_code == 302
    assert Programme.objects.get(code="RURAL-ROAD-2027").year == 2027
    assert "RURAL-ROAD-2027" in client.get("/imports/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "NLDL-2023"),
        ("code", "has space"),
        ("year", "1800"),
        ("name", ""),
        ("unit", "mile"),
    ],
)
def test_a_wrong_value_keeps_the_form_open_and_creates_nothing(client, world, field, value):
    answer = _post(client, world, **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<details class="card new-programme" open>' in page
    assert "errorlist" in page or 'role="alert"' in page
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("role", ["township_officer", "company_member", "evaluator"])
def test_others_have_no_form_and_may_not_post(client, world, role):
    assert _post(client, world, role).status_code == 403
    assert '<form method="post" novalidate>' not in client.get("/programmes/").content.decode()
