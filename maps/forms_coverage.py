"""Forms of coverage: a run, a new version of a rule, a population."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from maps.coverage.parameters import PARAMETERS, Parameter
from maps.coverage.runs import LEVELS
from maps.kinds import Indicator
from maps.models import CoverageRule, PopulationSet
from sites.access import Scope
from sites.models import Area

FILE_ENDINGS = ".geojson,.json,.gpkg,.zip,.csv,.xlsx,.tif,.tiff"
EVERY = "every"
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def areas_of(scope: Scope) -> QuerySet[Any]:
    """Return the areas in which the scope may start runs or sees them, larger ones first."""
    found: QuerySet[Any] = Area.objects.all().administered_by(scope)
    return found.filter(level__in=LEVELS, valid_to=None).order_by("code")


class RunForm(forms.Form):
    """What to compute; every indicator at once, or one."""

    indicator = forms.ChoiceField(label=_("indicator"))
    area = forms.ModelChoiceField(Area.objects.none(), label=_("area"), to_field_name="code")
    as_of = forms.DateField(label=_("as of"), widget=_DAY)
    without_year = forms.IntegerField(
        label=_("Leave out the roads of the year"), required=False, min_value=1990, max_value=2100
    )
    population = forms.ModelChoiceField(
        PopulationSet.objects.none(),
        label=_("population"),
        required=False,
        empty_label=_("The newest one kept, else the villages of the register"),
    )

    def __init__(self, *args: Any, scope: Scope, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(EVERY, _("Every indicator")), *Indicator.choices]
        cast("forms.ChoiceField", self.fields["indicator"]).choices = choices
        cast("Any", self.fields["area"]).queryset = areas_of(scope)
        cast("Any", self.fields["population"]).queryset = PopulationSet.objects.visible_to(scope)
        self.fields["as_of"].initial = today

    def indicators(self) -> list[str]:
        """Return the indicators that are asked for."""
        chosen = self.cleaned_data["indicator"]
        return list(Indicator.values) if chosen == EVERY else [chosen]


class RuleForm(forms.Form):
    """A new version of a rule: it starts from the newest one."""

    name = forms.CharField(label=_("name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    method = forms.CharField(
        label=_("Method sheet"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12})
    )
    method_en = forms.CharField(
        label=_("Method sheet in English"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, rule: CoverageRule, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                **rule.parameters,
                "name": rule.name,
                "name_en": rule.name_en,
                "method": rule.method,
                "method_en": rule.method_en,
            },
        )
        super().__init__(*args, **kwargs)
        self._parameters = PARAMETERS[rule.indicator]
        texts = {name: self.fields.pop(name) for name in ("name", "name_en", "method", "method_en")}
        for parameter in self._parameters:
            self.fields[parameter.name] = _field_of(parameter)
        self.fields.update(texts)

    def parameters(self) -> dict[str, Any]:
        """Return the values of the rule's parameters."""
        return {parameter.name: self.cleaned_data[parameter.name] for parameter in self._parameters}


def _field_of(parameter: Parameter) -> forms.Field:
    if parameter.choices is not None and parameter.one_only:
        return forms.ChoiceField(label=parameter.label, choices=parameter.choices.choices)
    if parameter.choices is not None:
        return forms.MultipleChoiceField(
            label=parameter.label,
            choices=parameter.choices.choices,
            required=False,
            widget=forms.SelectMultiple(attrs={"size": min(len(parameter.choices.choices), 7)}),
        )
    if isinstance(parameter.default, bool):
        return forms.BooleanField(label=parameter.label, required=False)
    return forms.IntegerField(
        label=parameter.label, min_value=parameter.low, max_value=parameter.high
    )


class PopulationForm(forms.Form):
    """A population to keep: of a file, or without one of the register's villages."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("area"), to_field_name="code")
    name = forms.CharField(label=_("name"), max_length=200)
    year = forms.IntegerField(label=_("year"), min_value=1990, max_value=2100)
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": FILE_ENDINGS}),
        help_text=_(
            "GeoJSON, GeoPackage or zipped Shapefile with points or areas and a number of people"
            " in each, or a GeoTIFF raster of people. Without a file the villages of the register"
            " are taken."
        ),
    )
    people_field = forms.CharField(
        label=_("Field of the file with the people"),
        max_length=200,
        required=False,
        help_text=_("Empty: people, population or 人口."),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("Any", self.fields["area"]).queryset = areas_of(scope)
