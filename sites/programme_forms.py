"""The forms of programmes: a new one, and its facts and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sites.models import Programme

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Programme]
else:
    _ModelForm = forms.ModelForm

FACTS = ("name", "name_en", "year", "level", "kind", "measure", "unit", "category")
TEXTS = ("policy_text", "beneficiaries_text", "procedure_text")


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


class ProgrammeEditForm(_ModelForm):
    """The facts of a programme, and what the public is told of it once it is published."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Programme
        fields = (*FACTS, "lead_organisation", *TEXTS, "is_published")
        widgets = {name: forms.Textarea(attrs={"rows": 7}) for name in TEXTS}
        help_texts = {
            "is_published": _(
                "Everybody can then read the three texts without signing in. All three are needed."
            ),
        }

    def _post_clean(self) -> None:
        """Leave the rules to the service, which asks for all of them."""

    def values(self) -> dict[str, Any]:
        """Return the programme's columns."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}
