"""What is done to one record: a POST to an address of its own, once for each key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.fields import StrictSerializer
from sites.api.idempotency import once
from sites.api.parameters import refuse_unknown
from sites.api.preconditions import require_match
from sites.api.resource import Resource
from sites.problems import Problem
from sites.services import ConcurrentChange


class Action(Resource):
    """Something that is done to one record; the answer is the record as it stands afterwards.

    `If-Match` is honoured where it is sent, `Idempotency-Key` as everywhere.
    """

    input_class: ClassVar[type[StrictSerializer]]

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Do it through its service and return the record."""
        raise NotImplementedError

    def row(self, pk: UUID) -> Any:
        """Return the record; what is not there and what is not to be known get the same 404."""
        return self.rows().get(pk=pk)

    def post(self, request: Request, pk: UUID) -> Response:
        """Do it, once for each `Idempotency-Key`."""
        refuse_unknown(self.params, ())
        row = self.row(pk)
        self.require_change(row)
        expected = None
        if "HTTP_IF_MATCH" in request.META:
            if not require_match(request, self.version_of(row)):
                raise self._stale(pk)
            expected = self.version_of(row)
        return once(request, lambda: self._answer(row, expected))

    def _answer(self, row: Any, expected: int | None) -> Response:
        body = self.input_class(data=self.request.data, context=self.serializer_context())
        body.is_valid(raise_exception=True)
        try:
            done = self.done(row, dict(body.validated_data), expected)
        except ConcurrentChange as error:
            raise self._stale(row.pk) from error
        return self.answer(self.row(done.pk))

    def _stale(self, pk: UUID) -> Problem:
        return self.changed_meanwhile(self.row(pk))
