"""How a checklist is scored, and which answers it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assets.kinds import CheckResult
from assets.models import Asset
from maintenance.kinds import InspectionKind
from maintenance.models import ChecklistItem, UpkeepStandard
from maintenance.services.evidence import FieldEvidence
from sites.services.errors import RefusedByRegister

FULL_SCORE: Final = Decimal(100)
DAILY_WATCH: Final = frozenset({InspectionKind.PATROL})
"""Checks that the executor and the participant may make too; assessments do not count them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item: in order, not in order, or not applicable; where, and the proof."""

    item: ChecklistItem
    result: str
    chainage_m: Decimal | None = None
    note: str = ""
    photos: Sequence[FieldEvidence] = ()


def question_of(item: ChecklistItem) -> str:
    """Return an item's question in the language in force, else in Chinese."""
    return item.text_en if get_language() == "en" and item.text_en else item.text


def score_of(answers: Iterable[Answer]) -> Decimal:
    """Return 100 less the points of the failed items, never below 0: our choice."""
    lost = sum((a.item.points for a in answers if a.result == CheckResult.FAILED), Decimal(0))
    return max(FULL_SCORE - lost, Decimal(0))


def require_fitting(standard: UpkeepStandard, asset: Asset) -> None:
    """Raise `RefusedByRegister` for a standard of another kind of asset, or one not in use."""
    sentence = ""
    if standard.asset_kind != asset.kind:
        sentence = _("This standard is for another kind of asset.")
    elif not standard.is_active:
        sentence = _("This standard is no longer in use.")
    if sentence:
        raise RefusedByRegister([("standard", "does_not_fit", sentence)])


def require_complete(items: Mapping[UUID, ChecklistItem], answers: Sequence[Answer]) -> None:
    """Raise `RefusedByRegister` unless each item in use is answered once, and only those.

    A failed item is answered with what is wrong where the list cannot say it: nothing is asked
    for that a phone in the rain could not give.
    """
    given = [answer.item.pk for answer in answers]
    problems = []
    for answer in answers:
        if answer.item.pk not in items or given.count(answer.item.pk) > 1:
            problems.append(("answers", "unknown_item", _("Each item is answered once.")))
        if answer.result not in CheckResult.values:
            problems.append(("answers", "unknown_value", _("There is no such result.")))
    missing = [item for key, item in items.items() if key not in set(given)]
    problems += [
        ("answers", "missing", _("Not answered: %(question)s") % {"question": question_of(item)})
        for item in missing
    ]
    if problems:
        raise RefusedByRegister(problems)
