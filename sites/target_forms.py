"""Forms of targets and service records: only what the viewer may use is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.access import Scope, code_prefix_condition
from sites.forms import DayInput
from sites.kinds import OFFICE_ROLES, AreaLevel, OrganisationKind, ProgrammeKind, Role
from sites.models import Area, Organisation, Programme, ServiceRecord, Target

if TYPE_CHECKING:
    _TargetForm = forms.ModelForm[Target]
    _RecordForm = forms.ModelForm[ServiceRecord]
    _AreaChoice = forms.ModelChoiceField[Area]
else:
    _TargetForm = _RecordForm = forms.ModelForm
    _AreaChoice = forms.ModelChoiceField

PROVIDERS = (
    OrganisationKind.COMPANY,
    OrganisationKind.ASSOCIATION,
    OrganisationKind.COOPERATIVE,
    OrganisationKind.THIRD_PARTY,
    OrganisationKind.CONSULTED,
    OrganisationKind.LEAD_DEPARTMENT,
)


class AreaChoiceField(_AreaChoice):
    """Areas by code and name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with the level that it stands on."""
        return f"{obj.label} · {obj.code}"


def areas_of(scope: Scope, roles: tuple[Role, ...]) -> Any:
    """Return the districts and townships of the given roles, by code, without their outlines."""
    found = Area.objects.visible_to(scope).filter(
        level__in=[AreaLevel.DISTRICT, AreaLevel.TOWNSHIP], valid_to__isnull=True
    )
    if not scope.everything:
        found = found.filter(code_prefix_condition("code", scope.area_codes(roles)))
    return found.defer("boundary", "centre").order_by("code")


class TargetForm(_TargetForm):
    """A target; what it is of stays once it exists."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Target
        fields = ("programme", "area", "year", "measure", "assigned", "document_number", "note")
        field_classes = {"area": AreaChoiceField}
        labels = {"measure": pgettext_lazy("target", "What is measured")}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        programmes = Programme.objects.visible_to(scope)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas_of(scope, (Role.DISTRICT_PLANNER,))  # type: ignore[attr-defined]
        self.fields["assigned"].help_text = _(
            "A quantity is in the programme's unit, a rate in percent."
        )
        if not self.instance._state.adding:
            for name in ("programme", "area", "year", "measure"):
                del self.fields[name]

    def _post_clean(self) -> None:
        """Leave the rules to the service, which asks for all of them."""

    def values(self) -> dict[str, Any]:
        """Return the target's columns."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class ServiceRecordForm(_RecordForm):
    """A service record: counts and amounts, never names."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ServiceRecord
        fields = (
            "programme",
            "area",
            "title",
            "starts_on",
            "ends_on",
            "people",
            "households",
            "passed",
            "certified",
            "amount",
            "provider",
            "note",
        )
        field_classes = {"area": AreaChoiceField}
        labels = {
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "people": pgettext_lazy("service", "People"),
            "households": pgettext_lazy("service", "Households"),
        }
        widgets = {
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        programmes = Programme.objects.visible_to(scope).exclude(kind=ProgrammeKind.ENGINEERING)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas_of(scope, OFFICE_ROLES)  # type: ignore[attr-defined]
        bodies = Organisation.objects.visible_to(scope).filter(Q(kind__in=PROVIDERS))
        self.fields["provider"].queryset = bodies.order_by("name")  # type: ignore[attr-defined]
        self.fields["people"].help_text = _("Those paid, trained or served; a count, no names.")
        for name in ("passed", "certified"):
            self.fields[name].help_text = _("Training only.")
        if not self.instance._state.adding:
            del self.fields["programme"]

    def _post_clean(self) -> None:
        """Leave the rules to the service, which asks for all of them."""

    def values(self) -> dict[str, Any]:
        """Return the record's columns."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class ReviewForm(forms.Form):
    """What the office says to a record."""

    verdict = forms.ChoiceField(choices=[("verified", ""), ("returned", "")])
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed for sending the record back."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
