"""Forms of the responsibility matrix."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.kinds import ResponsibleRole
from sites.access import Scope
from sites.forms import DayInput
from sites.models import Organisation


class NameForm(forms.Form):
    """Who answers in which role from which day on."""

    role = forms.ChoiceField(label=_("Role"), choices=ResponsibleRole.choices)
    person = forms.CharField(label=_("Person"), max_length=60)
    post = forms.CharField(label=_("Post"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        help_text=_("Shown to the office only."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False
    )
    starts_on = forms.DateField(
        label=_("From"),
        widget=DayInput(),
        help_text=_("Whoever held the role before ends the day before."),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.visible_to(scope).order_by("name")
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """On which day a person answered last."""

    ends_on = forms.DateField(label=_("Last day"), widget=DayInput())
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
