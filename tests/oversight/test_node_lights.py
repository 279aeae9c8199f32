"""The light of missed milestones on lists and pages of sites."""

from __future__ import annotations

import datetime

import pytest

from oversight.node_lights import missed_nodes
from sites.access import Scope
from sites.kinds import State

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 4, 5)


def test_a_site_is_red_by_itself_while_a_node_is_overdue(world, django_assert_num_queries):
    march = datetime.date(2026, 3, 10)
    for kind, due_on, done_on in (
        ("start", march, None),
        ("finish", datetime.date(2026, 3, 20), None),
        ("tender", march, march),
        ("handover", datetime.date(2026, 5, 1), None),
    ):
        world.own.milestones.create(kind=kind, due_on=due_on, done_on=done_on)
    world.public.milestones.create(kind="finish", due_on=march)
    sites = [world.own, world.sibling, world.public]
    with django_assert_num_queries(1):
        lights = missed_nodes(sites, Scope.internal(), DAY)
    assert world.public.state == State.ACCEPTED
    assert set(lights) == {world.own.pk}
    light = lights[world.own.pk]
    assert (light.value, light.label[:1]) == ("red", "2")
