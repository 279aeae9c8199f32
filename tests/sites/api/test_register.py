"""Areas, organisations, programmes and memberships: the planner's, inside the own district."""

from __future__ import annotations

import pytest

from sites.models import Area, Membership, Organisation
from tests.sites.api.conftest import codes

SQUARE = [[[117.0, 31.0], [117.1, 31.0], [117.1, 31.1], [117.0, 31.1], [117.0, 31.0]]]


def new_area(**properties):
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
        "properties": {
            "code": "340199102",
            "name": "新镇",
            "level": "township",
            "parent": "340199",
            "valid_from": "2024-01-01",
            **properties,
        },
    }


def new_membership(world, **values):
    return {
        "user": "evaluator",
        "role": "township_officer",
        "areas": [world.townships[1].code],
        "valid_from": "2024-01-01",
        **values,
    }


def test_a_planner_adds_an_area_inside_the_district(world, planner):
    response = planner.post("/api/v1/areas", new_area())
    area = Area.objects.get(code="340199102")
    assert response.status_code == 201
    assert response.json()["geometry"] == {"type": "MultiPolygon", "coordinates": [SQUARE]}
    assert (area.boundary.geom_type, area.parent) == ("MultiPolygon", world.district)


@pytest.mark.parametrize(
    ("properties", "status", "problem"),
    [
        ({"code": "340198102"}, 403, {}),
        ({"code": "3401991"}, 422, {"": "area_code_is_digits_of_its_level"}),
        ({"parent": "340199101"}, 422, {"properties.parent": "not_above"}),
        ({"code": "340199100"}, 422, None),
        ({"valid_to": "2023-01-01"}, 422, None),
    ],
)
def test_an_area_that_does_not_fit_is_refused(world, planner, properties, status, problem):
    response = planner.post("/api/v1/areas", new_area(**properties))
    assert response.status_code == status
    if problem and "" not in problem:
        assert codes(response) == problem


def test_the_code_of_an_area_stays(world, planner):
    address = f"/api/v1/areas/{world.townships[0].pk}"
    response = planner.patch(address, {"properties": {"code": "340199109"}}, etag='"1"')
    assert codes(response) == {"properties.code": "read_only"}
    renamed = planner.patch(address, {"properties": {"name": "清溪镇"}}, etag='"1"')
    assert (renamed.status_code, renamed.headers["ETag"]) == (200, '"2"')


def test_an_area_that_others_refer_to_stays(world, planner):
    response = planner.delete(f"/api/v1/areas/{world.townships[0].pk}", etag='"1"')
    assert (response.status_code, response.json()["code"]) == (409, "in_use")


def test_areas_are_found_by_level_parent_box_and_name(world, planner):
    def found(query):
        features = planner.get(f"/api/v1/areas?{query}").json()["features"]
        return [feature["properties"]["code"] for feature in features]

    assert found("level=township&area=340199") == ["340199100", "340199101"]
    assert found("parent=340199100") == ["340199100201"]
    assert found("code=340199,340198") == ["340198", "340199"]
    assert found("q=石桥") == ["340199101"]
    assert found("level=village&bbox=117.3,31.05,117.35,31.08") == ["340199101201"]
    assert found("on=2019-01-01") == []
    assert planner.get("/api/v1/areas?geometry=none").json()["features"][0]["geometry"] is None


def test_a_planner_keeps_the_bodies_seated_in_the_district(world, planner, officer):
    body = {"name": "建工", "kind": "contractor", "area": world.district.code}
    assert officer.post("/api/v1/organisations", body).status_code == 403
    created = planner.post("/api/v1/organisations", body)
    assert (created.status_code, created.json()["area"]) == (201, world.district.code)
    moved = planner.patch(
        created.headers["Location"], {"area": world.foreign_district.code}, etag='"1"'
    )
    assert moved.status_code == 403
    assert planner.delete(created.headers["Location"], etag='"1"').status_code == 204
    wrong = planner.post("/api/v1/organisations", {**body, "credit_code": "abc"})
    assert (wrong.status_code, "credit_code" in codes(wrong)) == (422, True)


def test_a_company_knows_itself_and_public_bodies(world, company):
    Organisation.objects.create(name="民生办", kind="livelihood_office")
    names = {row["name"] for row in company.get("/api/v1/organisations").json()["items"]}
    assert names == {"甲公司", "民生办"}


def test_a_programme_keeps_its_code_and_goes_only_without_sites(world, planner):
    address = f"/api/v1/programmes/{world.programme.pk}"
    assert codes(planner.patch(address, {"code": "X"}, etag='"1"')) == {"code": "read_only"}
    assert planner.delete(address, etag='"1"').status_code == 409
    body = {"code": "P-1", "name": "新", "level": "city", "year": 2025}
    created = planner.post("/api/v1/programmes", body)
    assert {name: created.json()[name] for name in body} == body
    assert planner.delete(created.headers["Location"], etag='"1"').status_code == 204


def test_a_planner_gives_and_takes_roles_inside_the_district(world, planner, evaluator):
    created = planner.post("/api/v1/memberships", new_membership(world))
    assert created.status_code == 201
    own = evaluator.get("/api/v1/memberships").json()["items"]
    assert {row["role"] for row in own} == {"evaluator", "township_officer"}
    wider = planner.patch(created.headers["Location"], {"areas": [world.district.code]}, etag='"1"')
    assert (wider.status_code, wider.headers["ETag"]) == (200, '"2"')
    assert planner.delete(created.headers["Location"], etag='"2"').status_code == 204
    assert Membership.objects.filter(user__username="evaluator").count() == 1


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"areas": ["340198"]}, 403),
        ({"areas": ["340199", "340198100"]}, 403),
        ({"areas": []}, 422),
        ({"role": "company_member"}, 422),
        ({"user": "nobody"}, 422),
        ({"areas": ["999999"]}, 422),
        ({"valid_to": "2020-01-01"}, 422),
    ],
)
def test_no_role_is_given_beyond_the_own_scope_or_without_one(world, planner, values, status):
    response = planner.post("/api/v1/memberships", new_membership(world, **values))
    assert response.status_code == status
    assert not Membership.objects.filter(user__username="evaluator", role="township_officer")


def test_a_role_that_reaches_abroad_is_not_the_planners_to_change(world, planner):
    membership = Membership.objects.get(user__username="evaluator")
    membership.areas.add(world.foreign_district)
    address = f"/api/v1/memberships/{membership.pk}"
    assert planner.get(address).status_code == 200
    assert planner.patch(address, {"areas": ["340199"]}, etag='"1"').status_code == 403
    assert planner.delete(address, etag='"1"').status_code == 403
