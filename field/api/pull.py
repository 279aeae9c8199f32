"""What changed since a phone asked last: never a row too few, whatever commits when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from field.api.record_bodies import (
    Body,
    defect_bodies,
    inspection_bodies,
    log_bodies,
    order_bodies,
    patrol_bodies,
)
from field.feed import START, Change, Horizon, Place, changes_after, horizon_now, place_of
from field.packages import without_houses
from field.scope_print import scope_print
from maintenance.kinds import FieldEntity
from maintenance.models import Defect, Inspection, MaintenanceLog, Patrol, WorkOrder
from sites.access import Scope
from sites.api.paging import Key, read_cursor, read_limit, read_text, write_cursor
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView
from sites.api.same_user import FIELD_USER, SameUser
from sites.filter_values import moment_of
from sites.problems import Problem, bad_parameter

LARGEST_NUMBER: Final = 2**63 - 1
EVERY_ROW: Final = Q()
SOURCES: Final[dict[str, tuple[Any, Q, Callable[[QuerySet[Any], Scope], list[Body]]]]] = {
    FieldEntity.LOG: (MaintenanceLog, without_houses("asset__"), log_bodies),
    FieldEntity.INSPECTION: (Inspection, without_houses("asset__"), inspection_bodies),
    FieldEntity.PATROL: (Patrol, EVERY_ROW, patrol_bodies),
    FieldEntity.DEFECT: (Defect, without_houses("asset__"), defect_bodies),
    FieldEntity.ORDER: (WorkOrder, without_houses("asset__"), order_bodies),
}
"""Each record's rows, which of them a phone may hold, and how they look."""


class FollowedRecordSerializer(serializers.Serializer[Any]):
    """A record that changed, as it is now; `version` is null for what never changes."""

    entity = serializers.ChoiceField(FieldEntity.choices)
    entity_id = serializers.UUIDField()
    server_seq = serializers.IntegerField()
    version = serializers.IntegerField(allow_null=True)
    body = serializers.DictField()


class FieldChangesSerializer(serializers.Serializer[Any]):
    """One page of changes; keep `next_cursor` once its items are stored."""

    items = FollowedRecordSerializer(many=True)
    next_cursor = serializers.CharField()
    more = serializers.BooleanField()
    scope = serializers.CharField()
    held_back_since = serializers.DateTimeField(allow_null=True)


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST_NUMBER or str(number) != text:
        raise ValueError(text)
    return number


CURSOR: Final = (
    Key("scope", read_text),
    Key("history", read_text),
    Key("xid", _number),
    Key("seq", _number),
)


def cursor_at(place: Place, scope: str, horizon: Horizon) -> str:
    """Return the cursor of a place for somebody whose scope has this print."""
    return write_cursor([scope, horizon.history, place.xid, place.seq])


class FieldPull(SameUser, ApiView):
    """Changes of logs, inspections, patrols, defects and work orders."""

    @extend_schema(
        tags=["field"],
        operation_id="field_pull",
        parameters=[
            OpenApiParameter("cursor", str, description="`next_cursor` of the page before."),
            OpenApiParameter("limit", int, description="Changes a page, 1 to 1000."),
            OpenApiParameter(
                "since", str, description="RFC 3339 time from which on to begin, without a cursor."
            ),
            FIELD_USER,
        ],
        responses=FieldChangesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer the next changes that the caller may see, in the order of their commits."""
        refuse_unknown(self.params, {"cursor", "limit", "since"})
        limit = read_limit(self.params.get("limit", ""))
        seen_by = scope_print(self.scope, timezone.localdate())
        horizon = horizon_now()
        found = changes_after(self._place(seen_by, horizon), horizon, self.scope, limit=limit)
        held = horizon.held_back_since
        return Response(
            {
                "items": _items(found.changes, self.scope),
                "next_cursor": cursor_at(found.end, seen_by, horizon),
                "more": found.more,
                "scope": seen_by,
                "held_back_since": timezone.localtime(held).isoformat() if held else None,
            }
        )

    def _place(self, seen_by: str, horizon: Horizon) -> Place:
        """The place after which to go on; raises `Problem` 400, or 410 for one that is over."""
        cursor, since = self.params.get("cursor", ""), moment_of(self.params, "since")
        if not cursor:
            return place_of(since, horizon) if since else START
        if since:
            sentence = _("Give either the cursor or the time.")
            raise bad_parameter("since", "not_with_cursor", sentence)
        seen_then, history, xid, seq = read_cursor(CURSOR, cursor)
        # A place that is still to come was given out by a database that is no longer there.
        if (seen_then, history) != (seen_by, horizon.history) or xid > horizon.newest:
            raise Problem("cursor_expired")
        return Place(xid, seq)


def _items(changes: Sequence[Change], scope: Scope) -> list[Body]:
    """Return the changes whose records the scope may see, each as it is now."""
    keys: dict[str, list[UUID]] = defaultdict(list)
    for change in changes:
        keys[change.entity].append(change.entity_id)
    bodies = {entity: _bodies(entity, found, scope) for entity, found in keys.items()}
    return [
        {
            "entity": change.entity,
            "entity_id": str(change.entity_id),
            "server_seq": change.place.seq,
            "version": body.get("properties", {}).get("version"),
            "body": body,
        }
        for change in changes
        if (body := bodies[change.entity].get(str(change.entity_id)))
    ]


def _bodies(entity: str, keys: Sequence[UUID], scope: Scope) -> dict[str, Body]:
    model, on_phones, shown = SOURCES[entity]
    rows = model.objects.visible_to(scope).filter(on_phones, pk__in=keys)
    return {str(body["id"]): body for body in shown(rows, scope)}
