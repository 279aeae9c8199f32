"""Forms of duties: a schedule of one asset, a patrol plan, a standard with its questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maintenance.kinds import PatrolKind
from maintenance.models import Agreement, ChecklistItem, UpkeepStandard
from maintenance.services.standards import MOST_ITEMS
from sites.forms import DayInput
from sites.models import Organisation

ITEM_FIELDS = (
    "text",
    "text_en",
    "points",
    "defect_kind",
    "severity",
    "opens_order",
    "order_kind",
    "order_priority",
    "order_hours",
)
SPARE_ITEMS = 3
"""Empty rows at the end of a checklist, so that a form without script can add questions."""


class ScheduleForm(forms.Form):
    """How often one asset is due for a duty, and when next."""

    frequency_days = forms.IntegerField(label=_("Every (days)"), min_value=1, max_value=3660)
    next_due_on = forms.DateField(label=_("Next due"), widget=DayInput())
    is_active = forms.BooleanField(label=_("In use"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def changes(self) -> dict[str, Any]:
        """Return what differs from what the form showed."""
        names = [name for name in self.changed_data if name != "version"]
        return {name: self.cleaned_data[name] for name in names}


class PlanForm(forms.Form):
    """A patrol plan over the assets that were chosen."""

    agreement = forms.ModelChoiceField(label=_("Agreement"), queryset=Agreement.objects.none())
    organisation = forms.ModelChoiceField(
        label=_("Who patrols"), queryset=Organisation.objects.none()
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=PatrolKind.choices, initial=PatrolKind.PERIODIC
    )
    frequency_days = forms.IntegerField(
        label=_("Every (days)"), min_value=1, max_value=3660, initial=30
    )
    next_due_on = forms.DateField(label=_("First due"), widget=DayInput())

    def __init__(self, *args: Any, agreements: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = agreements  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return the plan's columns."""
        names = ("name", "kind", "frequency_days", "next_due_on")
        return {name: self.cleaned_data[name] for name in names}


class StandardForm(forms.ModelForm):  # type: ignore[type-arg]
    """A standard; its code and kinds stay once it exists."""

    class Meta:
        model = UpkeepStandard
        fields = (
            "code",
            "name",
            "name_en",
            "asset_kind",
            "works_kind",
            "task",
            "frequency_days",
            "is_active",
            "source",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            for name in ("code", "asset_kind", "works_kind"):
                del self.fields[name]

    def _post_clean(self) -> None:
        """Leave the record alone: the service takes the values and checks every rule."""


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """One question; an empty one is none, a marked one is taken out."""

    removed = forms.BooleanField(label=_("Take out"), required=False)

    class Meta:
        model = ChecklistItem
        fields = ITEM_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False

    def _post_clean(self) -> None:
        """Leave the record alone: the service replaces what was changed."""

    def values(self) -> dict[str, Any] | None:
        """Return the question's columns; None for one that is empty or taken out."""
        given = self.cleaned_data
        if given.get("removed") or not given.get("text", "").strip():
            return None
        return {name: given[name] for name in ITEM_FIELDS}


def item_forms(items: Iterable[ChecklistItem], data: Any = None) -> list[ItemForm]:
    """Return a form for each question and some empty ones, as many as were sent."""
    standing = list(items)
    count = min(len(standing) + SPARE_ITEMS, MOST_ITEMS)
    if data is not None:
        count = min(sum(key.endswith("-text") for key in data), MOST_ITEMS)
    return [
        ItemForm(
            data,
            prefix=f"item{place}",
            instance=standing[place] if place < len(standing) else None,
        )
        for place in range(count)
    ]
