"""Records that are changed field by field and never removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.preconditions import require_match
from sites.api.resource import Record
from sites.problems import Problem
from sites.services import ConcurrentChange


class ChangedByPatch(Record):
    """A record whose given fields are changed under `If-Match`; nothing removes it."""

    def changed(self, row: Any, values: Mapping[str, Any]) -> Any:
        """Change the row through its service, if its version still stands."""
        raise NotImplementedError

    def patch(self, request: Request, pk: UUID) -> Response:
        """Change the fields that are given."""
        row = self.row(pk)
        self.require_change(row)
        if not require_match(request, self.version_of(row)):
            raise self._stale(pk)
        values = self.parsed(row=row, partial=True)
        try:
            self.changed(row, values)
        except ConcurrentChange as error:
            raise self._stale(pk) from error
        return self.answer(self.row(pk))

    def _stale(self, pk: UUID) -> Problem:
        return self.changed_meanwhile(self.row(pk))
