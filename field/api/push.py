"""POST /api/v1/sync/push: what a phone sends, each operation answered by itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from field.api.sync_fields import PushAnswerSerializer, PushSerializer
from field.limits import LARGEST_PUSH, MOST_OPERATIONS
from field.operation import Sending
from field.services.operations import operations_take
from sites.api.parameters import refuse_unknown
from sites.api.parsers import StrictJSONParser, check_storable, read_loosely
from sites.api.problems import framework_fields
from sites.api.resource import ApiView
from sites.api.same_user import FIELD_USER, SameUser
from sites.problems import FieldProblem, Problem

DEEPEST = 200
"""Levels of a push that is read at all; what is deeper than other bodies is kept as text."""


class PushParser(StrictJSONParser):
    """Reads a push, with whatever its operations hold: each of them is judged by itself."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the value of the body; raises `Problem` 400 or 413."""
        body = stream.read(LARGEST_PUSH + 1)
        if len(body) > LARGEST_PUSH:
            raise Problem("too_large")
        value = read_loosely(body)
        _require_shallow(value)
        return value


class SyncPush(SameUser, ApiView):
    """What phones send."""

    parser_classes = [PushParser]

    @extend_schema(
        tags=["field"],
        operation_id="sync_push",
        parameters=[FIELD_USER],
        request=PushSerializer,
        responses=PushAnswerSerializer,
    )
    def post(self, request: Request) -> Response:
        """Take in up to 100 operations; a bad one never stands in the way of another."""
        at = timezone.now()
        refuse_unknown(self.params, ())
        sent: Any = request.data
        envelope = _envelope(sent)
        if envelope["user"] not in (None, self.actor.pk):
            sentence = _("These entries were made by somebody else on this device.")
            raise Problem("other_user", errors=[FieldProblem("user", "other_user", sentence)])
        results = operations_take(
            ops=sent["ops"],
            sender=self.actor,
            scope=self.scope,
            sending=Sending(at, envelope["device_id"], _skew(envelope["sent_at"], at)),
        )
        answer = {"results": [result.answer() for result in results], "server_time": at}
        return Response(answer)


def _envelope(data: Any) -> dict[str, Any]:
    """Return what surrounds the operations; raises `Problem` 400 or 413."""
    if not isinstance(data, Mapping) or not isinstance(data.get("ops"), list):
        sentence = _("Give an object with the operations as the list “ops”.")
        raise Problem("malformed", errors=[FieldProblem("ops", "required", sentence)])
    if len(data["ops"]) > MOST_OPERATIONS:
        words = {"most": MOST_OPERATIONS}
        sentence = _("Send at most %(most)s operations at once.") % words
        raise Problem("too_large", errors=[FieldProblem("ops", "too_many", sentence)])
    rest = {name: value for name, value in data.items() if name != "ops"}
    check_storable(rest)
    serializer = PushSerializer(data={**rest, "ops": []})
    try:
        serializer.is_valid(raise_exception=True)
    except serializers.ValidationError as error:
        raise Problem("malformed", errors=list(framework_fields(error.detail))) from error
    return dict(serializer.validated_data)


def _skew(sent_at: datetime.datetime | None, at: datetime.datetime) -> float | None:
    """Return how many seconds the phone's clock is ahead of ours; a slow link makes it less."""
    return None if sent_at is None else round((sent_at - at).total_seconds(), 1)


def _require_shallow(value: Any) -> None:
    level: list[Any] = [value]
    for _depth in range(DEEPEST):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    sentence = _("The JSON is nested too deeply.")
    raise Problem("malformed_json", errors=[FieldProblem("", "too_deep", sentence)])
