"""POST /api/v1/sync/receipts: what the register holds of a phone's entries and photos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from field.api.sync_fields import ReceiptsAnswerSerializer, ReceiptsSerializer
from field.models import FieldOperation
from field.receipts import ENTRIES, entry_receipts, operation_receipt, photo_receipts
from maintenance.models import SetAsideEntry
from sites.api.parameters import refuse_unknown
from sites.api.parsers import StrictJSONParser
from sites.api.resource import ApiView
from sites.api.same_user import FIELD_USER, SameUser

SET_ASIDE = ("id", "entity", "entity_id", "op_id", "cause", "code", "state", "reason")


class SyncReceipts(SameUser, ApiView):
    """Receipts, for a phone that was cut off before the answer."""

    parser_classes = [StrictJSONParser]

    @extend_schema(
        tags=["field"],
        operation_id="sync_receipts",
        parameters=[FIELD_USER],
        request=ReceiptsSerializer,
        responses=ReceiptsAnswerSerializer,
    )
    def post(self, request: Request) -> Response:
        """Answer what is held of the caller's own; what is missing has not come."""
        refuse_unknown(self.params, ())
        asked = ReceiptsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        entries = [(entry["entity"], entry["id"]) for entry in values["entries"]]
        keys = {key for _entity, key in entries}
        answer = {
            "entries": self._entries(entries),
            "photos": photo_receipts(values["photos"], self.scope),
            "ops": self._operations(values["ops"]),
            "set_aside": self._set_aside(keys, values["ops"]),
        }
        return Response(answer)

    def _entries(self, asked: Iterable[tuple[str, UUID]]) -> list[dict[str, Any]]:
        by_entity: dict[str, list[UUID]] = {}
        for entity, key in asked:
            by_entity.setdefault(entity, []).append(key)
        found: list[dict[str, Any]] = []
        for entity, keys in by_entity.items():
            own = entry_receipts(entity, keys, self.scope) if entity in ENTRIES else {}
            found += own.values()
            found += self._changes(entity, [key for key in keys if key not in own])
        return found

    def _changes(self, entity: str, keys: list[UUID]) -> list[dict[str, Any]]:
        """Return receipts of the caller's latest change of records that others made."""
        rows = FieldOperation.objects.filter(
            sender=self.actor, entity=entity, entity_id__in=keys, status="stored"
        ).exclude(type="create")
        latest = rows.order_by("entity_id", "-server_seq").distinct("entity_id")
        return [operation_receipt(row) for row in latest]

    def _operations(self, keys: Iterable[UUID]) -> list[dict[str, Any]]:
        rows = FieldOperation.objects.filter(sender=self.actor, pk__in=list(keys))
        columns = ("pk", "entity", "entity_id", "status", "received_at", "server_seq")
        names = ("op_id", *columns[1:])
        found = rows.order_by("server_seq").values_list(*columns)
        return [dict(zip(names, values, strict=True)) for values in found]

    def _set_aside(self, entries: Iterable[UUID], ops: Iterable[UUID]) -> list[dict[str, Any]]:
        asked = Q(entity_id__in=list(entries)) | Q(op_id__in=list(ops))
        rows = SetAsideEntry.objects.filter(asked, sender=self.actor).order_by("received_at", "pk")
        return list(rows.values(*SET_ASIDE))
