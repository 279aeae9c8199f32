"""Two sections of one route never share a metre, whoever records them and when."""

from __future__ import annotations

import threading
from decimal import Decimal
from itertools import combinations

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.chainage import ChainageRange
from assets.models import Asset, RoadSection
from assets.services.asset_records import asset_create, asset_update
from assets.services.asset_states import asset_move_state
from sites.access import Scope
from sites.services.errors import RefusedByRegister
from tests.factories import RouteFactory, build_world, road_line, section

INTERNAL = Scope.internal()
METRES = st.integers(0, 4000).map(lambda n: Decimal(n) / 2)
STRETCHES = st.tuples(METRES, METRES).filter(lambda pair: pair[0] < pair[1])
ATTEMPTS = st.lists(
    st.tuples(st.sampled_from(["create", "move", "end"]), STRETCHES), min_size=3, max_size=12
)


class Rollback(Exception):
    """Ends an example without a trace."""


def create(route, area, start, end, code):
    return asset_create(
        values={
            "code": code,
            "name": code,
            "kind": "road",
            "area": area,
            "geometry": road_line(start, end),
        },
        detail={"route": route, "start_m": start, "end_m": end},
        actor=None,
        scope=INTERNAL,
    )


def change(asset, **detail):
    return asset_update(
        asset=asset,
        values={},
        detail=detail,
        actor=None,
        scope=INTERNAL,
        expected_version=Asset.objects.get(pk=asset.pk).version,
    )


def attempt(route, area, made, action, stretch):
    """Do one thing and return why it was refused, empty when it was done."""
    start, end = stretch
    standing = [asset for asset in made if asset.road_section.is_current]
    try:
        with transaction.atomic():
            if action == "create" or not standing:
                made.append(create(route, area, start, end, f"S-{len(made)}"))
            elif action == "move":
                change(standing[0], start_m=start, end_m=end)
            else:
                decommission(standing[0])
    except RefusedByRegister as refusal:
        return str(refusal)
    made[:] = [Asset.objects.get(pk=asset.pk) for asset in made]
    return ""


def decommission(asset):
    for state in ("out_of_service", "decommissioned"):
        asset_move_state(asset=asset, to_state=state, actor=None, scope=INTERNAL, reason="改线")


def current(route):
    rows = RoadSection.objects.filter(route=route, is_current=True)
    return [ChainageRange(row.start_m, row.end_m) for row in rows]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(attempts=ATTEMPTS)
def test_no_sequence_of_changes_makes_sections_overlap(world, attempts):
    try:
        with transaction.atomic():
            route, made = RouteFactory(), []
            for action, stretch in attempts:
                before, wanted = current(route), ChainageRange(*stretch)
                refusal = attempt(route, world.villages[0], made, action, stretch)
                if refusal:
                    in_the_way = [part for part in before if part.overlaps(wanted)]
                    assert any(str(part) in refusal for part in in_the_way)
                    assert current(route) == before
            assert not any(one.overlaps(other) for one, other in combinations(current(route), 2))
            raise Rollback
    except Rollback:
        pass


def at_once(*works):
    """Run each work in a thread of its own, begun together; return what came of each."""
    barrier, outcomes = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            barrier.wait(timeout=30)
            work()
            outcomes[place] = "done"
        except RefusedByRegister as refusal:
            outcomes[place] = refusal.errors[0][1]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_is_told_what_the_other_recorded():
    world = build_world()
    area = world.villages[0]
    for number in range(5):
        route = RouteFactory()
        outcomes = at_once(
            lambda route=route, n=number: create(route, area, 0, 1000, f"A-{n}"),
            lambda route=route, n=number: create(route, area, 500, 1500, f"B-{n}"),
        )
        assert sorted(outcomes) == ["done", "road_section_no_overlap"]
        assert len(current(route)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_sections_that_change_places_at_once_neither_overlap_nor_wait_for_ever():
    world = build_world()
    one, two = RouteFactory(), RouteFactory()
    first = section(one, 0, 1000, world.villages[0])
    second = section(two, 0, 1000, world.villages[0])

    outcomes = at_once(
        lambda: change(first, route=two, start_m=Decimal(1000), end_m=Decimal(2000)),
        lambda: change(second, route=one, start_m=Decimal(1000), end_m=Decimal(2000)),
    )

    assert outcomes == ["done", "done"]
    assert [len(current(route)) for route in (one, two)] == [1, 1]
