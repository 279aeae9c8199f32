"""What API views do with an entry whose identifier stands for another content: keep it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from rest_framework.response import Response

from maintenance.kinds import FieldEntity, SetAsideCause
from maintenance.services.errors import LogContentDiffers
from maintenance.services.field_errors import EntryDiffers
from maintenance.services.set_aside import Refusal, SentEntry, entry_set_aside


class SetsAside:
    """For views that take entries under the sender's identifier: a 409 for other content is kept.

    The entry is kept in a transaction of its own, after the one that refused it; the answer
    stays 409.
    """

    entity: ClassVar[FieldEntity]

    def handle_exception(self, exc: Exception) -> Response:
        """Keep what was sent when its identifier stands for another entry."""
        if isinstance(exc, LogContentDiffers | EntryDiffers):
            self._keep(exc)
        answer: Response = super().handle_exception(exc)  # type: ignore[misc]
        return answer

    def _keep(self, error: LogContentDiffers | EntryDiffers) -> None:
        view: Any = self
        body = view.request.data
        told = [{"field": error.field, "code": error.code, "message": str(error.message)}]
        entry_set_aside(
            sent=SentEntry(
                entity=self.entity,
                entity_id=_identifier(view.kwargs, body),
                body=body,
                device_id=_device(body),
            ),
            refusal=Refusal(SetAsideCause.OTHER_CONTENT, error.code, told),
            actor=view.actor,
            scope=view.scope,
        )


def _identifier(kwargs: Mapping[str, Any], body: Mapping[str, Any]) -> UUID:
    named = kwargs.get("pk") or body["id"]
    return named if isinstance(named, UUID) else UUID(named)


def _device(body: Mapping[str, Any]) -> str:
    return str(body.get("properties", {}).get("device_id") or "")
