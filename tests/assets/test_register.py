"""The register of assets: creating, changing, moving and removing."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.gis.geos import MultiLineString
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assets.kinds import AssetState
from assets.models import Asset, AssetSource, Component, RoadRoute, RoadSection
from assets.services.asset_records import asset_create, asset_remove, asset_update
from assets.services.asset_states import asset_move_state
from assets.services.components import component_save
from assets.services.errors import WrongMoment
from assets.services.routes import route_create, route_remove, route_update
from assets.services.takeover import asset_from_site
from assets.services.water_tests import water_test_record
from assets.transitions import ASSET_MOVES, asset_moves_from
from sites.access import Scope, scope_of
from sites.kinds import Kind, Role
from sites.models import VillageCentreComponent
from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    InUse,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from tests.factories import (
    AssetFactory,
    ProjectSiteFactory,
    RouteFactory,
    line,
    polygon,
    road_line,
    section,
)
from tests.factories.records import SRID

INTERNAL = Scope.internal()
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def officer(world):
    return world.users["township_officer"]


@pytest.fixture
def planner(world):
    return world.users["district_planner"]


def road(world, route, start, end, **extra):
    """Values and detail of a new section."""
    code = f"NEW-{start}-{end}"
    values = {
        "code": code,
        "name": code,
        "kind": Kind.ROAD,
        "area": world.villages[0],
        "geometry": road_line(start, end),
        **extra,
    }
    return {
        "values": values,
        "detail": {"route": route, "start_m": Decimal(start), "end_m": Decimal(end)},
    }


def create(world, user, *arguments, **extra):
    return asset_create(
        **road(world, *arguments, **extra), actor=user, scope=scope_of(user), sites=[world.own]
    )


def refused(raised):
    return {(field, code) for field, code, _text in raised.value.errors}


def test_an_officer_records_a_section_with_its_detail_and_source(world, officer):
    asset = create(world, officer, RouteFactory(), 0, 1500, cost=Decimal("1200000.05"))

    assert asset.state == AssetState.IN_SERVICE
    assert asset.township_code == "340199100"
    assert asset.cost == Decimal("1200000.05")
    assert asset.road_section.end_m == 1500
    assert list(asset.sources.values_list("site__code", flat=True)) == ["OWN-1"]
    assert asset.created_by == officer
    assert asset.plate_code


def test_nobody_records_an_asset_outside_the_own_areas(world, officer):
    with pytest.raises(NotPermitted):
        create(world, officer, RouteFactory(), 0, 1500, area=world.villages[1])


@pytest.mark.parametrize("role", ["company_member", "evaluator", "cooperative_member"])
def test_only_the_office_records_assets(world, role):
    with pytest.raises(NotPermitted):
        create(world, world.users[role], RouteFactory(), 0, 1500)


def test_an_asset_begins_as_being_built_or_in_service(world, officer):
    scope = scope_of(officer)
    asset = asset_create(
        **road(world, RouteFactory(), 0, 100), actor=officer, scope=scope, state="building"
    )

    assert asset.state == AssetState.BUILDING
    with pytest.raises(RefusedByRegister) as raised:
        asset_create(
            **road(world, RouteFactory(), 0, 100),
            actor=officer,
            scope=scope,
            state="decommissioned",
        )
    assert refused(raised) == {("state", "wrong_state")}


@pytest.mark.parametrize(
    ("detail", "problem"),
    [
        ({"route": None}, ("route", "required")),
        ({"start_m": None}, ("start_m", "required")),
        ({"start_m": Decimal(2000)}, ("", "invalid")),
        ({"start_m": Decimal(-1)}, ("", "invalid")),
        ({"end_m": Decimal("1000000.1")}, ("", "invalid")),
        ({"start_m": Decimal("0.05")}, ("start_m", "max_decimal_places")),
        ({"end_m": Decimal("NaN")}, ("end_m", "invalid")),
        ({"pavement": "gold"}, ("pavement", "invalid_choice")),
        ({"roadbed_width_m": Decimal(-1)}, ("", "invalid")),
    ],
)
def test_a_section_that_cannot_be_is_refused_by_name(world, officer, detail, problem):
    asked = road(world, RouteFactory(), 0, 1000)
    asked["detail"].update(detail)

    with pytest.raises(RefusedByRegister) as raised:
        asset_create(**asked, actor=officer, scope=scope_of(officer))

    assert problem in refused(raised)
    assert not RoadSection.objects.filter(asset__code="NEW-0-1000").exists()
    assert not Asset.objects.filter(code="NEW-0-1000").exists()


def test_a_section_belongs_to_a_route_of_its_county(world, officer):
    with pytest.raises(RefusedByRegister) as raised:
        create(world, officer, RouteFactory(county_code="340198"), 0, 1000)

    assert refused(raised) == {("route", "other_county")}


def test_an_overlap_names_the_other_section_and_its_chainage(world, officer):
    route = RouteFactory()
    section(route, 1000, 2500, world.villages[0], name="上溪段", name_en="")

    with pytest.raises(RefusedByRegister) as raised:
        create(world, officer, route, 2000, 3000)

    assert refused(raised) == {("start_m", "road_section_no_overlap")}
    assert "上溪段" in str(raised.value)
    assert "K1+000–K2+500" in str(raised.value)


def test_an_overlap_outside_the_own_area_tells_the_chainage_alone(world, officer):
    route = RouteFactory()
    section(route, 1000, 2500, world.villages[1], name="桥头段", code="SECRET-7")

    with pytest.raises(RefusedByRegister) as raised:
        create(world, officer, route, 2000, 3000)

    assert "K1+000–K2+500" in str(raised.value)
    assert "桥头段" not in str(raised.value)
    assert "SECRET-7" not in str(raised.value)


def test_neighbours_share_a_chainage(world, officer):
    route = RouteFactory()
    create(world, officer, route, 0, 1000)

    assert create(world, officer, route, 1000, 2000).road_section.start_m == 1000


def test_a_change_keeps_author_reason_and_old_values(world, officer):
    asset = create(world, officer, RouteFactory(), 0, 1000)

    changed = asset_update(
        asset=asset,
        values={"name": "新名"},
        detail={"pavement": "asphalt"},
        actor=officer,
        scope=scope_of(officer),
        expected_version=asset.version,
        reason="按竣工图更正",
    )

    assert changed.name == "新名"
    assert changed.road_section.pavement == "asphalt"
    assert changed.version > asset.version
    event = asset.events.get()
    assert event.name == "NEW-0-1000"
    assert event.pgh_context.metadata["reason"] == "按竣工图更正"
    assert event.pgh_context.metadata["user"] == officer.pk


@pytest.mark.parametrize("change", [{"detail": {"lanes": 2}}, {"sites": []}])
def test_a_change_of_a_part_counts_the_version_up(world, officer, change):
    asset = create(world, officer, RouteFactory(), 0, 1000)

    changed = asset_update(
        **{"values": {}, "detail": {}, **change},
        asset=asset,
        actor=officer,
        scope=scope_of(officer),
        expected_version=asset.version,
    )

    assert changed.version == asset.version + 1
    assert changed.updated_at > asset.updated_at


def test_who_read_an_older_version_is_told(world, officer):
    asset = create(world, officer, RouteFactory(), 0, 1000)
    arguments = {"asset": asset, "detail": {}, "actor": officer, "scope": scope_of(officer)}
    asset_update(values={"name": "甲"}, expected_version=asset.version, **arguments)

    with pytest.raises(ConcurrentChange) as raised:
        asset_update(values={"name": "乙"}, expected_version=asset.version, **arguments)

    assert raised.value.current.name == "甲"


def test_kind_stays_and_services_columns_are_not_given(world, officer):
    asset = create(world, officer, RouteFactory(), 0, 1000)
    arguments = {
        "asset": asset,
        "detail": {},
        "actor": officer,
        "scope": scope_of(officer),
        "expected_version": asset.version,
    }

    with pytest.raises(RefusedByRegister):
        asset_update(values={"kind": Kind.FACILITY}, **arguments)
    with pytest.raises(ValueError, match="plate_code"):
        asset_update(values={"plate_code": "X"}, **arguments)


def test_an_asset_does_not_move_into_an_area_of_others(world, officer):
    asset = create(world, officer, RouteFactory(), 0, 1000)

    with pytest.raises(NotPermitted):
        asset_update(
            asset=asset,
            values={"area": world.villages[1]},
            detail={},
            actor=officer,
            scope=scope_of(officer),
            expected_version=asset.version,
        )


def test_sources_must_be_sites_that_the_officer_sees_and_hidden_ones_stay(world, officer):
    asset = create(world, officer, RouteFactory(), 0, 1000)
    AssetSource.objects.create(asset=asset, site=world.sibling)
    arguments = {
        "asset": asset,
        "values": {},
        "detail": {},
        "actor": officer,
        "scope": scope_of(officer),
    }

    changed = asset_update(sites=[world.house], expected_version=asset.version, **arguments)

    assert set(asset.sources.values_list("site__code", flat=True)) == {"HOUSE-1", "SIBLING-1"}
    with pytest.raises(RefusedByRegister) as raised:
        asset_update(sites=[world.foreign], expected_version=changed.version, **arguments)
    assert refused(raised) == {("sites", "does_not_exist")}


def move(asset, user, to_state, **extra):
    return asset_move_state(
        asset=asset, to_state=to_state, actor=user, scope=scope_of(user), **extra
    )


def test_a_decommissioned_section_gives_its_chainage_free_and_stays_as_it_is(world, planner):
    route = RouteFactory()
    asset = create(world, planner, route, 0, 1000)
    move(asset, planner, "out_of_service", reason="路基塌方")
    ended = move(asset, planner, "decommissioned", reason="改线")

    assert create(world, planner, route, 0, 900, code="RELAID").road_section.is_current
    assert not RoadSection.objects.get(asset=asset).is_current
    with pytest.raises(WrongMoment):
        asset_update(
            asset=ended,
            values={"name": "x"},
            detail={},
            actor=planner,
            scope=scope_of(planner),
            expected_version=ended.version,
        )


def test_an_out_of_service_section_keeps_its_chainage(world, planner):
    route = RouteFactory()
    move(create(world, planner, route, 0, 1000), planner, "out_of_service", reason="塌方")

    with pytest.raises(RefusedByRegister):
        create(world, planner, route, 0, 900)


def test_restricting_needs_a_reason_and_ending_the_planner(world, officer, planner):
    asset = create(world, officer, RouteFactory(), 0, 1000)
    with pytest.raises(ReasonMissing):
        move(asset, officer, "restricted", reason="  ")
    move(asset, officer, "out_of_service", reason="桥断")
    with pytest.raises(NotPermitted):
        move(asset, officer, "decommissioned", reason="改线")
    assert move(asset, planner, "decommissioned", reason="改线").state == "decommissioned"
    assert asset.events.filter(pgh_context__metadata__reason="改线").exists()


@given(st.sampled_from(AssetState.values), st.sampled_from(AssetState.values))
def test_a_move_exists_only_where_the_table_has_it(before, after):
    moves = {m.to_state for m in asset_moves_from(before, [Role.DISTRICT_PLANNER])}

    assert (after in moves) == ((before, after) in ASSET_MOVES)
    assert not asset_moves_from(AssetState.DECOMMISSIONED, Role)
    assert not asset_moves_from(before, [Role.COMPANY_MEMBER, Role.EVALUATOR])


@pytest.mark.parametrize("state", ["decommissioned", "building", "nonsense", ""])
def test_a_move_that_does_not_exist_is_refused(world, planner, state):
    asset = create(world, planner, RouteFactory(), 0, 1000)

    with pytest.raises(IllegalTransition):
        move(asset, planner, state, reason="因")


def test_a_removal_needs_the_planner_and_a_reason_and_frees_the_stretch(world, officer, planner):
    route = RouteFactory()
    asset = create(world, officer, route, 0, 1000)
    arguments = {"asset": asset, "at": timezone.now(), "expected_version": asset.version}
    with pytest.raises(NotPermitted):
        asset_remove(actor=officer, scope=scope_of(officer), reason="重复", **arguments)
    with pytest.raises(RefusedByRegister):
        asset_remove(actor=planner, scope=scope_of(planner), reason=" ", **arguments)

    asset_remove(actor=planner, scope=scope_of(planner), reason="重复登记", **arguments)

    assert not Asset.objects.visible_to(INTERNAL).filter(pk=asset.pk).exists()
    assert create(world, planner, route, 0, 1000, code="AGAIN")
    with pytest.raises(Asset.DoesNotExist):
        move(asset, planner, "restricted", reason="因")


def take(site, user, **extra):
    return asset_from_site(site=site, actor=user, scope=scope_of(user), **extra)


def test_a_road_site_becomes_a_section_of_the_route_that_it_names(world, officer):
    site = ProjectSiteFactory(
        code="ROAD-9",
        name="青溪路",
        area=world.villages[0],
        programme=world.programme,
        contractor=world.companies[0],
        owner_organisation=world.cooperatives[0],
        planned_geometry=line((117.05, 31.05), (117.06, 31.05)),
        actual_geometry=line((117.05, 31.05), (117.07, 31.05)),
        declared_length_m=1900,
        actual_finish=datetime.date(2023, 9, 1),
        detail={"route_code": "Y012340199", "pavement": "cement", "start_name": "上溪"},
    )

    asset = take(site, officer)

    section_ = asset.road_section
    assert (asset.code, asset.name, asset.kind) == ("ROAD-9", "青溪路", "road")
    assert asset.geometry.equals_exact(site.actual_geometry)
    assert asset.owner == world.cooperatives[0]
    assert asset.contractor == world.companies[0]
    assert asset.built_on == datetime.date(2023, 9, 1)
    assert (section_.start_m, section_.end_m, section_.pavement) == (0, 1900, "cement")
    assert (section_.route.route_no, section_.route.county_code) == ("Y012", "340199")
    assert (section_.route.road_class, section_.route.start_name) == ("township", "上溪")


def test_a_second_site_of_the_route_follows_the_first(world, officer):
    detail = {"route_code": "Y012", "road_class": "township"}
    sites = [
        ProjectSiteFactory(
            area=world.villages[0],
            programme=world.programme,
            declared_length_m=length,
            detail=detail,
        )
        for length in (1200, 800)
    ]

    first, second = (take(site, officer).road_section for site in sites)

    assert first.route == second.route
    assert (second.start_m, second.end_m) == (1200, 2000)


def test_without_a_declared_length_the_stretch_is_as_long_as_the_line(world, officer):
    site = ProjectSiteFactory(
        area=world.villages[0], programme=world.programme, detail={"route_code": "C101"}
    )

    section_ = take(site, officer).road_section

    assert float(section_.end_m) == pytest.approx(site.measured_length_m, abs=0.05)


def test_a_road_without_a_route_code_asks_for_the_route(world, officer):
    with pytest.raises(RefusedByRegister) as raised:
        take(world.own, officer)
    assert refused(raised) == {("route", "required")}

    asset = take(world.own, officer, detail={"route": RouteFactory(), "start_m": Decimal(300)})

    assert asset.road_section.start_m == 300


def parted(*lines):
    return MultiLineString(*lines, srid=SRID)


def test_parts_that_join_become_one_line(world, officer):
    site = ProjectSiteFactory(
        area=world.villages[0],
        programme=world.programme,
        detail={"route_code": "C102"},
        planned_geometry=parted(
            line((117.05, 31.05), (117.06, 31.05)), line((117.06, 31.05), (117.07, 31.06))
        ),
    )

    assert take(site, officer).geometry.num_coords == 3


def test_parts_that_do_not_join_say_how_to_become_sections(world, officer):
    site = ProjectSiteFactory(
        code="SPLIT",
        area=world.villages[0],
        programme=world.programme,
        declared_length_m=5000,
        detail={"route_code": "C103"},
        planned_geometry=parted(
            line((117.05, 31.05), (117.06, 31.05)), line((117.07, 31.05), (117.08, 31.06))
        ),
    )
    with pytest.raises(RefusedByRegister) as raised:
        take(site, officer)
    assert refused(raised) == {("geometry", "several_parts")}

    first, second = (take(site, officer, part=number) for number in (1, 2))

    assert (first.code, second.code) == ("SPLIT", "SPLIT-2")
    assert first.declared_length_m is None
    assert second.road_section.start_m == first.road_section.end_m
    with pytest.raises(RefusedByRegister) as raised:
        take(site, officer, part=3)
    assert refused(raised) == {("part", "several_parts")}


def test_a_village_centre_takes_its_components_along(world, officer):
    site = ProjectSiteFactory(
        area=world.villages[0],
        kind=Kind.VILLAGE_CENTRE,
        programme=world.programme,
        detail={"households": 210},
    )
    for kind, done in (("lights", True), ("sewage", False)):
        VillageCentreComponent.objects.create(
            village_centre=site.village_centre, kind=kind, quantity=40, unit="盏", is_done=done
        )

    asset = take(site, officer)

    assert asset.village_centre.households == 210
    assert set(asset.components.values_list("kind", "state")) == {
        ("lights", "done"),
        ("sewage", "planned"),
    }


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("water_works", {"works_kind": "pond", "capacity_m3_per_day": 12, "people_served": 90}),
        ("housing", {"danger_grade": "C", "method": "reinforce", "households": 1}),
        ("facility", {"facility_kind": "school"}),
    ],
)
def test_other_kinds_take_their_detail(world, officer, kind, detail):
    site = ProjectSiteFactory(
        area=world.villages[0], kind=kind, programme=world.programme, detail=detail
    )

    asset = take(site, officer)

    related = {"housing": "house"}.get(kind, kind)
    assert {name: getattr(getattr(asset, related), name) for name in detail} == detail


def test_a_site_out_of_sight_is_unknown_and_only_the_office_takes_over(world, officer):
    with pytest.raises(type(world.foreign).DoesNotExist):
        take(world.foreign, officer)
    with pytest.raises(NotPermitted):
        take(world.own, world.users["company_member"])


def test_a_component_is_recorded_once_and_voids_the_version(world, officer):
    centre = AssetFactory(
        kind=Kind.VILLAGE_CENTRE,
        area=world.villages[0],
        geometry=polygon(117.05, 31.05, 117.06, 31.06),
    )
    arguments = {"asset": centre, "kind": "lights", "actor": officer, "scope": scope_of(officer)}
    component_save(values={"quantity": 40}, expected_version=centre.version, **arguments)
    component_save(values={"state": "done"}, **arguments)

    component = Component.objects.get(asset=centre)
    assert (component.quantity, component.state) == (40, "done")
    with pytest.raises(ConcurrentChange):
        component_save(values={}, expected_version=centre.version, **arguments)
    with pytest.raises(RefusedByRegister):
        component_save(values={"weight": 0}, **arguments)
    with pytest.raises(RefusedByRegister) as raised:
        component_save(values={}, **{**arguments, "asset": world.own_asset})
    assert refused(raised) == {("kind", "wrong_kind")}


def test_a_water_test_is_corrected_once_by_a_newer_record(world, officer):
    works = AssetFactory(kind=Kind.WATER_WORKS, area=world.villages[0])
    arguments = {
        "asset": works,
        "actor": officer,
        "scope": scope_of(officer),
        "today": TODAY,
    }
    values = {"tested_on": TODAY, "stage": "tap", "passed": False}
    wrong = water_test_record(values=values, **arguments)

    right = water_test_record(values={**values, "passed": True}, supersedes=wrong, **arguments)

    assert right.supersedes == wrong
    with pytest.raises(RefusedByRegister) as raised:
        water_test_record(values=values, supersedes=wrong, **arguments)
    assert refused(raised) == {("supersedes", "already_corrected")}
    tomorrow = {**values, "tested_on": TODAY + datetime.timedelta(days=1)}
    with pytest.raises(RefusedByRegister) as raised:
        water_test_record(values=tomorrow, **arguments)
    assert refused(raised) == {("tested_on", "in_the_future")}
    with pytest.raises(RefusedByRegister):
        water_test_record(values=values, **{**arguments, "asset": world.own_asset})


def test_a_route_is_known_by_number_and_county(world, officer):
    scope = scope_of(officer)
    values = {
        "route_no": "Y077",
        "county_code": "340199",
        "name": "青石线",
        "road_class": "township",
    }
    route = route_create(values=values, actor=officer, scope=scope)

    with pytest.raises(RefusedByRegister):
        route_create(values=values, actor=officer, scope=scope)
    with pytest.raises(NotPermitted):
        route_create(values={**values, "county_code": "340198"}, actor=officer, scope=scope)
    changed = route_update(
        route=route,
        values={"name": "青石公路"},
        actor=officer,
        scope=scope,
        expected_version=route.version,
        reason="更名",
    )
    assert changed.name == "青石公路"
    with pytest.raises(RefusedByRegister):
        route_update(
            route=route,
            values={"county_code": "340100"},
            actor=officer,
            scope=scope,
            expected_version=changed.version,
        )


def test_a_route_with_sections_stays(world, officer):
    route = world.own_asset.road_section.route
    scope = scope_of(officer)
    with pytest.raises(InUse):
        route_remove(route=route, actor=officer, scope=scope, expected_version=route.version)
    bare = RouteFactory()
    route_remove(route=bare, actor=officer, scope=scope, expected_version=bare.version)

    assert not RoadRoute.objects.filter(pk=bare.pk).exists()
