"""The form of a piece of information filed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oversight.models import InfoSubmission
from sites.access import Scope, code_prefix_condition
from sites.forms import DayInput, FactsForm
from sites.kinds import OFFICE_ROLES, OrganisationKind
from sites.models import Area, Organisation

FILERS = (
    OrganisationKind.LIVELIHOOD_OFFICE,
    OrganisationKind.LEAD_DEPARTMENT,
    OrganisationKind.TOWNSHIP,
)
"""Bodies that file information."""


class InformationForm(FactsForm):
    """What was sent where and when, and what was published of it."""

    own_fields = ("version",)

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    link = forms.URLField(label=_("Link"), max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = InfoSubmission
        fields = (
            "area",
            "organisation",
            "title",
            "sent_to",
            "sent_on",
            "published_on",
            "published_in",
            "link",
        )
        widgets = {"sent_on": DayInput(), "published_on": DayInput()}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(level__in=["district", "township"], valid_to__isnull=True)
        bodies = Organisation.objects.visible_to(scope).filter(kind__in=FILERS)
        if not scope.everything:
            codes = scope.area_codes(OFFICE_ROLES)
            areas = areas.filter(code_prefix_condition("code", codes))
            inside = code_prefix_condition("area__code", codes)
            bodies = bodies.filter(inside | Q(area__isnull=True) | Q(kind=FILERS[1]))
        self.fields["area"].queryset = areas.defer("boundary").order_by("code")  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = bodies.order_by("kind", "name")  # type: ignore[attr-defined]
