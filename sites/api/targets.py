"""Targets over HTTP: what is assigned, and what was done of it with the sites behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from sites.access import code_prefix_condition
from sites.api.fields import (
    AreaField,
    NumberField,
    ProgrammeField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.parameters import one_of
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.filters import SiteFilter
from sites.kinds import TargetMeasure, Unit
from sites.models import Target
from sites.problems import Problem
from sites.quantities_done import executed_of
from sites.services import target_remove, target_save
from sites.targets import TargetRow, rows_of_targets, with_relations


class DoneField(serializers.DecimalField):
    """A number that is computed, never given: null where it is not defined."""

    def __init__(self) -> None:
        super().__init__(
            max_digits=20,
            decimal_places=4,
            coerce_to_string=False,
            read_only=True,
            allow_null=True,
        )


class TargetSerializer(StrictSerializer):
    """A target: assigned 下达任务数 in the programme's unit, a rate in percent."""

    id = serializers.UUIDField(read_only=True)
    programme = ProgrammeField()
    area = AreaField()
    year = WholeNumberField(min_value=1949, max_value=2100)
    measure = serializers.ChoiceField(TargetMeasure.choices, default=TargetMeasure.QUANTITY)
    assigned = NumberField(max_digits=16, decimal_places=3, min_value=0)
    document_number = TextField(max_length=80, allow_blank=True, default="")
    note = TextField(max_length=2000, allow_blank=True, default="")
    unit = serializers.ChoiceField(Unit.choices, read_only=True)
    executed = DoneField()
    verified = DoneField()
    numerator = DoneField()
    denominator = DoneField()
    gap = DoneField()
    percent = DoneField()
    rows = serializers.IntegerField(read_only=True)
    sites = serializers.CharField(read_only=True, allow_null=True)
    identifiers_sha256 = serializers.CharField(read_only=True, required=False, allow_null=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class TargetResource(Resource):
    """Targets of the areas that the caller works in."""

    serializer_class = TargetSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(
        {"area", "measure", "programme", "updated_since", "year"}
    )

    def rows(self) -> Any:
        """Return the targets that the caller may see."""
        return with_relations(Target.objects.visible_to(self.scope))

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return targets with what was done of each by today: two more statements."""
        found = rows_of_targets(self.scope, rows, as_of=timezone.localdate())
        return [self.row_rendered(row) for row in found]

    def row_rendered(self, row: TargetRow) -> dict[str, Any]:
        """Return one target; `sites` is the address that lists exactly the sites behind it."""
        target = row.target
        chosen = row.site_filter
        return {
            "id": str(target.pk),
            "programme": row.programme.code,
            "area": target.area_code,
            "year": row.year,
            "measure": row.measure.value,
            "assigned": float(row.assigned),
            "document_number": target.document_number,
            "note": target.note,
            "unit": row.unit.value,
            **{name: _number(getattr(row, name)) for name in COMPUTED},
            "rows": row.done.rows,
            "sites": f"/api/v1/sites?{chosen.to_query()}" if chosen else None,
            "version": target.version,
            "updated_at": serializers.DateTimeField().to_representation(target.updated_at),
        }

    def require_create(self) -> None:
        """Planners set targets; in which area is the service's to judge."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: Target) -> None:
        """The planner of the area changes its targets."""
        if not self.scope.manages_area(row.area_code):
            raise Problem("forbidden")


COMPUTED = ("executed", "verified", "numerator", "denominator", "gap", "percent")


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


@extend_schema(tags=["targets"])
@collection(
    "target",
    TargetSerializer,
    parameters=[
        parameter("year", "Years, separated by commas."),
        parameter("programme", "Programme codes, separated by commas."),
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("measure", "What the target sets.", enum=TargetMeasure.values),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class TargetCollection(TargetResource, WritableCollection):
    """Targets by programme, area and year."""

    def narrowed(self, rows: Any) -> Any:
        """Return the targets that the parameters ask for."""
        chosen = SiteFilter.from_query(self.params)
        measure = one_of(self.params, "measure", TargetMeasure.values)
        conditions = Q()
        if chosen.year:
            conditions &= Q(year__in=chosen.year)
        if chosen.programme:
            conditions &= Q(programme__code__in=chosen.programme)
        if chosen.area:
            conditions &= code_prefix_condition("area_code", chosen.area)
        if measure:
            conditions &= Q(measure=measure)
        if chosen.updated_since:
            conditions &= Q(updated_at__gte=chosen.updated_since)
        return rows.filter(conditions)

    def created(self, values: Mapping[str, Any]) -> Target:
        """Set the target."""
        return target_save(values=values, actor=self.actor, scope=self.scope)


@extend_schema(tags=["targets"])
@record("target", TargetSerializer)
class TargetRecord(TargetResource, WritableRecord):
    """One target, with the hash of the sites behind its executed number."""

    def row_rendered(self, row: TargetRow) -> dict[str, Any]:
        """Return the target; the SHA-256 is of the sites' identifiers in order, one a line."""
        answer = super().row_rendered(row)
        if not row.has_sites:
            return {**answer, "identifiers_sha256": None}
        done = executed_of(
            row.programme,
            row.area,
            as_of=timezone.localdate(),
            year=row.year,
            scope=self.scope,
        )
        return {**answer, "identifiers_sha256": done.identifiers_sha256()}

    def changed(self, row: Target, values: Mapping[str, Any]) -> Target:
        """Change the number, the document or the note."""
        return target_save(
            target=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )

    def removed(self, row: Target) -> None:
        """Remove the target."""
        target_remove(target=row, actor=self.actor, scope=self.scope, expected_version=row.version)
