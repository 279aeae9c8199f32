"""Structures, closures, and what happens to them when a section's line is edited."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point
from django.db.models import F

from assets.chainage import Chainage
from assets.functions import ChainageAt, PointAt, derived_line
from assets.linear import axis_of, point_at
from assets.models import Asset, RoadClosure, RoadSection, Structure
from assets.services.closures import closure_announce, closure_change, closure_remove
from assets.services.errors import NotARoad
from assets.services.section_lines import register_relocation, section_line_edit
from assets.services.structures import structure_add, structure_change, structure_remove
from sites.access import Scope, scope_of
from sites.services import ConcurrentChange, NotPermitted, RefusedByRegister
from tests.assets.geodesic import Road, distance
from tests.factories import AssetFactory, RouteFactory, line, section

INSIDE = Scope.internal()
BRIDGE = {"kind": "bridge", "name": "溪桥"}
CLOSURE = {
    "kind": "planned",
    "start_m": Decimal(1100),
    "end_m": Decimal(1300),
    "from_date": datetime.date(2026, 11, 1),
    "reason": "桥面维修",
}


@pytest.fixture
def road(world):
    """A straight section from K1+000 to K2+200, due east along 31.05° N."""
    return section(RouteFactory(), 1000, 2200, world.villages[0])


def axis(road):
    return axis_of(road.road_section, road.geometry)


def add(road, scope=INSIDE, **values):
    return structure_add(asset=road, values={**BRIDGE, **values}, actor=None, scope=scope)


def codes(refusal):
    return [(field, code) for field, code, _text in refusal.value.errors]


def test_a_structure_with_a_point_gets_the_chainage_of_its_foot(road):
    place = point_at(axis(road), Chainage(1500))
    bridge = add(road, point=Point(place.x, place.y + 0.0002, srid=4490))
    assert bridge.chainage_m == Decimal("1500.0")
    assert not bridge.needs_review


def test_a_structure_with_a_chainage_is_put_on_the_line(road):
    bridge = add(road, chainage_m=Decimal("1234.5"))
    assert (
        distance(bridge.point.tuple, point_at(axis(road), Chainage(Decimal("1234.5"))).tuple)
        < 0.001
    )
    assert bridge.chainage_m == Decimal("1234.5")


def test_a_point_and_a_chainage_must_agree(road):
    place = point_at(axis(road), Chainage(1500))
    assert add(road, point=place, chainage_m=Decimal(1540)).chainage_m == Decimal("1500.0")
    with pytest.raises(RefusedByRegister) as refusal:
        add(road, point=place, chainage_m=Decimal(1551))
    assert codes(refusal) == [("chainage_m", "chainage_disagrees")]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({}, ("chainage_m", "required")),
        ({"chainage_m": Decimal(999)}, ("chainage_m", "off_the_section")),
        ({"chainage_m": Decimal("2200.1")}, ("chainage_m", "off_the_section")),
        ({"chainage_m": Decimal(-1)}, ("chainage_m", "chainage_out_of_range")),
        ({"chainage_m": Decimal("Infinity")}, ("chainage_m", "chainage_not_finite")),
        ({"point": Point(117.02, 31.0506, srid=4490)}, ("point", "too_far_from_line")),
        ({"point": Point(-70.0, 31.05, srid=4490)}, ("point", "too_far_from_line")),
        ({"point": Point(31.05, 117.02, srid=4490)}, ("point", "not_a_place")),
    ],
)
def test_a_structure_must_lie_on_its_section(road, values, problem):
    with pytest.raises(RefusedByRegister) as refusal:
        add(road, **values)
    assert codes(refusal) == [problem]


def test_only_roads_have_structures_and_closures(world):
    pond = AssetFactory(kind="water_works", area=world.villages[0])
    with pytest.raises(NotARoad):
        add(pond, chainage_m=Decimal(0))
    with pytest.raises(NotARoad):
        closure_announce(asset=pond, values=CLOSURE, actor=None, scope=INSIDE)


@pytest.mark.parametrize("role", ["company_member", "association_member", "evaluator"])
def test_only_the_office_enters_structures_and_closures(world, role):
    scope = scope_of(world.users[role])
    with pytest.raises(NotPermitted):
        add(world.own_asset, scope, chainage_m=Decimal(10))
    with pytest.raises(NotPermitted):
        closure_announce(asset=world.own_asset, values=CLOSURE, actor=None, scope=scope)


def test_a_structure_is_moved_by_chainage_or_by_point(road):
    bridge = add(road, chainage_m=Decimal(1500))

    def change(bridge, **values):
        return structure_change(
            structure=bridge,
            values=values,
            actor=None,
            scope=INSIDE,
            expected_version=bridge.version,
        )

    named = change(bridge, name="新桥", chainage_m=bridge.chainage_m, point=bridge.point)
    assert (named.name, named.point) == ("新桥", bridge.point)
    moved = change(named, chainage_m=Decimal(1600))
    assert distance(moved.point.tuple, bridge.point.tuple) > 90
    back = change(moved, point=bridge.point)
    assert back.chainage_m == Decimal("1500.0")
    with pytest.raises(ConcurrentChange):
        change(bridge, name="旧")


def test_a_removed_structure_stays_in_the_history(road):
    bridge = add(road, chainage_m=Decimal(1500))
    structure_remove(structure=bridge, actor=None, scope=INSIDE, expected_version=bridge.version)
    assert not Structure.objects.exists()
    assert Structure.pgh_event_model.objects.get(pgh_label="delete").name == "溪桥"


def test_a_closure_lies_within_its_section_and_its_dates_in_order(road):
    closure = closure_announce(asset=road, values=CLOSURE, actor=None, scope=INSIDE)
    for values, problem in (
        ({"end_m": Decimal(2300)}, ("end_m", "off_the_section")),
        ({"start_m": Decimal(1400)}, ("end_m", "chainage_order")),
        ({"until_date": datetime.date(2026, 10, 1)}, ("", "invalid")),
    ):
        with pytest.raises(RefusedByRegister) as refusal:
            closure_change(
                closure=closure,
                values=values,
                actor=None,
                scope=INSIDE,
                expected_version=closure.version,
            )
        assert codes(refusal) == [problem]
    ended = closure_change(
        closure=closure,
        values={"until_date": datetime.date(2026, 11, 30)},
        actor=None,
        scope=INSIDE,
        expected_version=closure.version,
    )
    closure_remove(closure=ended, actor=None, scope=INSIDE, expected_version=ended.version)
    assert not RoadClosure.objects.exists()


def edit(road, new_line, **values):
    return section_line_edit(
        asset=road,
        line=new_line,
        actor=None,
        scope=values.pop("scope", INSIDE),
        expected_version=values.pop("expected_version", road.version),
        reason="重测",
    )


def test_what_was_surveyed_as_a_point_keeps_its_place_when_the_line_is_edited(road):
    """The section gets a detour in its first half: everything behind it lies further along."""
    bridge = add(road, chainage_m=Decimal(1900))
    first, _middle, last = road.geometry.tuple
    detour = line(first, ((first[0] * 3 + last[0]) / 4, first[1] + 0.002), _middle, last)
    outcome = edit(road, detour)
    bridge_after = Structure.objects.get()
    assert bridge_after.point == bridge.point
    metres, _away = Road(detour.tuple).foot(bridge.point.tuple)
    expected = 1000 + metres / Road(detour.tuple).length * 1200
    assert abs(float(bridge_after.chainage_m) - expected) <= 0.05 + 0.001
    assert bridge_after.chainage_m > bridge.chainage_m
    assert (outcome.moved, outcome.to_review) == (1, 0)


def test_a_point_left_far_from_the_new_line_is_marked_for_review(road):
    bridge = add(road, chainage_m=Decimal(1600))
    north = line(*((x, y + 0.0006) for x, y in road.geometry.tuple))
    assert edit(road, north).to_review == 1
    marked = Structure.objects.get()
    assert marked.needs_review
    assert marked.point == bridge.point
    road.refresh_from_db()
    back = line(*((x, y - 0.0003) for x, y in road.geometry.tuple))
    edit(road, back)
    assert not Structure.objects.get().needs_review


def test_a_point_nowhere_near_keeps_its_chainage_and_is_marked(road):
    add(road, chainage_m=Decimal(1600))
    away = line(*((x + 3, y) for x, y in road.geometry.tuple))
    edit(road, away)
    marked = Structure.objects.get()
    assert (marked.chainage_m, marked.needs_review) == (Decimal(1600), True)


def test_on_a_line_that_crosses_itself_the_nearer_chainage_is_kept(road):
    first, _middle, last = road.geometry.tuple
    x = (first[0] + last[0]) / 2
    loop = line(
        first, last, (last[0], first[1] + 0.003), (x, first[1] + 0.003), (x, first[1] - 0.003)
    )
    structure = add(road, chainage_m=Decimal(1600))
    Structure.objects.filter(pk=structure.pk).update(chainage_m=2000)
    edit(road, loop)
    assert Structure.objects.get().chainage_m > 1800


def test_what_was_given_by_chainage_keeps_it_and_its_line_is_derived(road):
    closure = closure_announce(asset=road, values=CLOSURE, actor=None, scope=INSIDE)
    north = line(*((x, y + 0.01) for x, y in road.geometry.tuple))
    edit(road, north)
    closure.refresh_from_db()
    assert (closure.start_m, closure.end_m) == (Decimal(1100), Decimal(1300))
    shape = RoadClosure.objects.annotate(shape=derived_line()).get().shape
    assert abs(Road(shape.tuple).length - Road(north.tuple).length * 200 / 1200) < 0.005
    assert all(abs(y - 31.06) < 1e-6 for _x, y in shape.tuple)


def test_a_closure_beyond_a_shortened_section_is_cut_where_it_is_shown(road):
    closure_announce(asset=road, values=CLOSURE, actor=None, scope=INSIDE)
    RoadSection.objects.filter(pk=road.pk).update(end_m=1200)
    cut = RoadClosure.objects.annotate(shape=derived_line()).get()
    assert cut.end_m == Decimal(1300)
    assert abs(Road(cut.shape.tuple).length - Road(road.geometry.tuple).length / 2) < 0.005
    RoadSection.objects.filter(pk=road.pk).update(end_m=1050)
    assert RoadClosure.objects.annotate(shape=derived_line()).get().shape is None


def test_editing_a_line_asks_for_the_office_the_version_and_a_sound_line(world, road):
    with pytest.raises(NotPermitted):
        edit(road, road.geometry, scope=scope_of(world.users["company_member"]))
    with pytest.raises(ConcurrentChange):
        edit(road, road.geometry, expected_version=road.version + 1)
    with pytest.raises(RefusedByRegister):
        edit(road, line((117.05, 31.05), (117.05, 31.05)))
    pond = AssetFactory(kind="water_works", area=world.villages[0])
    with pytest.raises(NotARoad):
        edit(pond, road.geometry)


def test_apps_above_move_their_own_points_in_the_same_change(road, monkeypatch):
    monkeypatch.setattr("assets.services.section_lines._RELOCATIONS", [])
    seen = []
    register_relocation(lambda asset, new_axis: seen.append((asset.pk, str(new_axis.stretch))))
    edit(road, line(*((x, y + 0.001) for x, y in road.geometry.tuple)))
    assert seen == [(road.pk, "K1+000–K2+200")]


def test_whole_tables_are_located_in_one_statement(road, django_assert_num_queries):
    for metres in (1100, 1500, 2100):
        add(road, chainage_m=Decimal(metres))
    ends = ("asset__road_section__start_m", "asset__road_section__end_m")
    with django_assert_num_queries(1):
        rows = list(
            Structure.objects.annotate(
                located=ChainageAt(F("asset__geometry"), *map(F, ends), F("point")),
                placed=PointAt(F("asset__geometry"), *map(F, ends), F("chainage_m")),
            ).order_by("chainage_m")
        )
    assert [round(row.located, 3) for row in rows] == [1100, 1500, 2100]
    assert all(distance(row.placed.tuple, row.point.tuple) < 0.001 for row in rows)
    assert Asset.objects.filter(pk=road.pk).exists()
