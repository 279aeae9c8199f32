"""Stated figures: what bodies say beside the register, differences told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from reports.models import FigureDefinition, StatedFigure
from reports.services import figure_state, stated_change, stated_remove
from reports.stated_table import stated_table
from sites.access import Scope, scope_of
from sites.models import ProjectSite
from sites.services import ConcurrentChange, NotPermitted, RefusedByRegister
from tests.factories import OrganisationFactory
from tests.factories.reports import YEAR, finished_road

pytestmark = pytest.mark.django_db


def state(world, value, *, key="road_km", name="交通局", user=None, area=None, **values):
    body = OrganisationFactory(name=name, kind="lead_department")
    return figure_state(
        values={
            "figure": FigureDefinition.objects.get(key=key),
            "organisation": body,
            "area": area or world.district,
            "year": YEAR,
            "value": Decimal(value),
            "note": "",
            **values,
        },
        on=timezone.localdate(),
        actor=user,
        scope=scope_of(user) if user else Scope.internal(),
    )


def table(world):
    return stated_table(
        StatedFigure.objects.select_related("figure", "organisation"),
        area=world.district,
        year=YEAR,
        today=timezone.localdate(),
        scope=Scope.internal(),
    )


def test_two_bodies_stand_beside_the_register(world):
    ProjectSite.objects.update(year=YEAR - 1)
    finished_road(world, 1, Decimal(680000))
    state(world, "680", name="甲局")
    state(world, "682.6", name="乙局")
    found = table(world)
    (row,) = found.rows
    cells = {body.name: cell for body, cell in zip(found.organisations, row.cells, strict=True)}
    assert not cells["甲局"].differs
    assert cells["乙局"].difference.startswith("+2.6")
    assert found.differing == 1
    listed = row.answer.link.apply(ProjectSite.objects.all())
    assert listed.count() == 1


def test_a_body_states_a_figure_of_a_year_once(world):
    row = state(world, "1")
    with pytest.raises(RefusedByRegister):
        state(world, "2", organisation=row.organisation)


def test_a_stated_value_is_changed_by_version_and_taken_back(world):
    row = state(world, "1")
    given = {"actor": None, "scope": Scope.internal(), "expected_version": row.version}
    changed = stated_change(row=row, values={"value": Decimal(2)}, on=timezone.localdate(), **given)
    assert changed.value == 2
    with pytest.raises(ConcurrentChange):
        stated_remove(row=row, **given)
    stated_remove(row=changed, **{**given, "expected_version": changed.version})
    assert not StatedFigure.objects.exists()


def test_the_office_records_only_for_its_own_area(world):
    officer = world.users["township_officer"]
    state(world, "1", user=officer, area=world.townships[0])
    with pytest.raises(NotPermitted):
        state(world, "1", user=officer, area=world.townships[1], name="乙")
    with pytest.raises(NotPermitted):
        state(world, "1", user=world.users["evaluator"], name="丙")
