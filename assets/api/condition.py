"""The condition of roads over HTTP: kilometres by grade, and the stretches behind them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.asset_parts import AssetPart
from assets.api.assets import filter_parameters
from assets.condition.summary import (
    ConditionRow,
    GradeLengths,
    condition_summary,
    filter_of,
    on_sections,
)
from assets.filters import AssetFilter, parameters
from assets.kinds import ConditionGrade
from assets.models import ConditionStretch
from sites.api.fields import NumberField, StrictSerializer
from sites.api.paging import Key
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView, Collection
from sites.api.schema import collection, parameter
from sites.filter_values import choices
from sites.kinds import Pavement, RoadClass
from sites.townships import township_names


class GradeLengthsSerializer(serializers.Serializer[Any]):
    """Metres of road by grade; they add up to `total_m`, and percents are of the rated metres."""

    sections = serializers.IntegerField()
    total_m = serializers.FloatField()
    excellent_m = serializers.FloatField()
    good_m = serializers.FloatField()
    fair_m = serializers.FloatField()
    poor_m = serializers.FloatField()
    bad_m = serializers.FloatField()
    not_rated_m = serializers.FloatField(
        help_text="Never surveyed, or surveyed while coefficients are not verified."
    )
    stated_m = serializers.FloatField(help_text="Rated metres whose grade a testing body states.")
    good_percent = serializers.FloatField(
        allow_null=True, help_text="优良路率: excellent and good, percent of rated metres."
    )
    fair_percent = serializers.FloatField(
        allow_null=True,
        help_text="优良中路率: excellent, good and fair, percent of the rated metres.",
    )


class ConditionRowSerializer(GradeLengthsSerializer):
    """The roads of one class and pavement in one township."""

    township = serializers.CharField(allow_blank=True)
    township_name = serializers.CharField(allow_blank=True)
    road_class = serializers.ChoiceField(RoadClass.choices)
    pavement = serializers.ChoiceField(Pavement.choices, allow_blank=True)
    assets_url = serializers.CharField(allow_null=True, help_text="Lists exactly these sections.")


class ConditionSerializer(serializers.Serializer[Any]):
    """The condition of all current sections under a filter."""

    rows = ConditionRowSerializer(many=True)
    total = GradeLengthsSerializer()


class ConditionView(ApiView):
    """Kilometres by grade."""

    @extend_schema(
        tags=["figures"],
        operation_id="condition",
        parameters=filter_parameters(),
        responses=ConditionSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer the condition of the sections that the caller sees under the filter."""
        refuse_unknown(self.params, parameters())
        chosen = AssetFilter.from_query(self.params)
        summary = condition_summary(self.scope, chosen)
        names = township_names(row.township_code for row in summary.rows)
        rows = [_row(row, chosen, names) for row in summary.rows]
        return Response({"rows": rows, "total": _lengths(summary.total)})


def _row(row: ConditionRow, chosen: AssetFilter, names: Mapping[str, str]) -> dict[str, Any]:
    own = filter_of(row, chosen)
    return {
        "township": row.township_code,
        "township_name": names.get(row.township_code, ""),
        "road_class": row.road_class,
        "pavement": row.pavement,
        **_lengths(row.lengths),
        "assets_url": f"/api/v1/assets?{own.to_query()}" if own else None,
    }


def _lengths(lengths: GradeLengths) -> dict[str, Any]:
    grades = {f"{grade}_m": lengths.metres(grade) for grade in ConditionGrade.values}
    metres = {
        "total_m": lengths.total_m,
        **grades,
        "not_rated_m": lengths.not_rated_m,
        "stated_m": lengths.stated_m,
    }
    return {
        "sections": lengths.sections,
        **{name: float(value) for name, value in metres.items()},
        "good_percent": _percent(lengths.good_percent),
        "fair_percent": _percent(lengths.fair_percent),
    }


def _percent(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), 3)


class ConditionStretchSerializer(StrictSerializer):
    """The condition of a stretch as its newest survey found it."""

    asset = serializers.UUIDField(source="asset_id", read_only=True)
    start_m = NumberField(source="from_m", max_digits=9, decimal_places=1, read_only=True)
    end_m = NumberField(source="to_m", max_digits=9, decimal_places=1, read_only=True)
    grade = serializers.ChoiceField(ConditionGrade.choices, read_only=True)
    is_stated = serializers.BooleanField(
        read_only=True, help_text="A testing body states the grade; we did not compute it."
    )
    survey = serializers.UUIDField(source="survey_id", read_only=True)
    surveyed_on = serializers.DateField(source="survey.surveyed_on", read_only=True)


@extend_schema(tags=["assets"])
@collection(
    "condition_stretch",
    ConditionStretchSerializer,
    parameters=[
        parameter("asset", "Identifiers of assets, separated by commas."),
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("grade", "Grades, separated by commas."),
    ],
)
class ConditionStretchCollection(AssetPart, Collection):
    """The current condition of road sections: every surveyed metre once."""

    serializer_class = ConditionStretchSerializer
    parameters: ClassVar[frozenset[str]] = frozenset({"asset", "area", "grade"})
    keys = (Key("asset_id", UUID), Key("start_m", Decimal))

    def rows(self) -> Any:
        """Return the stretches of sections that the caller may see."""
        return on_sections(ConditionStretch.objects.visible_to(self.scope)).select_related("survey")

    def narrowed(self, rows: Any) -> Any:
        """Return the stretches that the parameters ask for."""
        rows = super().narrowed(rows)
        grades = choices(self.params, "grade", ConditionGrade.values)
        return rows.filter(grade__in=grades) if grades else rows
