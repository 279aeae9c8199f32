"""What the page of an asset shows of its condition, structures and closures."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from assets.chainage import ChainageRange
from assets.condition.rating import Rating
from assets.condition.summary import GradeLengths, on_sections
from assets.condition.surveys import rating_of, verified_numbers
from assets.kinds import AssetState, ConditionGrade
from assets.models import (
    Asset,
    ConditionStretch,
    ConditionSurvey,
    RoadClosure,
    RoadSection,
    Structure,
)
from sites.access import Scope
from sites.kinds import OFFICE_ROLES

SURVEYS_SHOWN: Final = 20
CLOSURES_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey, whether it still counts somewhere, and what it comes to today."""

    survey: ConditionSurvey
    is_current: bool
    rating: Rating | None

    @property
    def unverified(self) -> tuple[str, ...]:
        """The coefficients for want of which the survey is not rated; empty when it is."""
        if self.survey.computed_grade or self.rating is None:
            return ()
        return self.rating.unverified

    @property
    def can_be_rated(self) -> bool:
        """Whether it is not rated yet and every coefficient is verified by now."""
        return bool(self.rating and self.rating.grade and not self.survey.computed_grade)


@dataclass(frozen=True, slots=True)
class SectionPage:
    """Condition, structures and closures of one asset, as its page shows them."""

    asset: Asset
    section: RoadSection | None
    may_edit: bool
    stretches: Sequence[Any] = ()
    lengths: GradeLengths | None = None
    surveys: Sequence[SurveyRow] = ()
    structures: Sequence[Structure] = ()
    closures: Sequence[RoadClosure] = ()
    closed_now: frozenset[Any] = field(default_factory=frozenset)

    @property
    def stretch(self) -> ChainageRange | None:
        """The section's stretch of its route; None for other assets."""
        return stretch_of(self.section)


def stretch_of(section: RoadSection | None) -> ChainageRange | None:
    """Return the stretch of a section; None where there is none."""
    return ChainageRange(section.start_m, section.end_m) if section else None


def may_edit_parts(scope: Scope, asset: Asset) -> bool:
    """Whether the viewer may record surveys, structures and closures of the asset."""
    if asset.state == AssetState.DECOMMISSIONED:
        return False
    return scope.covers_area(asset.area_code, OFFICE_ROLES)


def section_page(scope: Scope, asset: Asset, today: datetime.date) -> SectionPage:
    """Return the condition, structures and closures of an asset that the viewer may see.

    At most seven statements, whatever the number of rows.
    """
    section = RoadSection.objects.filter(pk=asset.pk).first()
    stretches = _stretches(asset, section)
    closures = _closures(asset, today) if section else []
    return SectionPage(
        asset=asset,
        section=section,
        may_edit=may_edit_parts(scope, asset),
        stretches=stretches,
        lengths=_lengths(section, stretches) if section else None,
        surveys=_surveys(asset, section),
        structures=list(asset.structures.order_by("chainage_m", "pk")) if section else [],
        closures=closures,
        closed_now=frozenset(each.pk for each in closures if _is_in_force(each, today)),
    )


def _stretches(asset: Asset, section: RoadSection | None) -> list[Any]:
    rows = ConditionStretch.objects.filter(asset=asset).select_related("survey")
    if section is None:
        return list(rows)
    return list(on_sections(rows).order_by("start_m"))


def _lengths(section: RoadSection, stretches: Sequence[Any]) -> GradeLengths:
    by_grade = dict.fromkeys(ConditionGrade.values, Decimal(0))
    for stretch in stretches:
        if stretch.grade:
            by_grade[stretch.grade] += stretch.length_m
    stated = sum((each.length_m for each in stretches if each.is_stated), Decimal(0))
    return GradeLengths(1, section.end_m - section.start_m, by_grade, stated)


def _surveys(asset: Asset, section: RoadSection | None) -> list[SurveyRow]:
    found = ConditionSurvey.objects.filter(asset=asset).select_related("ruleset", "recorded_by")
    surveys = list(found.order_by("-surveyed_on", "-recorded_at", "-pk")[:SURVEYS_SHOWN])
    current = set(ConditionStretch.objects.filter(asset=asset).values_list("survey_id", flat=True))
    keys = {survey.ruleset_id for survey in surveys if survey.ruleset_id}
    numbers = verified_numbers(keys) if keys else {}
    return [
        SurveyRow(
            survey=survey,
            is_current=survey.pk in current,
            rating=rating_of(survey, section, numbers[survey.ruleset_id])
            if survey.ruleset_id
            else None,
        )
        for survey in surveys
    ]


def _closures(asset: Asset, today: datetime.date) -> list[RoadClosure]:
    """Return closures that are not over yet, and after them the latest of the past."""
    rows = RoadClosure.objects.filter(asset=asset).order_by("-from_date", "pk")
    open_ended = Q(until_date__isnull=True) | Q(until_date__gte=today)
    coming = list(rows.filter(open_ended))
    past = rows.exclude(open_ended)[:CLOSURES_SHOWN]
    return [*coming, *past]


def _is_in_force(closure: RoadClosure, today: datetime.date) -> bool:
    ends = closure.until_date
    return closure.from_date <= today and (ends is None or ends >= today)
