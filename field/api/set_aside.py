"""Entries set aside over HTTP: listed, read whole, and decided once."""

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
from field.kinds import OpType
from field.services.set_aside_decisions import may_decide, set_aside_choose, set_aside_dismiss
from field.services.set_aside_retries import set_aside_enter_second, set_aside_retry
from field.set_aside_body import as_sent
from maintenance.kinds import FieldEntity, SetAsideCause, SetAsideState
from maintenance.models import SetAsideEntry
from maintenance.set_aside_filter import PARAMETERS, SetAsideFilter
from sites.api.fields import StrictSerializer, TextField
from sites.api.resource import Collection, Record, Resource
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.problems import Problem
from sites.services import ConcurrentChange

SIDES = (("office", "office"), ("phone", "phone"))
DECISIONS = (
    ("choose", "choose"),
    ("enter_second", "enter_second"),
    ("retry", "retry"),
    ("dismiss", "dismiss"),
)


class SetAsideRow(StrictSerializer):
    """An entry set aside; `sides` and `body` are JSON as they were found and sent."""

    id = serializers.UUIDField(read_only=True)
    op_id = serializers.UUIDField(read_only=True, allow_null=True)
    type = serializers.ChoiceField(OpType.choices, read_only=True)
    entity = serializers.ChoiceField(
        [*FieldEntity.choices, ("", "")], read_only=True, allow_blank=True
    )
    entity_id = serializers.UUIDField(read_only=True, allow_null=True)
    cause = serializers.ChoiceField(SetAsideCause.choices, read_only=True)
    code = serializers.CharField(read_only=True)
    errors = serializers.ListField(  # type: ignore[assignment]
        child=serializers.DictField(), read_only=True
    )
    sides = serializers.ListField(child=serializers.DictField(), read_only=True)
    base_version = serializers.IntegerField(read_only=True, allow_null=True)
    current_version = serializers.IntegerField(read_only=True, allow_null=True)
    device_id = serializers.CharField(read_only=True)
    device_time = serializers.DateTimeField(read_only=True, allow_null=True)
    received_at = serializers.DateTimeField(read_only=True)
    times_sent = serializers.IntegerField(read_only=True)
    sender = serializers.CharField(read_only=True)
    area = serializers.CharField(read_only=True)
    asset = serializers.UUIDField(read_only=True, allow_null=True)
    body = serializers.JSONField(read_only=True)
    body_sha256 = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(SetAsideState.choices, read_only=True)
    choices = serializers.DictField(read_only=True)
    reason = serializers.CharField(read_only=True)
    became = serializers.UUIDField(read_only=True, allow_null=True)
    decided_by = serializers.CharField(read_only=True, allow_null=True)
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the entry whole, with the codes of its place."""
        shown = as_sent(instance)
        asset = str(instance.asset_id) if instance.asset_id else None
        times = {name: _time(shown[name]) for name in ("device_time", "received_at", "decided_at")}
        return {**shown, **times, "area": instance.area_code, "asset": asset}


class SetAsideDecisionSerializer(StrictSerializer):
    """What the office decides on an entry.

    `choices` says for each field of a clash whose value holds, `version` is the record's version
    that the choice was made on; `reason` is needed to dismiss.
    """

    decision = serializers.ChoiceField(DECISIONS)
    choices = serializers.DictField(child=serializers.ChoiceField(SIDES), default=dict)
    version = serializers.IntegerField(min_value=0, allow_null=True, default=None)
    reason = TextField(max_length=2000, allow_blank=True, default="")


class SetAsideResource(Resource):
    """Entries set aside that the caller may see: the sender's own, and the office's."""

    serializer_class: ClassVar[type[StrictSerializer]] = SetAsideRow
    parameters: ClassVar[frozenset[str]] = frozenset(PARAMETERS)

    def rows(self) -> Any:
        """Return the entries with who sent and who decided them."""
        rows = SetAsideEntry.objects.visible_to(self.scope)
        return rows.select_related("sender", "decided_by")

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return entries as they were sent, with what became of them."""
        serializer = SetAsideRow(context=self.serializer_context())
        return [serializer.to_representation(row) for row in rows]

    def version_of(self, row: Any) -> int:
        """Return how often it came, doubled, and one more once it is decided."""
        return int(row.times_sent) * 2 + int(row.state != SetAsideState.OPEN)


@extend_schema(tags=["sync"])
@collection(
    "set_aside",
    SetAsideRow,
    parameters=[parameter(name, text) for name, text in PARAMETERS.items()],
)
class SetAsideCollection(SetAsideResource, Collection):
    """Entries set aside, in the order in which they were kept."""

    def narrowed(self, rows: Any) -> Any:
        """Return the entries that the shared filter asks for."""
        return SetAsideFilter.from_query(self.params).apply(rows)


@extend_schema(tags=["sync"])
@record("set_aside", SetAsideRow)
class SetAsideRecord(SetAsideResource, Record):
    """One entry set aside."""


class SetAsideDecision(SetAsideResource, Action):
    """The office's decision on one entry."""

    input_class = SetAsideDecisionSerializer

    @extend_schema(
        tags=["sync"],
        operation_id="set_aside_decide",
        parameters=[IDEMPOTENCY_KEY],
        request=SetAsideDecisionSerializer,
        responses={200: SetAsideRow},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decide once: choose value by value, enter the second, try again, or dismiss."""
        return super().post(request, pk)

    def require_change(self, row: Any) -> None:
        """The sender reads; the office of the area decides."""
        if not may_decide(row, self.scope):
            raise Problem("forbidden")

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Decide through the services."""
        who = {"entry": row, "actor": self.actor, "scope": self.scope, "at": timezone.now()}
        if values["decision"] == "choose":
            return self._chosen(who, values)
        if values["decision"] == "dismiss":
            return set_aside_dismiss(reason=values["reason"], **who)
        if values["decision"] == "retry":
            return set_aside_retry(**who)
        return set_aside_enter_second(**who)

    def _chosen(self, who: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
        try:
            return set_aside_choose(
                choices=values["choices"],
                expected_version=values["version"],
                reason=values["reason"],
                **who,
            )
        except ConcurrentChange as error:
            raise Problem("conflict", detail=str(error.message)) from error


def _time(value: Any) -> str | None:
    return None if value is None else timezone.localtime(value).isoformat()
