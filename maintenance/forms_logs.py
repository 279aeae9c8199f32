"""The form of a field entry: works on a phone and without script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.forms_photos import PhotosField
from assets.forms_placed import PlacedForm
from assets.kinds import PhotoStage
from maintenance.forms_defects import ChainageField, moment_field
from maintenance.kinds import QuantityUnit, UpkeepTask
from maintenance.log_entry import StagedPhoto

PHOTOS_A_STAGE = 4


class LogForm(PlacedForm):
    """What was done, with photos from before, during and after the work."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    task = forms.ChoiceField(label=_("Task"), choices=UpkeepTask.choices)
    device_time = moment_field(_("When"))
    chainage_m = ChainageField(required=False)
    quantity = forms.DecimalField(
        label=_("Quantity"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", "—"), *QuantityUnit.choices]
    )
    labour_days = forms.DecimalField(
        label=_("Labour-days"), required=False, min_value=0, max_digits=7, decimal_places=2
    )
    material = forms.CharField(label=_("Material"), required=False, max_length=200)
    note = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    before = PhotosField(label=_("Photos before the work"), required=False, most=PHOTOS_A_STAGE)
    during = PhotosField(label=_("Photos during the work"), required=False, most=PHOTOS_A_STAGE)
    after = PhotosField(label=_("Photos after the work"), required=False, most=PHOTOS_A_STAGE)

    def __init__(self, *args: Any, is_road: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_road:
            del self.fields["chainage_m"]

    def clean(self) -> dict[str, Any]:
        """Ask for the unit of a quantity."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("quantity") is not None and not values.get("unit"):
            self.add_error("unit", _("Choose a unit."))
        return values

    def first_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand before position and photos."""
        return [f for f in self.visible_fields() if f.name not in PhotoStage.values]

    def photo_fields(self) -> list[forms.BoundField]:
        """Return the photo fields, in the order of the work."""
        return [self[stage] for stage in PhotoStage.values]

    def staged_photos(self) -> list[StagedPhoto]:
        """Return the photos with their stages."""
        given = self.cleaned_data
        return [(photo, stage) for stage in PhotoStage.values for photo in given[stage]]

    def values(self) -> dict[str, Any]:
        """Return what a `LogEntry` takes of the form."""
        names = ("task", "device_time", "quantity", "unit", "labour_days", "material", "note")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "chainage_m": self.cleaned_data.get("chainage_m"),
            "position": self.point(),
            "accuracy_m": self.accuracy(),
            "photos": self.staged_photos(),
        }


class ReviewForm(forms.Form):
    """Whether an entry counts; returning needs a reason."""

    verdict = forms.CharField(max_length=10, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
