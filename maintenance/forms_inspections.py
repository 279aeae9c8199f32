"""The form of an inspection: a checklist that a thumb can answer, with photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms_photos import PhotosField
from assets.forms_placed import PlacedForm
from assets.kinds import CheckResult
from maintenance.forms_defects import LONGEST_TEXT, ChainageField, moment_field
from maintenance.inspection_rules import Answer, question_of
from maintenance.kinds import InspectionKind
from maintenance.models import ChecklistItem

PHOTOS_PER_ITEM = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One item of the list as the page shows it."""

    item: ChecklistItem
    result: forms.BoundField
    note: forms.BoundField
    photos: forms.BoundField
    chainage: forms.BoundField | None

    @property
    def is_open(self) -> bool:
        """Whether the details are shown: where something was not in order, or is wrong."""
        fields = [self.note, self.photos, *([self.chainage] if self.chainage else [])]
        return self.result.value() == CheckResult.FAILED or any(f.errors for f in fields)


class InspectionForm(PlacedForm):
    """An inspection of one asset by one standard."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of inspection"))
    inspected_at = moment_field(_("Inspected"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        items: Sequence[ChecklistItem],
        kinds: Sequence[InspectionKind],
        is_road: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.is_road = list(items), is_road
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        for item in self.items:
            self._add(item)

    def _add(self, item: ChecklistItem) -> None:
        key = item.pk.hex
        self.fields[f"result-{key}"] = forms.ChoiceField(
            label=question_of(item), choices=CheckResult.choices, widget=forms.RadioSelect
        )
        self.fields[f"note-{key}"] = forms.CharField(
            label=_("What is wrong"), required=False, max_length=LONGEST_TEXT
        )
        self.fields[f"photos-{key}"] = PhotosField(required=False, most=PHOTOS_PER_ITEM)
        if self.is_road:
            self.fields[f"chainage-{key}"] = ChainageField(required=False)

    def checks(self) -> list[Check]:
        """Return the items with their fields, in the order of the list."""
        return [
            Check(
                item,
                self[f"result-{item.pk.hex}"],
                self[f"note-{item.pk.hex}"],
                self[f"photos-{item.pk.hex}"],
                self[f"chainage-{item.pk.hex}"] if self.is_road else None,
            )
            for item in self.items
        ]

    def head_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand before the list."""
        return [self["kind"], self["inspected_at"]]

    def answers(self) -> list[Answer]:
        """Return the answers as the service takes them."""
        given = self.cleaned_data
        return [
            Answer(
                item=item,
                result=given[f"result-{item.pk.hex}"],
                chainage_m=given.get(f"chainage-{item.pk.hex}"),
                note=given[f"note-{item.pk.hex}"],
                photos=given[f"photos-{item.pk.hex}"],
            )
            for item in self.items
        ]

    def values(self) -> dict[str, Any]:
        """Return what the service takes beside the asset and the standard."""
        given = self.cleaned_data
        return {
            "identifier": given["entry"],
            "kind": given["kind"],
            "inspected_at": given["inspected_at"],
            "note": given["note"],
            "answers": self.answers(),
            "position": self.point(),
            "accuracy_m": self.accuracy(),
        }
