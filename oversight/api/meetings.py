"""Dispatch meetings over HTTP: planned, their agenda, held with minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from oversight.api.references import SiteKey
from oversight.kinds import AgendaCause, MeetingLevel, MeetingState, ResponsibleRole
from oversight.meeting_page import agenda_of
from oversight.models import AgendaItem, DispatchMeeting
from oversight.services.agenda import agenda_add, agenda_draw, agenda_mark
from oversight.services.meetings import (
    may_hold,
    meeting_cancel,
    meeting_change,
    meeting_hold,
    meeting_plan,
)
from sites.access import code_prefix_condition
from sites.api.fields import AreaField, StrictSerializer, TextField
from sites.api.idempotency import once
from sites.api.parameters import refuse_unknown
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.filter_values import AREA_CODE, choices, matching
from sites.problems import Problem, invalid

LONGEST_MINUTES = 20_000
PARAMETERS = (
    parameter("state", f"States, separated by commas: {', '.join(MeetingState.values)}."),
    parameter("level", f"Kinds, separated by commas: {', '.join(MeetingLevel.values)}."),
    parameter("area", "Area codes with all below them, separated by commas."),
)


class MeetingSerializer(StrictSerializer):
    """A meeting; its agenda and its decisions have addresses of their own."""

    id = serializers.UUIDField(read_only=True)
    area = AreaField()
    level = serializers.ChoiceField(MeetingLevel.choices)
    title = TextField(max_length=200)
    held_on = serializers.DateField()
    chair = TextField(max_length=60, allow_blank=True, default="")
    place = TextField(max_length=120, allow_blank=True, default="")
    attendees = TextField(max_length=2000, allow_blank=True, default="")
    state = serializers.ChoiceField(MeetingState.choices, read_only=True)
    minutes = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class AnsweringSerializer(StrictSerializer):
    """Who answered for a site when the agenda was drawn."""

    role = serializers.ChoiceField(ResponsibleRole.choices)
    person = serializers.CharField()


class AgendaItemSerializer(StrictSerializer):
    """A site on the agenda: why, since how many days, who answers."""

    id = serializers.UUIDField(read_only=True)
    site = serializers.UUIDField(source="site_id", read_only=True)
    site_code = serializers.CharField(source="site.code", read_only=True)
    site_name = serializers.CharField(source="site.name", read_only=True)
    cause = serializers.ChoiceField(AgendaCause.choices, read_only=True)
    detail = serializers.CharField(read_only=True)
    days = serializers.IntegerField(read_only=True, allow_null=True)
    responsible = AnsweringSerializer(many=True, read_only=True)
    is_kept = serializers.BooleanField(required=False)
    note = TextField(max_length=1000, allow_blank=True, required=False)


class AgendaSerializer(StrictSerializer):
    """An agenda, what waited longest first."""

    items: Any = serializers.ListSerializer(child=AgendaItemSerializer())


class AgendaAddSerializer(StrictSerializer):
    """A site that is put on the agenda by hand; without one, the agenda draws itself."""

    site = SiteKey(allow_null=True, default=None)
    note = TextField(max_length=1000, allow_blank=True, default="")


class HoldSerializer(StrictSerializer):
    """That a meeting was held: its day and minutes."""

    held_on = serializers.DateField()
    minutes = TextField(max_length=LONGEST_MINUTES)
    attendees = TextField(max_length=2000, allow_blank=True, required=False)


class CancelSerializer(StrictSerializer):
    """Why a meeting is cancelled."""

    reason = TextField(max_length=2000)


class MeetingResource(Resource):
    """Meetings that the caller may know of."""

    serializer_class = MeetingSerializer
    parameters: ClassVar[frozenset[str]] = frozenset({"area", "level", "state"})

    def rows(self) -> Any:
        """Return the meetings that the caller may know of."""
        seen = DispatchMeeting.objects.visible_to(self.scope)
        return seen.select_related("area").defer("area__boundary")

    def require_create(self) -> None:
        """The office holds meetings."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: DispatchMeeting) -> None:
        """The office of the meeting's area changes it."""
        if not may_hold(self.scope, row.area_code):
            raise Problem("forbidden")


@extend_schema(tags=["meetings"])
@collection("dispatch_meeting", MeetingSerializer, parameters=PARAMETERS)
class MeetingCollection(MeetingResource, WritableCollection):
    """Dispatch meetings."""

    def narrowed(self, rows: Any) -> Any:
        """Return the meetings that the parameters ask for."""
        condition = Q()
        if states := choices(self.params, "state", MeetingState.values):
            condition &= Q(state__in=states)
        if levels := choices(self.params, "level", MeetingLevel.values):
            condition &= Q(level__in=levels)
        if codes := matching(self.params, "area", AREA_CODE):
            condition &= code_prefix_condition("area_code", codes)
        return rows.filter(condition)

    def created(self, values: Mapping[str, Any]) -> DispatchMeeting:
        """Plan a meeting."""
        given = dict(values)
        return meeting_plan(
            area=given.pop("area"), values=given, actor=self.actor, scope=self.scope
        )


@extend_schema(tags=["meetings"])
@record("dispatch_meeting", MeetingSerializer)
class MeetingRecord(MeetingResource, WritableRecord):
    """One meeting; its area stays."""

    http_method_names = ["get", "head", "options", "patch"]

    def changed(self, row: DispatchMeeting, values: Mapping[str, Any]) -> DispatchMeeting:
        """Change what is known of a meeting that was not held yet."""
        if "area" in values and values["area"] != row.area:
            raise invalid("area", "read_only", _("The area of a meeting stays."))
        return meeting_change(
            meeting=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )


class MeetingAct(MeetingResource, Action):
    """Something that is done to a meeting."""

    @property
    def by(self) -> dict[str, Any]:
        """Who acts."""
        return {"actor": self.actor, "scope": self.scope}


class MeetingHold(MeetingAct):
    """Holding a meeting."""

    input_class = HoldSerializer

    @extend_schema(
        tags=["meetings"],
        operation_id="dispatch_meeting_hold",
        parameters=[IDEMPOTENCY_KEY],
        request=HoldSerializer,
        responses=MeetingSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say that it was held; agenda and minutes are fixed, its decisions reach their bodies."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Hold it."""
        today = timezone.localdate()
        return meeting_hold(
            meeting=row, on=today, expected_version=expected_version, **values, **self.by
        )


class MeetingCancel(MeetingAct):
    """Cancelling a meeting."""

    input_class = CancelSerializer

    @extend_schema(
        tags=["meetings"],
        operation_id="dispatch_meeting_cancel",
        parameters=[IDEMPOTENCY_KEY],
        request=CancelSerializer,
        responses=MeetingSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Cancel a meeting that was not held and has no decisions."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Cancel it."""
        return meeting_cancel(meeting=row, expected_version=expected_version, **values, **self.by)


class MeetingAgenda(MeetingResource):
    """The agenda of a meeting, as far as the caller knows its sites."""

    @extend_schema(
        tags=["meetings"], operation_id="dispatch_agenda_read", responses=AgendaSerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the agenda, struck items included."""
        refuse_unknown(self.params, ())
        return self._agenda(self.rows().get(pk=pk))

    @extend_schema(
        tags=["meetings"],
        operation_id="dispatch_agenda_draw",
        parameters=[IDEMPOTENCY_KEY],
        request=AgendaAddSerializer,
        responses=AgendaSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Draw the agenda from what is red today, or put one site on it by hand."""
        refuse_unknown(self.params, ())
        meeting = self.rows().get(pk=pk)
        self.require_change(meeting)
        return once(request, lambda: self._drawn(meeting))

    def _drawn(self, meeting: DispatchMeeting) -> Response:
        body = AgendaAddSerializer(data=self.request.data, context=self.serializer_context())
        body.is_valid(raise_exception=True)
        common: dict[str, Any] = {
            "meeting": meeting,
            "actor": self.actor,
            "scope": self.scope,
            "as_of": timezone.localdate(),
        }
        if body.validated_data["site"] is None:
            agenda_draw(**common)
        else:
            agenda_add(**body.validated_data, **common)
        return self._agenda(meeting)

    def _agenda(self, meeting: DispatchMeeting) -> Response:
        items = AgendaItemSerializer(agenda_of(meeting, self.scope), many=True)
        return Response({"items": items.data})


class AgendaMark(MeetingResource):
    """One item of an agenda."""

    @extend_schema(
        tags=["meetings"],
        operation_id="dispatch_agenda_mark",
        request=AgendaItemSerializer,
        responses=AgendaItemSerializer,
    )
    def patch(self, request: Request, pk: UUID, item: UUID) -> Response:
        """Keep an item or strike it, or write a note to it."""
        refuse_unknown(self.params, ())
        meeting = self.rows().get(pk=pk)
        self.require_change(meeting)
        row: AgendaItem = agenda_of(meeting, self.scope).select_related("meeting").get(pk=item)
        body = AgendaItemSerializer(data=request.data, context=self.serializer_context())
        body.is_valid(raise_exception=True)
        agenda_mark(item=row, actor=self.actor, scope=self.scope, **body.validated_data)
        return Response(AgendaItemSerializer(row).data)
