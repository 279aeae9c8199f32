"""Surveys of condition for tests, and a part of each kind for every asset of the world."""

from __future__ import annotations

import datetime
from decimal import Decimal

from assets.models import ConditionSurvey, RatingCoefficient, RatingRuleset
from tests.factories.assets import ClosureFactory, StructureFactory

DAY = datetime.date(2026, 6, 1)
ROADS = ("own", "sibling", "foreign", "public")


def stated_survey(asset, grade="good", *, day=DAY, start_m=None, end_m=None):
    """A survey as the table holds it, with a grade that a testing body states."""
    return ConditionSurvey.objects.create(
        asset=asset,
        start_m=start_m,
        end_m=end_m,
        surveyed_on=day,
        method="manual",
        stated_grade=grade,
        testing_body="检测所",
        report_no="HC-1",
    )


def condition_rows(world):
    """The keys of a structure, a closure and a survey of each road, and of a rule set."""
    roads = {name: getattr(world, f"{name}_asset") for name in ROADS}
    structures = {
        name: StructureFactory(asset=road, point=_middle(road), chainage_m=Decimal(600)).pk
        for name, road in roads.items()
    }
    ruleset = RatingRuleset.objects.order_by("code").first()
    coefficient = RatingCoefficient.objects.filter(ruleset=ruleset).order_by("symbol").first()
    return {
        "structure": structures,
        "closure": {name: ClosureFactory(asset=road).pk for name, road in roads.items()},
        "survey": {name: stated_survey(road).pk for name, road in roads.items()},
        "ruleset": {"own": ruleset.pk},
        "coefficient": {"own": coefficient.pk},
    }


def _middle(road):
    return road.geometry.interpolate_normalized(0.5)
