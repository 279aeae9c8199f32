"""Forms of monthly plans."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.models import MonthlyPlan
from oversight.months import parse_month
from oversight.plan_prefill import MOST_ITEMS, ItemValues, sites_of
from oversight.services.plan_access import FILING_KINDS
from sites.access import Scope, code_prefix_condition
from sites.forms import DayInput
from sites.kinds import OFFICE_ROLES, MilestoneKind
from sites.models import Area, Organisation, ProjectSite

SPARE_LINES = 5


class MonthField(forms.CharField):
    """A month as browsers write it: 2026-09."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-09"})

    def clean(self, value: Any) -> Any:
        """Return the first day of the month; raises `ValidationError`."""
        text = super().clean(value)
        try:
            return parse_month(text)
        except ValueError as error:
            raise forms.ValidationError(_("Give a month such as 2026-09.")) from error


class PlanStartForm(forms.Form):
    """Whose plan for which month."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Filed by"))
    month = MonthField(label=_("Month"), max_length=7)
    prefill = forms.BooleanField(
        label=_("Begin with the milestones that are due in the month"), required=False
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = filing_bodies(scope)  # type: ignore[attr-defined]

    def area(self) -> Area:
        """Return the area of the body that files."""
        area: Area = self.cleaned_data["organisation"].area
        return area


def filing_bodies(scope: Scope) -> Any:
    """Return the bodies for which a scope files: townships and departments of its own areas."""
    bodies = Organisation.objects.visible_to(scope).filter(
        kind__in=FILING_KINDS, area__isnull=False
    )
    if not scope.everything:
        own = code_prefix_condition("area__code", scope.area_codes(OFFICE_ROLES))
        bodies = bodies.filter(own)
    return bodies.select_related("area").defer("area__boundary").order_by("kind", "area__code")


class LineForm(forms.Form):
    """One line of a plan: a site by its code, and what is to be reached there."""

    site = forms.CharField(label=_("Site (code)"), max_length=60, required=False)
    milestone = forms.ChoiceField(
        label=_("Milestone"), choices=[("", "—"), *MilestoneKind.choices], required=False
    )
    due_on = forms.DateField(label=_("Due"), widget=DayInput(), required=False)
    percent = forms.DecimalField(
        label=_("Progress (%)"),
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        required=False,
    )
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=14, decimal_places=3, min_value=Decimal(0), required=False
    )
    money = forms.DecimalField(
        label=_("To be paid (yuan)"),
        max_digits=16,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class BaseLines(forms.BaseFormSet):  # type: ignore[type-arg]
    """The lines of a plan; one without a site is left out."""

    plan: MonthlyPlan
    scope: Scope

    def clean(self) -> None:
        """Find the sites by their codes, all in one statement."""
        codes = {form.cleaned_data.get("site", "") for form in self.forms if form.is_valid()}
        own = sites_of(self.plan.organisation, self.plan.area, self.scope)
        heavy = ("planned_geometry", "actual_geometry", "geometry_3857", "outline_3857")
        rows = own.filter(code__in=codes - {""}).defer(*heavy)
        self.found: dict[str, ProjectSite] = {site.code: site for site in rows}
        for form in self.forms:
            code = form.cleaned_data.get("site", "") if form.is_valid() else ""
            if code and code not in self.found:
                form.add_error("site", _("The body does not plan for this site."))

    def values(self) -> list[ItemValues]:
        """Return the lines that name a site and are not ticked to be left out."""
        return [
            ItemValues(
                site=self.found[given["site"]],
                milestone=given["milestone"],
                due_on=given["due_on"],
                percent=given["percent"],
                quantity=given["quantity"],
                money=given["money"],
                note=given["note"],
            )
            for given in (form.cleaned_data for form in self.forms)
            if given.get("site") and not given.get("DELETE")
        ]


def line_forms(plan: MonthlyPlan, scope: Scope, data: Any = None) -> BaseLines:
    """Return the lines of a plan as forms, with some spare ones."""
    factory = forms.formset_factory(
        LineForm,
        formset=BaseLines,
        extra=SPARE_LINES,
        max_num=MOST_ITEMS + SPARE_LINES,
        validate_max=True,
        can_delete=True,
    )
    columns = ("milestone", "due_on", "percent", "quantity", "money", "note")
    items = (
        plan.items.select_related("site")
        .only("site__code", "site__name", "site__name_en", *columns)
        .order_by("site__code")
    )
    initial = [
        {
            "site": item.site.code,
            "name": item.site.label,
            **{name: getattr(item, name) for name in columns},
        }
        for item in items
    ]
    lines: Any = factory(data, initial=initial, prefix="lines")
    lines.plan, lines.scope = plan, scope
    return lines  # type: ignore[no-any-return]


class PlanNoteForm(forms.Form):
    """What the plan says beside its lines, and the version that was read."""

    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class PlanMoveForm(forms.Form):
    """What is done with a plan: submit, return, confirm, close."""

    move = forms.ChoiceField(
        choices=[(name, name) for name in ("submit", "return", "confirm", "close", "remove")]
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)
