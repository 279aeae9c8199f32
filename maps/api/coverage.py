"""Coverage over HTTP: runs with their parts, the gaps and the reach as GeoJSON, the rules."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from maps.coverage.rules import rule_in_use
from maps.coverage.runs import coverage_request, is_small, percent_of, run_coverage
from maps.kinds import Indicator, RunState
from maps.models import CoverageGap, CoverageRule, CoverageRun, PopulationSet
from maps.tasks import compute_coverage
from sites.api.fields import AreaField, StrictSerializer, WholeNumberField
from sites.api.geojson import write_geometry
from sites.api.idempotency import once
from sites.api.paging import BY_ID, Key, read_page
from sites.api.parameters import PAGING, one_day, one_of, refuse_unknown
from sites.api.resource import GEOJSON, ApiView, Collection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter
from sites.filter_values import AREA_CODE, matching
from sites.problems import Problem


class CoverageRequest(StrictSerializer):
    """What to compute: without a rule the newest, without a population the newest kept one."""

    indicator = serializers.ChoiceField(Indicator.choices)
    area = AreaField()
    as_of = serializers.DateField()
    rule = WholeNumberField(min_value=1, max_value=32_000, required=False, allow_null=True)
    population = serializers.UUIDField(required=False, allow_null=True)
    without_year = WholeNumberField(min_value=1990, max_value=2100, required=False, allow_null=True)


class CoverageTownship(StrictSerializer):
    """The part of a run in one township; `percent` is null where it is not defined."""

    township = serializers.CharField(source="township_code")
    numerator = serializers.CharField()
    denominator = serializers.CharField()
    percent = serializers.SerializerMethodField()

    def get_percent(self, row: Any) -> str | None:
        """Return the rate to a tenth, rounded down."""
        return percent_text(row)


class CoverageRunSerializer(StrictSerializer):
    """A run: its question, its result and its inputs; `percent` null means not defined."""

    id = serializers.UUIDField()
    indicator = serializers.ChoiceField(Indicator.choices)
    area = serializers.CharField(source="area_code")
    as_of = serializers.DateField()
    rule = serializers.IntegerField(source="rule.number")
    population = serializers.UUIDField(source="population_id", allow_null=True)
    state = serializers.ChoiceField(RunState.choices)
    numerator = serializers.CharField(allow_null=True)
    denominator = serializers.CharField(allow_null=True)
    percent = serializers.SerializerMethodField()
    inputs = serializers.JSONField()
    inputs_sha256 = serializers.CharField()
    problem = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_percent(self, run: Any) -> str | None:
        """Return the rate to a tenth, rounded down."""
        return percent_text(run)


class CoverageRuleSerializer(StrictSerializer):
    """A rule: its parameters and its method sheet in both languages."""

    id = serializers.UUIDField()
    indicator = serializers.ChoiceField(Indicator.choices)
    number = serializers.IntegerField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    parameters = serializers.JSONField()
    method = serializers.CharField()
    method_en = serializers.CharField()


class CoverageRunDetail(CoverageRunSerializer):
    """A run with its townships and the rule that it followed."""

    rows = CoverageTownship(many=True)
    method = CoverageRuleSerializer(source="rule")


def percent_text(row: Any) -> str | None:
    """Return a rate as text, null where it is not defined."""
    rate = percent_of(row.numerator, row.denominator)
    return None if rate is None else str(rate)


class RunsOfCaller(ApiView):
    """Runs that the caller's areas allow."""

    def runs(self) -> QuerySet[Any]:
        """Return the runs with their rules."""
        found: QuerySet[Any] = CoverageRun.objects.visible_to(self.scope)
        return found.select_related("rule").defer("reach")

    def the_run(self, pk: UUID) -> CoverageRun:
        """Return one run; 404 says the same for what is not there and what is not to be known."""
        found: CoverageRun = self.runs().get(pk=pk)
        return found


@collection(
    "coverage",
    CoverageRunSerializer,
    parameters=[
        parameter("indicator", "Only this indicator.", enum=Indicator.values),
        parameter("area", "Only runs of the area of this code."),
        parameter("as_of", "Only runs as of this day."),
        parameter("state", "Only runs in this state.", enum=RunState.values),
    ],
)
class CoverageCollection(RunsOfCaller, Collection):
    """Runs of coverage, and a new one."""

    serializer_class = CoverageRunSerializer
    keys = BY_ID
    parameters: ClassVar[frozenset[str]] = frozenset({"indicator", "area", "as_of", "state"})

    def rows(self) -> QuerySet[Any]:
        """Return the runs."""
        return self.runs()

    def narrowed(self, rows: Any) -> Any:
        """Return the runs that the parameters ask for."""
        if indicator := one_of(self.params, "indicator", Indicator.values):
            rows = rows.filter(indicator=indicator)
        if state := one_of(self.params, "state", RunState.values):
            rows = rows.filter(state=state)
        if day := one_day(self.params, "as_of"):
            rows = rows.filter(as_of=day)
        if codes := matching(self.params, "area", AREA_CODE):
            rows = rows.filter(area_code__in=codes)
        return rows

    @extend_schema(
        operation_id="coverage_create",
        parameters=[IDEMPOTENCY_KEY],
        request=CoverageRequest,
        responses={201: CoverageRunDetail, 202: CoverageRunDetail},
    )
    def post(self, request: Request) -> Response:
        """Compute at once where it is quick (201), else with the worker (202)."""
        if not (self.scope.everything or self.scope.edits_sites):
            raise Problem("forbidden")
        return once(request, self._create)

    def _create(self) -> Response:
        serializer = CoverageRequest(
            data=self.request.data, context={"scope": self.scope, "view": self}
        )
        serializer.is_valid(raise_exception=True)
        asked = dict(serializer.validated_data)
        population = self._population(asked)
        question = {
            "indicator": asked["indicator"],
            "area": asked["area"],
            "as_of": asked["as_of"],
            "rule": rule_in_use(asked["indicator"], asked.get("rule")),
            "population": population,
            "without_year": asked.get("without_year"),
            "actor": self.actor,
            "scope": self.scope,
        }
        if is_small(asked["area"], population):
            run, status = run_coverage(**question), 201
        else:
            with transaction.atomic():
                run, status = coverage_request(**question), 202
                compute_coverage.defer(run_id=str(run.pk))
        answer = Response(_detail(self.the_run(run.pk)), status=status)
        answer.headers["Location"] = f"{self.request.path}/{run.pk}"
        return answer

    def _population(self, asked: dict[str, Any]) -> PopulationSet | None:
        if asked.get("population") is None:
            return None
        rows = PopulationSet.objects.visible_to(self.scope)
        found: PopulationSet | None = rows.filter(pk=asked["population"]).first()
        if found is None:
            raise serializers.ValidationError({"population": "There is no such population."})
        return found


def _detail(run: CoverageRun) -> dict[str, Any]:
    return dict(CoverageRunDetail(run).data)


class CoverageRecord(RunsOfCaller):
    """One run."""

    @extend_schema(operation_id="coverage_read", responses=CoverageRunDetail)
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the run with its townships, its inputs and its method sheet."""
        refuse_unknown(self.params, ())
        return Response(_detail(self.the_run(pk)))


class CoverageGaps(RunsOfCaller):
    """What a run did not reach."""

    @extend_schema(
        operation_id="coverage_gaps",
        responses={
            (200, GEOJSON): {
                "type": "object",
                "description": "A FeatureCollection: people or places not reached.",
            }
        },
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer a page of the gaps as a FeatureCollection."""
        refuse_unknown(self.params, PAGING)
        rows = CoverageGap.objects.filter(run=self.the_run(pk)).annotate(
            shape=AsGeoJSON("place", precision=6)
        )
        page = read_page(rows.defer("place"), (Key("id", _number),), self.params)
        body = {
            "type": "FeatureCollection",
            "features": [_feature(row) for row in page.rows],
            **page.links(request),
        }
        return Response(body, content_type=GEOJSON)


def _number(text: str) -> int:
    """Return a gap's number of a cursor; raises `ValueError`."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise ValueError(text)
    return int(text)


def _feature(row: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.pk,
        "geometry": write_geometry(row.shape),
        "properties": {
            "amount": str(row.amount),
            "name": row.label,
            "township": row.township_code,
        },
    }


class CoverageReach(RunsOfCaller):
    """The reached area of a run, generalised for maps."""

    @extend_schema(
        operation_id="coverage_reach",
        responses={(200, GEOJSON): {"type": "object", "description": "One Feature."}},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the reached area as one Feature; its geometry is null where there is none."""
        refuse_unknown(self.params, ())
        run = self.runs().annotate(shape=AsGeoJSON("reach", precision=6)).get(pk=pk)
        body = {
            "type": "Feature",
            "id": str(run.pk),
            "geometry": write_geometry(run.shape),
            "properties": {"indicator": run.indicator, "as_of": run.as_of.isoformat()},
        }
        return Response(body, content_type=GEOJSON)


@collection(
    "coverage_rule",
    CoverageRuleSerializer,
    parameters=[parameter("indicator", "Only this indicator.", enum=Indicator.values)],
)
class CoverageRuleCollection(Collection):
    """The rules, every version."""

    serializer_class = CoverageRuleSerializer
    parameters: ClassVar[frozenset[str]] = frozenset({"indicator"})

    def rows(self) -> QuerySet[Any]:
        """Return the rules: they are no secret to anybody who holds a role."""
        if not (self.scope.everything or self.scope.grants):
            return CoverageRule.objects.none()
        return CoverageRule.objects.all()

    def narrowed(self, rows: Any) -> Any:
        """Return the rules of the indicator asked for."""
        if indicator := one_of(self.params, "indicator", Indicator.values):
            rows = rows.filter(indicator=indicator)
        return rows
