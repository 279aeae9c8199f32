"""Recording condition surveys, and rating them again once coefficients were verified."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from assets.condition.surveys import rating_of, same_as_recorded, verified_numbers
from assets.models import Asset, ConditionSurvey, RatingRuleset, RoadSection
from assets.services.asset_access import asset_locked, require_present
from assets.services.stretches import stretch_problems
from sites.access import Scope
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from assets.condition.rating import Rating

Problems = list[tuple[str, str, str]]
MEASURED: Final = ("damage_percent", "iri_m_per_km", "sci", "bci", "tci")
NOTHING_STATED: Final = {"stated_grade": "", "testing_body": "", "report_no": ""}
COPIED: Final = (
    "asset_id",
    "start_m",
    "end_m",
    "surveyed_on",
    "method",
    "ruleset_id",
    *MEASURED,
    "stated_grade",
    "testing_body",
    "report_no",
    "note",
)
MOST_AT_ONCE: Final = 2000
"""So many surveys are rated again in one transaction."""


@dataclass(frozen=True, slots=True)
class RatedAgain:
    """How many surveys got another rating, and whether some are left for the next time."""

    number: int
    is_complete: bool


@transaction.atomic
def survey_record(
    *,
    asset: Asset,
    values: Mapping[str, Any],
    actor: User,
    scope: Scope,
    on: datetime.date,
) -> ConditionSurvey:
    """Record what a survey found; it is never changed afterwards, a newer one supersedes it.

    `values` are columns of `ConditionSurvey` other than the computed ones. Indices and a grade
    are computed as far as the rule set's coefficients are verified. `supersedes` names a survey
    of the same asset that was recorded wrongly and counts no longer. Raises `NotPermitted`,
    `WrongMoment` or `RefusedByRegister` with every problem found.
    """
    current = asset_locked(asset, scope=scope)
    require_present(current)
    section = RoadSection.objects.filter(pk=current.pk).first()
    survey = ConditionSurvey(**{**NOTHING_STATED, **values}, asset=current, recorded_by=actor)
    problems = [*_problems(survey, section, on), *_correction_problems(survey)]
    if problems:
        raise RefusedByRegister(problems)
    if survey.ruleset_id:
        numbers = verified_numbers([survey.ruleset_id])[survey.ruleset_id]
        _set_rating(survey, rating_of(survey, section, numbers))
    save_checked(survey, force_insert=True)
    survey.refresh_from_db()
    return survey


@transaction.atomic
def surveys_rate_again(
    *, ruleset: RatingRuleset, actor: User, scope: Scope, most: int = MOST_AT_ONCE
) -> RatedAgain:
    """Rate the surveys of a rule set with the coefficients that are verified now.

    Each survey that comes to something else is superseded by a copy with the new rating, so
    that both stay on record. Raises `NotPermitted`.
    """
    if not scope.manages_register:
        raise NotPermitted
    held = RatingRuleset.objects.select_for_update().get(pk=ruleset.pk)
    numbers = verified_numbers([held.pk])[held.pk]
    surveys = ConditionSurvey.objects.filter(ruleset=held, corrections__isnull=True)
    surveys = surveys.filter(asset__removed_at__isnull=True, asset__in=_visible(scope))
    copies: list[ConditionSurvey] = []
    for survey in surveys.select_related("asset__road_section").order_by("pk").iterator():
        rating = rating_of(survey, getattr(survey.asset, "road_section", None), numbers)
        if same_as_recorded(survey, rating):
            continue
        if len(copies) == most:
            break
        copies.append(_copy(survey, rating, actor))
    else:
        ConditionSurvey.objects.bulk_create(copies)
        return RatedAgain(len(copies), is_complete=True)
    ConditionSurvey.objects.bulk_create(copies)
    return RatedAgain(len(copies), is_complete=False)


def _visible(scope: Scope) -> Any:
    return Asset.objects.visible_to(scope).values("pk")


def _copy(survey: ConditionSurvey, rating: Rating, actor: User) -> ConditionSurvey:
    copied = {name: getattr(survey, name) for name in COPIED}
    copy = ConditionSurvey(**copied, supersedes=survey, recorded_by=actor)
    _set_rating(copy, rating)
    return copy


def _set_rating(survey: ConditionSurvey, rating: Rating) -> None:
    survey.pci, survey.rqi, survey.pqi, survey.mqi = (
        rating.indices.get(name) for name in ("pci", "rqi", "pqi", "mqi")
    )
    survey.computed_grade = rating.grade


def _problems(survey: ConditionSurvey, section: RoadSection | None, on: datetime.date) -> Problems:
    problems: Problems = []
    if survey.surveyed_on is not None and survey.surveyed_on > on:
        problems.append(("surveyed_on", "in_future", _("The survey lies in the future.")))
    if section is None:
        problems += _only_for_roads(survey)
    else:
        problems += stretch_problems(section, survey.start_m, survey.end_m, optional=True)
    measured = any(getattr(survey, name) is not None for name in MEASURED)
    if not measured and not survey.stated_grade:
        sentence = _("Give what was measured, or the grade that the testing body states.")
        problems.append(("", "nothing_surveyed", sentence))
    return problems + _document_problems(survey)


def _only_for_roads(survey: ConditionSurvey) -> Problems:
    sentence = _("Only a road section has this.")
    given = (*MEASURED, "start_m", "end_m", "ruleset_id")
    return [
        (name.removesuffix("_id"), "only_for_roads", sentence)
        for name in given
        if getattr(survey, name) is not None
    ]


def _document_problems(survey: ConditionSurvey) -> Problems:
    if not survey.stated_grade:
        return []
    sentence = _("A stated grade needs the testing body and the number of its report.")
    return [
        (name, "required", sentence)
        for name in ("testing_body", "report_no")
        if not getattr(survey, name).strip()
    ]


def _correction_problems(survey: ConditionSurvey) -> Problems:
    wrong = survey.supersedes
    if wrong is None:
        return []
    if wrong.asset_id != survey.asset_id:
        sentence = _("The survey that is corrected belongs to another asset.")
        return [("supersedes", "other_asset", sentence)]
    if wrong.corrections.exists():
        return [("supersedes", "corrected", _("This survey was corrected before."))]
    return []
