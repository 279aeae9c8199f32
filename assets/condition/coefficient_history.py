"""Who verified, corrected or withdrew a coefficient, and what it was before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from assets.kinds import CoefficientStatus
from assets.models import RatingCoefficient
from sites.history import FieldChange, history_source, latest_changes
from sites.history_words import ChangeSet, change_sets

LABELS: Final = {
    "value": _("Value"),
    "status": _("Status"),
    "source": _("Source document"),
    "verified_on": _("Verified on"),
}
MOST: Final = 200


def coefficient_history(coefficient: RatingCoefficient) -> list[ChangeSet]:
    """Return the changes of a coefficient in words, the newest first."""
    columns = {name: name for name in LABELS}
    source = history_source(RatingCoefficient, {"pk": coefficient.pk}, columns, LABELS)
    changes = latest_changes([source], limit=MOST)
    return change_sets([_exact(change) for change in changes], {})


def _exact(change: FieldChange) -> FieldChange:
    return replace(change, old=_words(change.old), new=_words(change.new))


def _words(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if value in CoefficientStatus.values:
        return str(CoefficientStatus(value).label)
    return value
