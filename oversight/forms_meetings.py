"""Forms of dispatch meetings and decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.kinds import MeetingLevel
from oversight.red_items import watched_sites
from sites.access import Scope, code_prefix_condition
from sites.forms import DayInput
from sites.kinds import OFFICE_ROLES, AreaLevel
from sites.models import Area, Organisation, ProjectSite


def version_field() -> forms.IntegerField:
    """Return the hidden version that a form was written against."""
    return forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


def meeting_areas(scope: Scope) -> Any:
    """Return the districts and townships whose office the scope is."""
    levels = (AreaLevel.DISTRICT, AreaLevel.TOWNSHIP)
    areas = Area.objects.filter(level__in=levels, valid_to__isnull=True)
    if not scope.everything:
        areas = areas.filter(code_prefix_condition("code", scope.area_codes(OFFICE_ROLES)))
    return areas.defer("boundary").order_by("code")


class MeetingForm(forms.Form):
    """What is known of a meeting before it is held."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"))
    level = forms.ChoiceField(label=_("Kind"), choices=MeetingLevel.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    held_on = forms.DateField(label=_("Day"), widget=DayInput())
    chair = forms.CharField(label=_("Chaired by"), max_length=60, required=False)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    attendees = forms.CharField(
        label=_("Attended by"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, scope: Scope, fixed_area: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed_area:
            del self.fields["area"]
            self.fields["version"] = version_field()
        else:
            self.fields["area"].queryset = meeting_areas(scope)  # type: ignore[attr-defined]


class SiteCodeField(forms.CharField):
    """A site by its code, among those that can stand on an agenda of the area."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)
        self.scope: Scope = Scope()
        self.area = ""

    def clean(self, value: Any) -> Any:
        """Return the site; raises `ValidationError`."""
        code = super().clean(value)
        if not code:
            return None
        heavy = ("planned_geometry", "actual_geometry", "geometry_3857", "outline_3857")
        rows = watched_sites(self.scope, self.area).defer(*heavy)
        site: ProjectSite | None = rows.filter(code=code).select_related("area").first()
        if site is None:
            raise forms.ValidationError(_("There is no such site in the area of the meeting."))
        return site


class AddForm(forms.Form):
    """A site that the office puts on the agenda, and what is to be spoken about."""

    site = SiteCodeField(label=_("Site (code)"))
    note = forms.CharField(label=_("What is to be spoken about"), max_length=1000)

    def __init__(self, *args: Any, scope: Scope, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["site"]
        field.scope, field.area = scope, area


class HoldForm(forms.Form):
    """That a meeting was held, and its minutes."""

    version = version_field()
    held_on = forms.DateField(label=_("Held on"), widget=DayInput())
    attendees = forms.CharField(
        label=_("Attended by"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    minutes = forms.CharField(
        label=_("Minutes"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )


class DecisionForm(forms.Form):
    """What was decided: what is to be done, by whom, until when."""

    site = SiteCodeField(
        label=_("Site (code)"), required=False, help_text=_("Empty for a decision at large.")
    )
    action = forms.CharField(
        label=_("What is to be done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("By which body"))
    person = forms.CharField(label=_("By whom"), max_length=60)
    due_on = forms.DateField(label=_("Until"), widget=DayInput())

    def __init__(self, *args: Any, scope: Scope, area: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["site"]
        field.scope, field.area = scope, area
        bodies = Organisation.objects.visible_to(scope).order_by("name")
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]


class DecisionMoveForm(forms.Form):
    """That a decision was carried out, is open again, or is taken back."""

    to_state = forms.ChoiceField(choices=[(s, s) for s in ("done", "open", "withdrawn")])
    version = version_field()
    done_on = forms.DateField(label=_("Done on"), widget=DayInput(), required=False)
    outcome = forms.CharField(label=_("What came of it"), max_length=2000, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)


class MarkForm(forms.Form):
    """Keep or strike an item of the agenda, with a note."""

    is_kept = forms.ChoiceField(choices=[("1", "1"), ("0", "0")], required=False)
    note = forms.CharField(label=_("Note"), max_length=1000, required=False)


class NarrowForm(forms.Form):
    """From how many days on an item stays on the agenda."""

    least_days = forms.IntegerField(label=_("Days"), min_value=1, max_value=9999)


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    version = version_field()
    reason = forms.CharField(label=_("Reason"), max_length=500)
