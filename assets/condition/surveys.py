"""Surveys under a rule set: what they come to today, and which of them still count."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from assets.condition.rating import Measurements, Rating, rate
from assets.kinds import CoefficientStatus
from assets.models import ConditionSurvey, RatingCoefficient, RoadSection


def verified_numbers(rulesets: Iterable[UUID]) -> dict[UUID, dict[str, Decimal]]:
    """Return the verified numbers of rule sets by their keys and symbols, in one query."""
    keys = set(rulesets)
    found: dict[UUID, dict[str, Decimal]] = {key: {} for key in keys}
    rows = RatingCoefficient.objects.filter(ruleset__in=keys, status=CoefficientStatus.VERIFIED)
    for key, symbol, value in rows.values_list("ruleset_id", "symbol", "value"):
        if value is not None:
            found[key][symbol] = value
    return found


def measurements_of(survey: ConditionSurvey, section: RoadSection | None) -> Measurements:
    """Return what a survey measured, with the section's pavement and class of today."""
    return Measurements(
        pavement=section.pavement if section else "",
        technical_class=section.technical_class if section else "",
        damage_percent=survey.damage_percent,
        iri_m_per_km=survey.iri_m_per_km,
        sci=survey.sci,
        bci=survey.bci,
        tci=survey.tci,
    )


def rating_of(
    survey: ConditionSurvey, section: RoadSection | None, verified: dict[str, Decimal]
) -> Rating:
    """Return what a survey comes to under the verified numbers of its rule set."""
    return rate(measurements_of(survey, section), verified)


def same_as_recorded(survey: ConditionSurvey, rating: Rating) -> bool:
    """Whether a rating says what the survey's row holds already."""
    if survey.computed_grade != rating.grade:
        return False
    return all(
        getattr(survey, name) == rating.indices.get(name) for name in ("pci", "rqi", "pqi", "mqi")
    )
