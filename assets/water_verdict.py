"""The verdict on a rural water supply by four criteria, each with the rule beside it.

Source: domain standards §5.4 (evaluation of rural drinking water: quantity, quality, convenience,
guarantee, each met, basically met or not met). Borders that no source at hand establishes are not
invented: the criterion is then unknown, and says why. The standard's number, T/CHES 18-2018, and
the edition of GB 5749 are not verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assets.kinds import WaterSampleStage
from assets.models import Asset, WaterQualityTest, WaterWorks
from sites.kinds import WaterWorksKind

SHORTAGE_DAYS: Final = (18, 36)
"""Days of shortage a year below which the guarantee is met (95 %) and basically met (90 %)."""
FETCH_MINUTES: Final = (10, 20)
FETCH_DISTANCE_M: Final = (400, 800)
FETCH_CLIMB_M: Final = (40, 80)
"""Minutes, metres of way and metres of climb up to which convenience is met, basically met."""
ROUND_THE_CLOCK_CLASSES: Final = frozenset({"I", "II", "III"})
"""Scale classes that must be able to supply 24 hours."""
DRINKING_WATER: Final = frozenset(
    {
        WaterWorksKind.CENTRAL_SUPPLY,
        WaterWorksKind.SCATTERED_SUPPLY,
        WaterWorksKind.NETWORK_EXTENSION,
    }
)
"""Kinds that supply people; ponds, weirs and the like have no verdict."""


class WaterGrade(TextChoices):
    """How far a criterion is met (达标, 基本达标, 不达标)."""

    MET = "met", pgettext_lazy("water", "Met")
    BASICALLY = "basically", pgettext_lazy("water", "Basically met")
    NOT_MET = "not_met", pgettext_lazy("water", "Not met")
    UNKNOWN = "unknown", pgettext_lazy("water", "Not known")


class WaterCriterion(TextChoices):
    """The four criteria."""

    QUANTITY = "quantity", _("Water quantity")
    QUALITY = "quality", _("Water quality")
    CONVENIENCE = "convenience", _("Convenience of use")
    GUARANTEE = "guarantee", _("Guarantee of supply")


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """One criterion: how far it is met, by which rule, and why it is not known.

    `is_verified` is false where the rule was not compared with the standard's own text.
    """

    criterion: WaterCriterion
    grade: WaterGrade
    rule: str | Promise
    reason: str | Promise = ""
    is_verified: bool = False


@dataclass(frozen=True, slots=True)
class WaterVerdict:
    """The four criteria and what follows from them."""

    overall: WaterGrade
    rule: str | Promise
    criteria: tuple[CriterionVerdict, ...]
    remarks: tuple[str | Promise, ...] = ()

    @property
    def known(self) -> int:
        """How many of the criteria could be judged."""
        return sum(verdict.grade != WaterGrade.UNKNOWN for verdict in self.criteria)


OVERALL_RULE: Final = _(
    "The weakest of the four criteria decides; while one is not known and none is unmet, the "
    "whole is not known. This rule is our choice."
)
QUANTITY_RULE: Final = _(
    "How many litres a person needs a day differs by region; no threshold is established here, so "
    "this criterion is not judged."
)
QUALITY_RULE: Final = _(
    "Met: the latest test at the tap passed, and so did the latest one of water leaving the "
    "plant, if there is one. Source water is shown and does not decide. Which stages decide is "
    "our choice; the tests follow GB 5749, whose edition is not verified."
)
CONVENIENCE_RULE: Final = _(
    "Met: a tap in the house or yard, or water fetched within 10 minutes, or within 400 m and "
    "40 m of climb. Basically met: within 20 minutes, or within 800 m and 80 m of climb."
)
GUARANTEE_RULE: Final = _(
    "Met: fewer than 18 days of shortage a year (95 %). Basically met: fewer than 36 days (90 %)."
)


def water_verdict(works: WaterWorks, tests: Iterable[WaterQualityTest]) -> WaterVerdict | None:
    """Return the verdict on a works from its record and its tests; None where none applies.

    `tests` are those that no newer record corrects, in any order.
    """
    if works.works_kind not in DRINKING_WATER:
        return None
    criteria = (_quantity(works), _quality(tests), _convenience(works), _guarantee(works))
    grades = {verdict.grade for verdict in criteria}
    return WaterVerdict(_overall(grades), OVERALL_RULE, criteria, _remarks(works))


def verdict_of(asset: Asset) -> WaterVerdict | None:
    """Return the verdict on a water works of the register: one query for its tests."""
    tests = WaterQualityTest.objects.filter(asset=asset, corrections__isnull=True)
    return water_verdict(asset.water_works, tests)


def latest_by_stage(tests: Iterable[WaterQualityTest]) -> Mapping[str, WaterQualityTest]:
    """Return the latest test of each stage; of the same day, the one recorded last."""
    latest: dict[str, Any] = {}
    for test in sorted(tests, key=lambda test: (test.tested_on, test.recorded_at, str(test.pk))):
        latest[test.stage] = test
    return latest


def _overall(grades: set[WaterGrade]) -> WaterGrade:
    if WaterGrade.NOT_MET in grades:
        return WaterGrade.NOT_MET
    if WaterGrade.UNKNOWN in grades:
        return WaterGrade.UNKNOWN
    return WaterGrade.BASICALLY if WaterGrade.BASICALLY in grades else WaterGrade.MET


def _quantity(works: WaterWorks) -> CriterionVerdict:
    reason = _("No threshold for litres per person is established.")
    return CriterionVerdict(WaterCriterion.QUANTITY, WaterGrade.UNKNOWN, QUANTITY_RULE, reason)


def _quality(tests: Iterable[WaterQualityTest]) -> CriterionVerdict:
    latest = latest_by_stage(tests)
    deciding = [
        latest[stage] for stage in (WaterSampleStage.PLANT, WaterSampleStage.TAP) if stage in latest
    ]
    grade: WaterGrade = WaterGrade.MET
    reason: str | Promise = ""
    if any(not test.passed for test in deciding):
        grade = WaterGrade.NOT_MET
    elif WaterSampleStage.TAP not in latest:
        grade, reason = WaterGrade.UNKNOWN, _("No test at the tap is recorded.")
    return CriterionVerdict(WaterCriterion.QUALITY, grade, QUALITY_RULE, reason)


def _convenience(works: WaterWorks) -> CriterionVerdict:
    grade, reason = _fetching(works)
    if works.tap_at_home:
        grade, reason = WaterGrade.MET, ""
    elif works.tap_at_home is None and grade not in {WaterGrade.MET, WaterGrade.UNKNOWN}:
        grade = WaterGrade.UNKNOWN
        reason = _("It is not recorded whether there is a tap in the house or yard.")
    return CriterionVerdict(WaterCriterion.CONVENIENCE, grade, CONVENIENCE_RULE, reason)


def _fetching(works: WaterWorks) -> tuple[WaterGrade, str | Promise]:
    """Return the better grade of the time and of the way to fetch water."""
    grades = set()
    if works.fetch_minutes is not None:
        grades.add(_within(((works.fetch_minutes, FETCH_MINUTES),)))
    if works.fetch_distance_m is not None and works.fetch_climb_m is not None:
        way = (works.fetch_distance_m, FETCH_DISTANCE_M), (works.fetch_climb_m, FETCH_CLIMB_M)
        grades.add(_within(way))
    for grade in (WaterGrade.MET, WaterGrade.BASICALLY, WaterGrade.NOT_MET):
        if grade in grades:
            return grade, ""
    return WaterGrade.UNKNOWN, _(
        "Neither the minutes to fetch water nor its distance and climb are recorded."
    )


def _within(measures: Iterable[tuple[int, tuple[int, int]]]) -> WaterGrade:
    """Return met when every measure is within its first border, basically within its second."""
    pairs = list(measures)
    if all(value <= borders[0] for value, borders in pairs):
        return WaterGrade.MET
    if all(value <= borders[1] for value, borders in pairs):
        return WaterGrade.BASICALLY
    return WaterGrade.NOT_MET


def _guarantee(works: WaterWorks) -> CriterionVerdict:
    days = works.shortage_days_per_year
    grade: WaterGrade = WaterGrade.NOT_MET
    reason: str | Promise = ""
    if days is None:
        grade, reason = WaterGrade.UNKNOWN, _("The days of shortage a year are not recorded.")
    elif days < SHORTAGE_DAYS[0]:
        grade = WaterGrade.MET
    elif days < SHORTAGE_DAYS[1]:
        grade = WaterGrade.BASICALLY
    return CriterionVerdict(WaterCriterion.GUARANTEE, grade, GUARANTEE_RULE, reason)


def _remarks(works: WaterWorks) -> tuple[str | Promise, ...]:
    """Return what a rule of the standard asks beside the four criteria."""
    if works.scale_class in ROUND_THE_CLOCK_CLASSES and works.is_round_the_clock is False:
        return (_("Works of class I, II and III must be able to supply 24 hours; these do not."),)
    return ()
