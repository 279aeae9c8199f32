"""How far each programme is."""

from __future__ import annotations

import datetime
from decimal import Decimal

from sites.access import scope_of
from sites.programme_progress import programme_progress
from tests.factories import ProgrammeFactory, ProjectSiteFactory, line

DAY = datetime.date(2026, 11, 23)


def _rows(world, role):
    levels = programme_progress(scope=scope_of(world.users[role]), as_of=DAY)
    return {row.programme.code: row for level in levels for row in level.programmes}


def test_counts_cover_only_what_the_viewer_sees(world):
    assert _rows(world, "district_planner")["NLDL-2023"].sites == 4
    assert _rows(world, "township_officer")["NLDL-2023"].sites == 2


def test_finished_kilometres_leave_out_unfinished_and_cancelled_sites(world):
    for code, state, metres in (("A", "accepted", 1500), ("B", "cancelled", 9000)):
        ProjectSiteFactory(
            code=code,
            state=state,
            area=world.villages[0],
            declared_length_m=metres,
            planned_geometry=line((117.05, 31.05), (117.06, 31.05)),
        )
    row = _rows(world, "district_planner")["NLDL-2023"]
    assert (row.sites, row.finished, row.finished_road_km) == (5, 2, Decimal("1.5"))


def test_the_number_of_queries_does_not_grow_with_programmes(world, django_assert_num_queries):
    for year in range(2015, 2023):
        ProgrammeFactory(code=f"P-{year}", year=year)
    scope = scope_of(world.users["district_planner"])
    with django_assert_num_queries(2):
        programme_progress(scope=scope, as_of=DAY)
