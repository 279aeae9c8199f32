"""From what a phone sent to an operation, or to why it cannot be read; never an exception.

An operation that cannot be stored as it is (a text with NUL or half a character, a number beyond
all bounds, nested without end) is kept as the text of its JSON, so that even it is not lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from field.kinds import OpType
from field.operation import Operation
from maintenance.kinds import FieldEntity
from maintenance.services.set_aside import SentEntry
from sites.api.bodies import checked
from sites.api.fields import StrictSerializer, TextField, WholeNumberField
from sites.api.parsers import check_storable
from sites.api.problems import framework_fields
from sites.problems import Problem

LARGEST_VERSION: Final = 2**31 - 1
KNOWN: Final = frozenset(
    {
        (OpType.CREATE, FieldEntity.LOG),
        (OpType.CREATE, FieldEntity.INSPECTION),
        (OpType.CREATE, FieldEntity.PATROL),
        (OpType.CREATE, FieldEntity.DEFECT),
        (OpType.UPDATE, FieldEntity.DEFECT),
        (OpType.MOVE, FieldEntity.ORDER),
    }
)
"""What can be done to what."""


@extend_schema_field(OpenApiTypes.OBJECT)
class BodyField(serializers.Field[Any, Any, Any, Any]):
    """The values of an entry or change: a JSON object."""

    default_error_messages = {"invalid": _("Give a JSON object.")}

    def to_internal_value(self, data: Any) -> Any:
        """Return the object as it is."""
        if not isinstance(data, Mapping):
            self.fail("invalid")
        return data


class OperationSerializer(StrictSerializer):
    """One operation of a push."""

    op_id = serializers.UUIDField()
    type = serializers.ChoiceField(OpType.choices)
    entity = serializers.ChoiceField(FieldEntity.choices)
    entity_id = serializers.UUIDField()
    base_version = WholeNumberField(
        min_value=0, max_value=LARGEST_VERSION, allow_null=True, default=None
    )
    device_time = serializers.DateTimeField(allow_null=True, default=None)
    device_id = TextField(max_length=80, allow_blank=True, required=False)
    body = BodyField()


class Unreadable(Exception):
    """An operation that cannot be read: as it is to be kept, a code and what was wrong."""

    def __init__(
        self, sent: SentEntry, op_id: str | None, code: str, errors: list[dict[str, Any]]
    ) -> None:
        super().__init__(code)
        self.sent = sent
        self.op_id = op_id
        self.code = code
        self.errors = errors


def read_operation(raw: Any, device_id: str = "") -> Operation:
    """Return the operation that a JSON value means; raises `Unreadable`."""
    try:
        check_storable(raw)
    except Problem as problem:
        error = problem.errors[0]
        wrong = [{"field": "", "code": error.code, "message": error.message}]
        raise Unreadable(
            _kept(raw, device_id, {"as_sent": json.dumps(raw)}), _named(raw), error.code, wrong
        ) from problem
    try:
        values = {"device_id": device_id, **checked(OperationSerializer, raw)}
    except serializers.ValidationError as error:
        raise _malformed(raw, device_id, "malformed", _fields(error)) from error
    if (values["type"], values["entity"]) not in KNOWN:
        sentence = _("A phone cannot do this with such a record.")
        wrong = [{"field": "type", "code": "unknown_operation", "message": sentence}]
        raise _malformed(raw, device_id, "unknown_operation", wrong)
    return Operation(**values)


def _fields(error: serializers.ValidationError) -> list[dict[str, Any]]:
    return [
        {"field": entry.field, "code": entry.code, "message": entry.message}
        for entry in framework_fields(error.detail)
    ]


def _malformed(raw: Any, device_id: str, code: str, errors: list[dict[str, Any]]) -> Unreadable:
    return Unreadable(_kept(raw, device_id, raw), _named(raw), code, errors)


def _kept(raw: Any, device_id: str, body: Any) -> SentEntry:
    """Return what is kept of an operation that cannot be read: all of it, under what is known."""
    told = raw if isinstance(raw, Mapping) else {}
    entity = told.get("entity")
    kind = told.get("type")
    return SentEntry(
        entity=entity if entity in FieldEntity.values else "",
        entity_id=_uuid(told.get("entity_id")),
        body={"as_sent": "null"} if body is None else body,
        type=kind if kind in OpType.values else OpType.CREATE.value,
        op_id=_uuid(told.get("op_id")),
        device_id=device_id,
    )


def _named(raw: Any) -> str | None:
    """Return the operation's own name for itself, so that the phone finds the answer."""
    named = raw.get("op_id") if isinstance(raw, Mapping) else None
    return named if isinstance(named, str) and named.isprintable() and len(named) <= 60 else None


def _uuid(value: Any) -> UUID | None:
    if not isinstance(value, str):
        return None
    try:
        return UUID(value)
    except ValueError:
        return None
