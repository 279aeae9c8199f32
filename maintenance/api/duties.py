"""Standards, schedules, patrol plans and patrols over HTTP."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F, Prefetch, Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from maintenance.api.duty_fields import (
    PatrolSerializer,
    PlanSerializer,
    ScheduleSerializer,
    StandardSerializer,
)
from maintenance.api.patching import ChangedByPatch
from maintenance.api.set_aside import SetsAside
from maintenance.kinds import FieldEntity
from maintenance.models import ChecklistItem, Patrol, PatrolPlan, UpkeepSchedule, UpkeepStandard
from maintenance.schedule_filter import NAMES, ScheduleFilter
from maintenance.services import (
    patrol_plan_change,
    patrol_plan_create,
    patrol_record,
    schedule_change,
    standard_create,
    standard_update,
)
from sites.api.paging import BY_CODE, BY_ID, Key
from sites.api.projections import AsRfc7946
from sites.api.resource import Collection, Record, Resource, WritableCollection
from sites.api.schema import collection, parameter, record
from sites.filter_values import choices, moment_of, parsed, yes_or_no
from sites.identifiers import new_id
from sites.kinds import Kind
from sites.problems import Problem

BY_DUE = (Key("next_due_on", datetime.date.fromisoformat), *BY_ID)


class StandardResource(Resource):
    """Upkeep standards with the questions in use."""

    serializer_class = StandardSerializer
    keys = BY_CODE
    parameters: ClassVar[frozenset[str]] = frozenset({"kind", "active", "updated_since"})

    def rows(self) -> Any:
        """Return the standards: no secret to anybody who holds a role."""
        used = ChecklistItem.objects.filter(is_active=True).order_by("position")
        rows = UpkeepStandard.objects.visible_to(self.scope)
        return rows.prefetch_related(Prefetch("items", used, to_attr="used_items"))

    def require_create(self) -> None:
        """Only the planner writes standards."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: UpkeepStandard) -> None:
        """Only the planner writes standards."""
        self.require_create()


@extend_schema(tags=["standards"])
@collection(
    "standard",
    StandardSerializer,
    parameters=[
        parameter("kind", f"Kinds of assets, separated by commas: {', '.join(Kind.values)}."),
        parameter("active", "1 for standards in use, 0 for the others."),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class StandardCollection(StandardResource, WritableCollection):
    """Upkeep standards by their codes."""

    def narrowed(self, rows: Any) -> Any:
        """Return the standards that the parameters ask for."""
        condition = Q()
        if kinds := choices(self.params, "kind", Kind.values):
            condition &= Q(asset_kind__in=kinds)
        if (active := yes_or_no(self.params, "active")) is not None:
            condition &= Q(is_active=active)
        if since := moment_of(self.params, "updated_since"):
            condition &= Q(updated_at__gte=since)
        return rows.filter(condition)

    def created(self, values: Mapping[str, Any]) -> UpkeepStandard:
        """Create the standard; its assets get their schedules at once."""
        columns = dict(values)
        return standard_create(
            items=columns.pop("used_items"),
            values=columns,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
        )


@extend_schema(tags=["standards"])
@record("standard", StandardSerializer)
class StandardRecord(StandardResource, ChangedByPatch):
    """One standard; answers of the past keep the questions that were asked."""

    def changed(self, row: UpkeepStandard, values: Mapping[str, Any]) -> UpkeepStandard:
        """Change the standard; its code and its kind stay."""
        columns = dict(values)
        return standard_update(
            standard=row,
            items=columns.pop("used_items", None),
            values=columns,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            expected_version=row.version,
        )


class ScheduleResource(Resource):
    """Schedules of assets that the caller may see."""

    serializer_class = ScheduleSerializer
    keys = BY_DUE
    parameters: ClassVar[frozenset[str]] = frozenset(NAMES)

    def rows(self) -> Any:
        """Return the schedules with their assets and standards."""
        rows = UpkeepSchedule.objects.visible_to(self.scope)
        return rows.select_related("asset", "standard").defer(
            "asset__geometry", "asset__geometry_3857", "asset__outline_3857", "asset__search_text"
        )


@extend_schema(tags=["schedules"])
@collection(
    "schedule",
    ScheduleSerializer,
    parameters=[
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("kind", f"Kinds of assets, separated by commas: {', '.join(Kind.values)}."),
        parameter("asset", "Identifiers of assets, separated by commas."),
        parameter("standard", "Identifiers of standards, separated by commas."),
        parameter("agreement", "Identifiers of agreements that cover the asset today."),
        parameter("overdue", "1 for duties that were due before today."),
        parameter("due_until", "Duties that are due on this day or before."),
        parameter("active", "1 for duties in use, 0 for the others; both when left out."),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class ScheduleCollection(ScheduleResource, Collection):
    """Duties by the day on which they are due."""

    def narrowed(self, rows: Any) -> Any:
        """Return the duties that the shared filter asks for."""
        return ScheduleFilter.from_query(self.params).apply(rows)


@extend_schema(tags=["schedules"])
@record("schedule", ScheduleSerializer)
class ScheduleRecord(ScheduleResource, ChangedByPatch):
    """One duty of one asset."""

    def require_change(self, row: UpkeepSchedule) -> None:
        """Leave it to the service: the supervisor changes duties as well as the office."""

    def changed(self, row: UpkeepSchedule, values: Mapping[str, Any]) -> UpkeepSchedule:
        """Change frequency, next due day or use."""
        return schedule_change(
            schedule=row,
            values=dict(values),
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            expected_version=row.version,
        )


class PlanResource(Resource):
    """Patrol plans of agreements that the caller may see."""

    serializer_class = PlanSerializer
    keys = BY_DUE
    parameters: ClassVar[frozenset[str]] = frozenset(
        {"agreement", "organisation", "missed", "updated_since"}
    )

    def rows(self) -> Any:
        """Return the plans with their stops."""
        rows = PatrolPlan.objects.visible_to(self.scope)
        return rows.select_related("agreement", "organisation").prefetch_related("stops")

    def require_create(self) -> None:
        """Leave it to the service: the supervisor plans rounds as well as the office."""

    def require_change(self, row: PatrolPlan) -> None:
        """Leave it to the service."""


@extend_schema(tags=["patrols"])
@collection(
    "patrol_plan",
    PlanSerializer,
    parameters=[
        parameter("agreement", "Identifiers of agreements, separated by commas."),
        parameter("organisation", "Identifiers of who patrols, separated by commas."),
        parameter("missed", "1 for rounds that were due before today."),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class PlanCollection(PlanResource, WritableCollection):
    """Patrol plans by the day on which they are due."""

    def narrowed(self, rows: Any) -> Any:
        """Return the plans that the parameters ask for."""
        condition = Q()
        for name in ("agreement", "organisation"):
            if keys := parsed(self.params, name, UUID):
                condition &= Q(**{f"{name}__in": keys})
        if (missed := yes_or_no(self.params, "missed")) is not None:
            late = Q(is_active=True, next_due_on__lt=timezone.localdate())
            condition &= late if missed else ~late
        if since := moment_of(self.params, "updated_since"):
            condition &= Q(updated_at__gte=since)
        return rows.filter(condition)

    def created(self, values: Mapping[str, Any]) -> PatrolPlan:
        """Plan the round."""
        columns = dict(values)
        return patrol_plan_create(
            agreement=columns.pop("agreement"),
            organisation=columns.pop("organisation"),
            stops=columns.pop("stops"),
            values=columns,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
        )


@extend_schema(tags=["patrols"])
@record("patrol_plan", PlanSerializer)
class PlanRecord(PlanResource, ChangedByPatch):
    """One patrol plan."""

    def changed(self, row: PatrolPlan, values: Mapping[str, Any]) -> PatrolPlan:
        """Change the plan; its agreement and who patrols stay."""
        columns = dict(values)
        return patrol_plan_change(
            plan=row,
            stops=columns.pop("stops", None),
            values=columns,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            expected_version=row.version,
        )


class PatrolResource(Resource):
    """Rounds that were made, seen by the agreement's parties and the office."""

    serializer_class = PatrolSerializer
    parameters: ClassVar[frozenset[str]] = frozenset({"agreement", "plan"})

    def rows(self) -> Any:
        """Return the rounds with their track as text."""
        rows = Patrol.objects.visible_to(self.scope)
        related = rows.select_related("agreement", "plan", "organisation", "performed_by")
        return related.annotate(geojson=AsRfc7946(F("track"))).defer("track")

    def version_of(self, row: Patrol) -> int:
        """Return 1: a round never changes."""
        return 1

    def require_create(self) -> None:
        """Leave it to the service: parties record their own rounds."""


@extend_schema(tags=["patrols"])
@collection(
    "patrol",
    PatrolSerializer,
    parameters=[
        parameter("agreement", "Identifiers of agreements, separated by commas."),
        parameter("plan", "Identifiers of plans, separated by commas."),
    ],
)
class PatrolCollection(SetsAside, PatrolResource, WritableCollection):
    """Rounds in the order in which they were entered."""

    entity = FieldEntity.PATROL

    def narrowed(self, rows: Any) -> Any:
        """Return the rounds that the parameters ask for."""
        condition = Q()
        for name in ("agreement", "plan"):
            if keys := parsed(self.params, name, UUID):
                condition &= Q(**{f"{name}__in": keys})
        return rows.filter(condition)

    def _create(self) -> Response:
        """Record a round: 201, or 200 when the same one was sent before."""
        values = self.parsed()
        patrol, is_new = patrol_record(
            identifier=values.pop("id", None) or new_id(),
            at=timezone.now(),
            actor=self.actor,
            scope=self.scope,
            **values,
        )
        answer = self.answer(self.row(patrol.pk), status=201 if is_new else 200)
        answer.headers["Location"] = f"{self.request.path}/{patrol.pk}"
        return answer


@extend_schema(tags=["patrols"])
@record("patrol", PatrolSerializer)
class PatrolDetail(PatrolResource, Record):
    """One round."""
