"""Forms of the pages of work orders: issuing, moving, costs, several at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assets.forms_placed import PlacedForm
from maintenance.forms_defects import ChainageField, moment_field
from maintenance.kinds import (
    CostKind,
    DefectKind,
    FundingSource,
    OrderKind,
    PriceBasis,
    Priority,
    QuantityUnit,
)
from maintenance.models import Agreement, Defect
from maintenance.services import PlannedQuantity
from sites.forms import DayInput

QUANTITY_LINES = 4
DAYS_BY_PRIORITY = {Priority.NORMAL: 7, Priority.HIGH: 3, Priority.URGENT: 2}
"""Until when an order is due unless somebody says otherwise: our choice."""


def due_for(priority: str) -> datetime.datetime:
    """Return the time limit that a form offers for a priority."""
    days = DAYS_BY_PRIORITY[Priority(priority)]
    return (timezone.localtime() + datetime.timedelta(days=days)).replace(second=0, microsecond=0)


def _money(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=14, decimal_places=2, **options
    )


class OrderForm(PlacedForm):
    """A work order on one asset."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=OrderKind.choices, initial=OrderKind.MINOR_REPAIR
    )
    priority = forms.ChoiceField(
        label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL
    )
    due_at = moment_field(
        _("Due"), help_text=_("We suggest 7 days, 3 for high and 2 for urgent: our choice.")
    )
    agreement = forms.ModelChoiceField(
        label=_("Under agreement"), queryset=Agreement.objects.none()
    )
    start_m = ChainageField(label=_("From chainage"), required=False, help_text=_("Like K0+100."))
    end_m = ChainageField(label=_("To chainage"), required=False, help_text=_("Like K0+350."))
    description = forms.CharField(
        label=_("Details"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    estimate = _money(_("Estimate (yuan)"))
    agreed_price = _money(
        _("Agreed price (yuan)"), help_text=_("What this order is paid, for it is paid by order.")
    )
    defects = forms.ModelMultipleChoiceField(
        label=_("Defects to be repaired"),
        queryset=Defect.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        agreements: Sequence[Agreement],
        defects: Any,
        is_road: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        keys = [agreement.pk for agreement in agreements]
        chosen = self.fields["agreement"]
        chosen.queryset = Agreement.objects.filter(pk__in=keys).order_by("number")  # type: ignore[attr-defined]
        chosen.empty_label = None  # type: ignore[attr-defined]
        self.fields["defects"].queryset = defects  # type: ignore[attr-defined]
        if not any(entry.price_basis == PriceBasis.PER_ORDER for entry in agreements):
            del self.fields["agreed_price"]
        if not is_road:
            del self.fields["start_m"], self.fields["end_m"]
        for line in range(1, QUANTITY_LINES + 1):
            self._add_line(line)

    def _add_line(self, line: int) -> None:
        self.fields[f"item_{line}"] = forms.CharField(
            label=_("Item"), required=False, max_length=120
        )
        self.fields[f"unit_{line}"] = forms.ChoiceField(
            label=_("Unit"), required=False, choices=[("", "—"), *QuantityUnit.choices]
        )
        self.fields[f"planned_{line}"] = forms.DecimalField(
            label=pgettext_lazy("quantity", "Planned"),
            required=False,
            min_value=0,
            max_digits=12,
            decimal_places=2,
        )

    def main_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand above defects and quantities."""
        lines = {field.name for line in self.quantity_lines() for field in line}
        return [f for f in self.visible_fields() if f.name not in lines and f.name != "defects"]

    def quantity_lines(self) -> list[list[forms.BoundField]]:
        """Return item, unit and amount of each line."""
        names = ("item", "unit", "planned")
        return [[self[f"{name}_{line}"] for name in names] for line in range(1, QUANTITY_LINES + 1)]

    def clean(self) -> dict[str, Any]:
        """Ask for the unit of every item that is named, and for the item of every amount."""
        values: dict[str, Any] = super().clean() or {}
        for line in range(1, QUANTITY_LINES + 1):
            item, unit = values.get(f"item_{line}"), values.get(f"unit_{line}")
            if item and not unit:
                self.add_error(f"unit_{line}", _("Choose a unit."))
            if not item and values.get(f"planned_{line}") is not None:
                self.add_error(f"item_{line}", _("Name the item."))
        return values

    def quantities(self) -> list[PlannedQuantity]:
        """Return the quantities that are named."""
        given = self.cleaned_data
        return [
            PlannedQuantity(given[f"item_{n}"], given[f"unit_{n}"], given[f"planned_{n}"])
            for n in range(1, QUANTITY_LINES + 1)
            if given[f"item_{n}"]
        ]

    def values(self) -> dict[str, Any]:
        """Return what the service takes."""
        names = ("title", "kind", "priority", "due_at", "agreement", "description", "estimate")
        optional = ("start_m", "end_m", "agreed_price")
        given = self.cleaned_data
        return {
            **{name: given[name] for name in names},
            **{name: given.get(name) for name in optional},
            "defects": list(given["defects"]),
            "quantities": self.quantities(),
            "point": self.point(),
        }


def label_of_defect(defect: Defect) -> str:
    """Return a defect in one line, as a list offers it."""
    return f"#{defect.number} {DefectKind(defect.kind).label}"


class MoveForm(forms.Form):
    """A move of an order, at the version that its page showed."""

    to_state = forms.CharField(max_length=20, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, positions: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.positions = tuple(positions)
        for position in self.positions:
            self.fields[f"done_{position}"] = forms.DecimalField(
                label=pgettext_lazy("quantity", "Done"),
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=2,
            )

    def done(self) -> dict[int, Decimal]:
        """Return how much was done, by position, as far as it was filled in."""
        given = {n: self.cleaned_data.get(f"done_{n}") for n in self.positions}
        return {position: amount for position, amount in given.items() if amount is not None}


class CostForm(forms.Form):
    """A cost of an order or an asset, in yuan."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CostKind.choices)
    source = forms.ChoiceField(label=_("Paid from"), choices=FundingSource.choices)
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2
    )
    incurred_on = forms.DateField(label=_("Date"), widget=DayInput())
    note = forms.CharField(label=_("Note"), required=False, max_length=200)


class BulkIssueForm(forms.Form):
    """What several work orders for chosen defects have in common."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=OrderKind.choices, initial=OrderKind.MINOR_REPAIR
    )
    priority = forms.ChoiceField(
        label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL
    )
    due_at = moment_field(_("Due"))

    def clean_due_at(self) -> datetime.datetime:
        """Refuse a time limit that has passed."""
        due: datetime.datetime = self.cleaned_data["due_at"]
        if due <= timezone.now():
            raise ValidationError(_("An order is due after it was issued."))
        return due
