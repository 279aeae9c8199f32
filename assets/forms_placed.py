"""A form that a phone may give its position to."""

from __future__ import annotations

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from assets.models.photo import LARGEST_ACCURACY_M
from sites.geometry import STORED_SRID


class PlacedForm(forms.Form):
    """A form that a phone may give its position to; a browser without script sends none."""

    longitude = forms.FloatField(
        required=False, min_value=-180, max_value=180, widget=forms.HiddenInput
    )
    latitude = forms.FloatField(
        required=False, min_value=-85, max_value=85, widget=forms.HiddenInput
    )
    accuracy_m = forms.FloatField(
        required=False, min_value=0, max_value=LARGEST_ACCURACY_M, widget=forms.HiddenInput
    )

    def full_clean(self) -> None:
        """Say above the form what is wrong with fields that nobody sees."""
        super().full_clean()
        wrong = {field.name for field in self.hidden_fields()} & set(self.errors)
        if wrong & {"longitude", "latitude", "accuracy_m"}:
            self.add_error(None, _("The position cannot be used. Go on without it."))
        elif wrong:
            self.add_error(None, _("The form has expired. Load the page again."))

    def point(self) -> Point | None:
        """Return the position, None when there is none or only half of it."""
        longitude = self.cleaned_data.get("longitude")
        latitude = self.cleaned_data.get("latitude")
        if longitude is None or latitude is None:
            return None
        return Point(longitude, latitude, srid=STORED_SRID)

    def accuracy(self) -> float | None:
        """Return the accuracy of the position in metres."""
        found: float | None = self.cleaned_data.get("accuracy_m")
        return found if self.point() else None
