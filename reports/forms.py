"""Forms of reports and stated figures; what they take is checked again by the services."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from reports.kinds import SectionKind
from reports.models import FigureDefinition, ReportTemplate
from reports.periods import DECEMBER, Period
from sites.access import Scope
from sites.filter_values import ParameterError
from sites.forms import DayInput
from sites.kinds import AreaLevel, OrganisationKind, Role
from sites.models import Area, Organisation

YEARS_OFFERED = 6
MONTHS_OFFERED = 14
REPORTED_LEVELS = (AreaLevel.PROVINCE, AreaLevel.CITY, AreaLevel.DISTRICT, AreaLevel.TOWNSHIP)
STATING_KINDS = (
    OrganisationKind.LIVELIHOOD_OFFICE,
    OrganisationKind.LEAD_DEPARTMENT,
    OrganisationKind.TOWNSHIP,
)
LARGEST_VERSION = 2**31 - 1


def areas_reported(scope: Scope) -> Any:
    """Return the areas of which the scope's planner makes reports, the widest first."""
    areas = Area.objects.filter(level__in=REPORTED_LEVELS, valid_to__isnull=True)
    if not scope.everything and Role.DISTRICT_PLANNER not in scope.roles:
        return areas.none()
    return areas.administered_by(scope).order_by("code")


def periods_offered(today: datetime.date) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the periods that a form offers, the latest first, by length."""
    years = range(today.year, today.year - YEARS_OFFERED, -1)
    yield _t("Years"), [_offer(Period.of_year(year)) for year in years]
    halves = [Period.of_half(year, half) for year in years[:3] for half in (2, 1)]
    yield _t("Half-years"), [_offer(half) for half in halves if half.first <= today]
    months = [
        Period.of_month(*divmod_month(today.year * DECEMBER + today.month - 1 - back))
        for back in range(MONTHS_OFFERED)
    ]
    yield _t("Months"), [_offer(month) for month in months]


def divmod_month(number: int) -> tuple[int, int]:
    """Return year and month of a number of months since year 0."""
    return number // DECEMBER, number % DECEMBER + 1


def _offer(period: Period) -> tuple[str, str]:
    return period.as_text(), str(period)


class ReportForm(forms.Form):
    """From which template a report is made, of which area and period, as of which day."""

    template = forms.ModelChoiceField(label=_("Template"), queryset=ReportTemplate.objects.none())
    area = forms.ModelChoiceField(
        label=_("Area"), queryset=Area.objects.none(), to_field_name="code"
    )
    period = forms.ChoiceField(label=_("Period"))
    as_of = forms.DateField(label=_("Figures as of"), widget=DayInput())

    def __init__(self, *args: Any, scope: Scope, today: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        templates = ReportTemplate.objects.visible_to(scope).filter(is_active=True)
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas_reported(scope)  # type: ignore[attr-defined]
        self.fields["period"].choices = list(periods_offered(today))  # type: ignore[attr-defined]
        for name in ("template", "area"):
            self.fields[name].label_from_instance = lambda row: row.label  # type: ignore[attr-defined]
            self.fields[name].empty_label = None  # type: ignore[attr-defined]

    def clean_period(self) -> Period:
        """Return the period that was chosen."""
        try:
            return Period.parse(self.cleaned_data["period"])
        except ParameterError as error:
            raise forms.ValidationError(error.message, code=error.code) from error


class VersionForm(forms.Form):
    """The version that was read."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION)


class RefreshForm(VersionForm):
    """As of which day a draft is computed anew."""

    as_of = forms.DateField(label=_("Figures as of"), widget=DayInput())


class SignForm(VersionForm):
    """In whose name a report is signed."""

    signer_name = forms.CharField(label=_("Signed by (name)"), max_length=60)


class WithdrawForm(VersionForm):
    """Why a report is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=2000)


class SectionForm(VersionForm):
    """A section's heading and text in both languages, and what stands below it."""

    kind = forms.ChoiceField(label=_("Shows"), choices=SectionKind.choices)
    heading = forms.CharField(label=_("Heading"), max_length=200, required=False)
    body = forms.CharField(
        label=_("Text"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    heading_en = forms.CharField(label=_("Heading in English"), max_length=200, required=False)
    body_en = forms.CharField(
        label=_("Text in English"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class StatedForm(forms.Form):
    """Which body states which figure of which year, and what it says."""

    figure = forms.ModelChoiceField(
        label=_("Figure"), queryset=FigureDefinition.objects.none(), to_field_name="key"
    )
    organisation = forms.ModelChoiceField(
        label=_("Stated by"), queryset=Organisation.objects.none()
    )
    area = forms.ModelChoiceField(
        label=_("Area"), queryset=Area.objects.none(), to_field_name="code"
    )
    year = forms.IntegerField(label=_("Year"), min_value=1949, max_value=2100)
    value = forms.DecimalField(label=_("Value"), max_digits=24, decimal_places=6)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False)

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        figures = FigureDefinition.objects.visible_to(scope).order_by("key")
        bodies = Organisation.objects.visible_to(scope).filter(kind__in=STATING_KINDS)
        places = Area.objects.filter(level__in=REPORTED_LEVELS, valid_to__isnull=True)
        self.fields["figure"].queryset = figures  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = bodies.order_by("name")  # type: ignore[attr-defined]
        self.fields["area"].queryset = (  # type: ignore[attr-defined]
            places.administered_by(scope).order_by("code")
        )
        for name in ("figure", "organisation", "area"):
            self.fields[name].label_from_instance = lambda row: row.label  # type: ignore[attr-defined]


class StatedChangeForm(VersionForm):
    """Another value of a stated figure."""

    value = forms.DecimalField(label=_("Value"), max_digits=24, decimal_places=6)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False)
