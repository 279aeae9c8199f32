"""The form of a new programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from sites.models import Programme

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Programme]
else:
    _ModelForm = forms.ModelForm


class ProgrammeForm(_ModelForm):
    """What a programme is: its code stays, because files and addresses name it."""

    class Meta:
        model = Programme
        fields = (
            "code",
            "name",
            "name_en",
            "year",
            "level",
            "kind",
            "unit",
            "category",
            "lead_organisation",
        )
