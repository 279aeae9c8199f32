"""Condition surveys over HTTP: recorded once, never changed, superseded by newer ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from assets.api.asset_parts import PART_PARAMETERS, AssetField, AssetPart
from assets.kinds import ConditionGrade, SurveyMethod
from assets.models import ConditionStretch, ConditionSurvey, RatingRuleset
from assets.services.condition import survey_record
from sites.api.fields import NumberField, ReferenceField, StrictSerializer, TextField
from sites.api.paging import BY_ID, Key, read_moment
from sites.api.resource import Record, WritableCollection
from sites.api.schema import collection, parameter, record
from sites.filter_values import choices

BY_RECORDING = (Key("recorded_at", read_moment), *BY_ID)


@extend_schema_field(OpenApiTypes.STR)
class RulesetField(ReferenceField):
    """A rule set by its code."""

    def records(self) -> Any:
        """Return the rule sets."""
        return RatingRuleset.objects.visible_to(self.context["scope"])


class SurveyField(serializers.PrimaryKeyRelatedField[ConditionSurvey]):
    """An earlier survey by its identifier."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("queryset", ConditionSurvey.objects.none())
        super().__init__(pk_field=serializers.UUIDField(), **options)

    def get_queryset(self) -> Any:
        """Return the surveys in scope."""
        return ConditionSurvey.objects.visible_to(self.context["scope"])


def _index() -> NumberField:
    return NumberField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, allow_null=True, default=None
    )


def _computed() -> NumberField:
    return NumberField(max_digits=5, decimal_places=2, read_only=True)


class ConditionSurveySerializer(StrictSerializer):
    """What a survey found on a stretch; without ends it holds for the whole asset.

    `computed_grade` is ours, from verified coefficients alone; `stated_grade` is what the testing
    body states in its report, and is shown as such.
    """

    id = serializers.UUIDField(read_only=True)
    asset = AssetField()
    start_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    end_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    surveyed_on = serializers.DateField()
    method = serializers.ChoiceField(SurveyMethod.choices)
    ruleset = RulesetField(allow_null=True, default=None)
    damage_percent = NumberField(
        max_digits=6, decimal_places=3, min_value=0, max_value=100, allow_null=True, default=None
    )
    iri_m_per_km = NumberField(
        max_digits=6, decimal_places=3, min_value=0, max_value=50, allow_null=True, default=None
    )
    sci = _index()
    bci = _index()
    tci = _index()
    pci = _computed()
    rqi = _computed()
    pqi = _computed()
    mqi = _computed()
    computed_grade = serializers.ChoiceField(ConditionGrade.choices, read_only=True)
    stated_grade = serializers.ChoiceField(ConditionGrade.choices, allow_blank=True, default="")
    testing_body = TextField(max_length=120, allow_blank=True, default="")
    report_no = TextField(max_length=80, allow_blank=True, default="")
    note = TextField(max_length=2000, allow_blank=True, default="")
    supersedes = SurveyField(allow_null=True, default=None)
    is_current = serializers.BooleanField(
        read_only=True, help_text="Whether it is the newest survey of some part of the asset."
    )
    recorded_at = serializers.DateTimeField(read_only=True)


class ConditionSurveyResource(AssetPart):
    """Condition surveys."""

    serializer_class = ConditionSurveySerializer
    keys = BY_RECORDING
    changed_at = "recorded_at"
    parameters = AssetPart.parameters | {"method", "grade"}

    def rows(self) -> Any:
        """Return the surveys that the caller may see."""
        current = Exists(ConditionStretch.objects.filter(survey=OuterRef("pk")))
        found = ConditionSurvey.objects.visible_to(self.scope).select_related("ruleset")
        return found.annotate(is_current=current)

    def answer(self, row: Any, *, status: int = 200) -> Response:
        """Return one survey; it never changes, so it has no version."""
        return Response(self.rendered([row])[0], status=status)


@extend_schema(tags=["assets"])
@collection(
    "condition_survey",
    ConditionSurveySerializer,
    parameters=[
        *PART_PARAMETERS,
        parameter("method", "How it was surveyed.", enum=SurveyMethod.values),
        parameter("grade", "Grades, computed or stated, separated by commas."),
    ],
)
class ConditionSurveyCollection(ConditionSurveyResource, WritableCollection):
    """Surveys in the order in which they were recorded."""

    def page_keys(self) -> Sequence[Key]:
        """Return the order of recording, whatever is asked for."""
        return BY_RECORDING

    def narrowed(self, rows: Any) -> Any:
        """Return the surveys that the parameters ask for."""
        rows = super().narrowed(rows)
        if methods := choices(self.params, "method", SurveyMethod.values):
            rows = rows.filter(method__in=methods)
        if grades := choices(self.params, "grade", ConditionGrade.values):
            stated = Q(computed_grade="", stated_grade__in=grades)
            rows = rows.filter(stated | Q(computed_grade__in=grades))
        return rows

    def created(self, values: Mapping[str, Any]) -> ConditionSurvey:
        """Record the survey."""
        columns = dict(values)
        asset = columns.pop("asset")
        return survey_record(
            asset=asset,
            values=columns,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
        )


@extend_schema(tags=["assets"])
@record("condition_survey", ConditionSurveySerializer)
class ConditionSurveyRecord(ConditionSurveyResource, Record):
    """One survey."""
