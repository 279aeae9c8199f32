"""The form of a saved view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maps.kinds import Audience
from maps.saved_pages import LONGEST_PATH, LONGEST_QUERY


class SavedViewForm(forms.Form):
    """A page under a name; with whom it may be shared is the service's to judge."""

    name = forms.CharField(label=_("Name"), max_length=120)
    audience = forms.ChoiceField(
        label=_("Shared with"), choices=Audience.choices, required=False, initial=Audience.OWN
    )
    path = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_PATH)
    query = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_QUERY, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_audience(self) -> str:
        """Keep a view for oneself where nothing else is said."""
        return str(self.cleaned_data["audience"] or Audience.OWN)

    def values(self) -> dict[str, Any]:
        """Return the view's columns."""
        return {name: self.cleaned_data[name] for name in ("name", "audience", "path", "query")}
