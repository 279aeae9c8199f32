"""Forms of payments and assessments; what they take is checked again by the services."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from maintenance.assessment_proposal import MOST_LINES
from maintenance.kinds import PaymentState
from maintenance.models import Agreement, Defect, Inspection
from maintenance.services import LostPoints
from sites.access import Scope
from sites.forms import DayInput

SPARE_LINES = 5
FULL_SCORE = Decimal(100)


class PaymentMoveForm(forms.Form):
    """Where to; `paid` needs document and day, going back needs a reason."""

    to_state = forms.ChoiceField(choices=PaymentState.choices)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)
    document_no = forms.CharField(label=_("Payment document"), max_length=80, required=False)
    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput(), required=False)


class DeductionForm(forms.Form):
    """An amount that is taken off, and why."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), max_digits=14, decimal_places=2, min_value=Decimal("0.01")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReasonForm(forms.Form):
    """A version that was read, and a reason."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class AssessmentForm(forms.Form):
    """A score is what the lost points leave of 100: each line has points, a cause and evidence.

    A line without points and cause is left out; what the period's records suggest is filled in.
    """

    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    supersedes = forms.UUIDField(required=False, widget=forms.HiddenInput)
    places = forms.IntegerField(
        min_value=1, max_value=MOST_LINES + SPARE_LINES, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, agreement: Agreement, scope: Scope, lines: int) -> None:
        initial = args[1] if len(args) > 1 else None
        super().__init__(args[0] if args else None, initial=initial)
        self.agreement, self.scope = agreement, scope
        self.lines_shown = range(min(lines, MOST_LINES + SPARE_LINES))
        for place in self.lines_shown:
            self.fields[f"points_{place}"] = forms.DecimalField(
                label=_("Points lost"),
                required=False,
                max_digits=5,
                decimal_places=2,
                min_value=Decimal(0),
                max_value=FULL_SCORE,
                widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
            )
            self.fields[f"cause_{place}"] = forms.CharField(
                label=_("Cause"), required=False, max_length=200
            )
            for name in ("inspection", "defect"):
                self.fields[f"{name}_{place}"] = forms.UUIDField(
                    required=False, widget=forms.HiddenInput
                )

    @property
    def rows(self) -> list[dict[str, forms.BoundField]]:
        """The fields of each line."""
        names = ("points", "cause", "inspection", "defect")
        return [{name: self[f"{name}_{place}"] for name in names} for place in self.lines_shown]

    def clean(self) -> dict[str, Any]:
        """Ask for the cause of each lost point."""
        values: dict[str, Any] = super().clean() or {}
        for place in self.lines_shown:
            if values.get(f"points_{place}") and not values.get(f"cause_{place}"):
                self.add_error(f"cause_{place}", _("Say why these points were lost."))
        return values

    def lines(self) -> list[LostPoints]:
        """Return the lines with points, each with the record that shows it."""
        given = self.cleaned_data
        used = [place for place in self.lines_shown if given.get(f"points_{place}")]
        inspections = self._records(Inspection, "inspection")
        defects = self._records(Defect, "defect")
        return [
            LostPoints(
                given[f"points_{place}"],
                given[f"cause_{place}"],
                inspections.get(given[f"inspection_{place}"]),
                defects.get(given[f"defect_{place}"]),
            )
            for place in used
        ]

    def score(self) -> Decimal:
        """Return what the lost points leave of 100."""
        return FULL_SCORE - sum((line.points for line in self.lines()), Decimal(0))

    def _records(self, model: Any, name: str) -> dict[UUID, Any]:
        keys = [self.cleaned_data[f"{name}_{place}"] for place in self.lines_shown]
        rows = model.objects.visible_to(self.scope).filter(
            agreement=self.agreement, pk__in=[key for key in keys if key]
        )
        return {row.pk: row for row in rows}
