"""Forms of progress: an entry with quantity, photos and place, and the office's word on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.forms_photos import PhotosField
from assets.forms_placed import PlacedForm
from sites.forms import DayInput
from sites.kinds import ProgressVerdict
from sites.models import ProjectSite

LONGEST_NOTE = 2000


class ProgressEntryForm(PlacedForm):
    """Progress of one site on a day, with what proves it."""

    percent = forms.DecimalField(
        label=_("Progress (%)"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    quantity = forms.DecimalField(
        label=_("Quantity built so far"),
        min_value=0,
        max_digits=14,
        decimal_places=3,
        required=False,
    )
    on = forms.DateField(label=_("Reported on"), widget=DayInput())
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say why when progress falls."),
    )
    photos = PhotosField(required=False)

    def __init__(self, *args: Any, site: ProjectSite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = site.programme.get_unit_display()
        self.fields["quantity"].help_text = _("In %(unit)s, as the programme counts.") % {
            "unit": unit
        }

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields before place and photos."""
        return [self[name] for name in ("percent", "quantity", "on", "note")]

    def clean_on(self) -> Any:
        """Nothing is reported from the future."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."), code="in_the_future")
        return day

    def values(self) -> dict[str, Any]:
        """Return what the service takes, but for the photos."""
        names = ("percent", "quantity", "on", "note")
        given = {name: self.cleaned_data[name] for name in names}
        return {**given, "position": self.point(), "accuracy_m": self.accuracy()}


class ProgressReviewForm(forms.Form):
    """Whether an entry counts."""

    verdict = forms.ChoiceField(choices=ProgressVerdict.choices)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed to return an entry, and where progress falls by it."),
    )
