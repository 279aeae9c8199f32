"""Forms of a section's page: surveys, structures and closures; and of a coefficient."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assets.chainage import Chainage, ChainageError, ChainageRange
from assets.kinds import ClosureKind, ConditionGrade, StructureKind, SurveyMethod
from assets.models import RatingRuleset
from sites.forms import DayInput
from sites.geometry import STORED_SRID


class ChainageField(forms.CharField):
    """A chainage written as K12+345; the value is metres."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 12)
        options.setdefault("widget", forms.TextInput(attrs={"placeholder": "K0+000"}))
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Return metres along the route, None for nothing."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Chainage.parse(text).metres
        except ChainageError as error:
            raise ValidationError(error.reason, code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        """Return metres as they are written."""
        return str(Chainage(value)) if isinstance(value, Decimal) else value


class SectionForm(forms.Form):
    """A form of something that lies on a section: it says between which chainages."""

    def __init__(self, *args: Any, stretch: ChainageRange | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if stretch is None:
            return
        for field in self.fields.values():
            if isinstance(field, ChainageField):
                field.help_text = _now("The section is %(stretch)s.") % {"stretch": stretch}


def _number(label: Any, digits: int, places: int, highest: int, **options: Any) -> Any:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=digits,
        decimal_places=places,
        min_value=0,
        max_value=highest,
        **options,
    )


def _text(label: Any, rows: int = 2, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class SurveyForm(SectionForm):
    """What a survey found: measurements, or the grade that a testing body states."""

    start_m = ChainageField(label=_("From chainage"), required=False)
    end_m = ChainageField(label=_("To chainage"), required=False)
    surveyed_on = forms.DateField(label=_("Surveyed on"), widget=DayInput())
    method = forms.ChoiceField(label=_("Method"), choices=SurveyMethod.choices)
    ruleset: forms.ModelChoiceField[RatingRuleset] = forms.ModelChoiceField(
        label=_("Rule set"),
        queryset=RatingRuleset.objects.none(),
        required=False,
        help_text=_("Indices are computed only from verified coefficients."),
    )
    damage_percent = _number(_("Damage ratio DR (%)"), 6, 3, 100)
    iri_m_per_km = _number(_("Roughness IRI (m/km)"), 6, 3, 50)
    sci = _number("SCI", 5, 2, 100)
    bci = _number("BCI", 5, 2, 100)
    tci = _number("TCI", 5, 2, 100)
    stated_grade = forms.ChoiceField(
        label=_("Grade stated by the testing body"),
        choices=[("", "—"), *ConditionGrade.choices],
        required=False,
        help_text=_("Shown as stated, not as computed here."),
    )
    testing_body = forms.CharField(label=_("Testing body"), max_length=120, required=False)
    report_no = forms.CharField(label=_("Report number"), max_length=80, required=False)
    note = _text(_("Note"), required=False)

    ONLY_FOR_ROADS = (
        "start_m",
        "end_m",
        "ruleset",
        "damage_percent",
        "iri_m_per_km",
        "sci",
        "bci",
        "tci",
    )

    def __init__(self, *args: Any, stretch: ChainageRange | None = None, **options: Any) -> None:
        super().__init__(*args, stretch=stretch, **options)
        if stretch is None:
            for name in self.ONLY_FOR_ROADS:
                del self.fields[name]
            return
        self.fields["ruleset"].queryset = RatingRuleset.objects.order_by("code")  # type: ignore[attr-defined]
        words = {"stretch": stretch}
        self.fields["start_m"].help_text = _now("Leave both empty for all of %(stretch)s.") % words
        self.fields["end_m"].help_text = ""


class StructureForm(SectionForm):
    """A structure: where it is by chainage, by position, or by both."""

    kind = forms.ChoiceField(label=_("Kind"), choices=StructureKind.choices)
    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    code = forms.CharField(label=_("Code"), max_length=60, required=False)
    chainage_m = ChainageField(label=_("Chainage"), required=False)
    longitude = forms.FloatField(
        label=_("Longitude (degrees)"), min_value=-180, max_value=180, required=False
    )
    latitude = forms.FloatField(
        label=_("Latitude (degrees)"),
        min_value=-85,
        max_value=85,
        required=False,
        help_text=_("Without a position, the structure is put on the line at its chainage."),
    )
    length_m = _number(_("Length (m)"), 8, 2, 100_000)
    span_m = _number(_("Span (m)"), 8, 2, 100_000)
    rating_class = forms.IntegerField(
        label=_("Technical condition class (1 to 5)"), min_value=1, max_value=5, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Make a point of longitude and latitude, which come together."""
        values: dict[str, Any] = super().clean() or {}
        longitude, latitude = values.pop("longitude", None), values.pop("latitude", None)
        if (longitude is None) != (latitude is None):
            missing = "latitude" if latitude is None else "longitude"
            self.add_error(missing, _("Give longitude and latitude, or neither."))
        elif longitude is not None and latitude is not None:
            values["point"] = Point(longitude, latitude, srid=STORED_SRID)
        return values


class ClosureForm(SectionForm):
    """A closure: a stretch, days and a reason."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ClosureKind.choices)
    start_m = ChainageField(label=_("From chainage"))
    end_m = ChainageField(label=_("To chainage"))
    from_date = forms.DateField(label=_("First day"), widget=DayInput())
    until_date = forms.DateField(
        label=_("Last day"),
        widget=DayInput(),
        required=False,
        help_text=_("Empty means until further notice."),
    )
    reason = _text(_("Reason"))
    detour = _text(_("Detour"), required=False)
    is_public = forms.BooleanField(label=_("Shown to the public"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class VerifyForm(forms.Form):
    """A coefficient as the standard's own text has it."""

    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=6, min_value=0)
    source = forms.CharField(
        label=_("Source document"),
        max_length=300,
        help_text=_("Standard, edition, page or table where the number stands."),
    )
    verified_on = forms.DateField(label=_("Verified on"), widget=DayInput())
    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why a coefficient is no longer taken as verified."""

    reason = _text(_("Reason"))
    version = forms.IntegerField(widget=forms.HiddenInput)
