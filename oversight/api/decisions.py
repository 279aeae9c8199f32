"""What meetings decided, over HTTP: recorded, carried out, opened again, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from oversight.api.references import MeetingKey, SiteKey
from oversight.decision_filter import NAMES, DecisionFilter
from oversight.decision_page import decision_powers
from oversight.kinds import DecisionState
from oversight.models import Decision
from oversight.services.decisions import (
    decision_done,
    decision_record,
    decision_reopen,
    decision_withdraw,
)
from sites.api.fields import AreaField, OrganisationField, StrictSerializer, TextField
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.models import ProjectSite
from sites.problems import Problem

LONGEST_TEXT = 2000
PARAMETERS = (
    parameter("state", f"States, separated by commas: {', '.join(DecisionState.values)}."),
    parameter("overdue", "1 for open decisions whose day is over, 0 for the others."),
    parameter("area", "Area codes with all below them, separated by commas."),
    parameter("meeting", "Identifiers of meetings, separated by commas."),
    parameter("site", "Identifiers of sites, separated by commas."),
    parameter("organisation", "Identifiers of bodies, separated by commas."),
)


class DecisionSerializer(StrictSerializer):
    """A decision; `site` is null where there is none or the caller does not know of it."""

    id = serializers.UUIDField(read_only=True)
    meeting = MeetingKey()
    site = SiteKey(allow_null=True, default=None)
    area = AreaField(read_only=True)
    action = TextField(max_length=LONGEST_TEXT)
    organisation = OrganisationField()
    person = TextField(max_length=60)
    due_on = serializers.DateField()
    state = serializers.ChoiceField(DecisionState.choices, read_only=True)
    is_overdue = serializers.SerializerMethodField()
    done_on = serializers.DateField(read_only=True, allow_null=True)
    outcome = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_is_overdue(self, decision: Decision) -> bool:
        """Return whether it is open and its day is over."""
        return decision.state == DecisionState.OPEN and decision.due_on < timezone.localdate()


class DecisionMoveSerializer(StrictSerializer):
    """Done with its day and outcome; open again or withdrawn with a reason."""

    to_state = serializers.ChoiceField(DecisionState.choices)
    done_on = serializers.DateField(allow_null=True, default=None)
    outcome = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    reason = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")


class DecisionResource(Resource):
    """Decisions that the caller may know of."""

    serializer_class = DecisionSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(NAMES)

    def rows(self) -> Any:
        """Return the decisions that the caller may know of."""
        seen = Decision.objects.visible_to(self.scope)
        return seen.select_related("area", "meeting__area").defer(
            "area__boundary", "meeting__area__boundary", "meeting__minutes"
        )

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return decisions; the key of a site only to those who see the site."""
        keys = {row.site_id for row in rows if row.site_id}
        sites = ProjectSite.objects.visible_to(self.scope).filter(pk__in=keys)
        known = set(sites.values_list("pk", flat=True))
        shown = super().rendered(rows)
        return [
            entry if row.site_id in known else {**entry, "site": None}
            for row, entry in zip(rows, shown, strict=True)
        ]

    def require_create(self) -> None:
        """The office records decisions."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: Decision) -> None:
        """The body to which it is addressed, or the office."""
        if not decision_powers(row, self.scope).any_part:
            raise Problem("forbidden")


@extend_schema(tags=["meetings"])
@collection("decision", DecisionSerializer, parameters=PARAMETERS)
class DecisionCollection(DecisionResource, WritableCollection):
    """Decisions of dispatch meetings."""

    def narrowed(self, rows: Any) -> Any:
        """Return the decisions that the parameters ask for."""
        return DecisionFilter.from_query(self.params).apply(rows)

    def created(self, values: Mapping[str, Any]) -> Decision:
        """Record what a meeting decided."""
        return decision_record(actor=self.actor, scope=self.scope, **values)


@extend_schema(tags=["meetings"])
@record("decision", DecisionSerializer)
class DecisionRecord(DecisionResource, Record):
    """One decision."""


class DecisionMoves(DecisionResource, Action):
    """Moves of a decision."""

    input_class = DecisionMoveSerializer

    @extend_schema(
        tags=["meetings"],
        operation_id="decision_move",
        parameters=[IDEMPOTENCY_KEY],
        request=DecisionMoveSerializer,
        responses=DecisionSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say that it was carried out, open it again, or take it back."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Move it."""
        common: dict[str, Any] = {
            "decision": row,
            "actor": self.actor,
            "scope": self.scope,
            "expected_version": expected_version,
        }
        if values["to_state"] == DecisionState.DONE:
            today = timezone.localdate()
            return decision_done(
                done_on=values["done_on"] or today, outcome=values["outcome"], on=today, **common
            )
        move = decision_reopen if values["to_state"] == DecisionState.OPEN else decision_withdraw
        return move(reason=values["reason"], **common)
