"""One operation as a phone sent it, read and checked, and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from field.kinds import OpStatus
from maintenance.models import SetAsideEntry
from maintenance.services.set_aside import SentEntry, content_sha256


@dataclass(frozen=True, slots=True)
class Operation:
    """What a phone asks for; `base_version` is the version that the phone had seen."""

    op_id: UUID
    type: str
    entity: str
    entity_id: UUID
    body: Mapping[str, Any]
    base_version: int | None = None
    device_time: datetime.datetime | None = None
    device_id: str = ""

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of all that makes the operation the same one."""
        asked = [self.type, self.entity, str(self.entity_id), self.base_version, self.body]
        return content_sha256(asked)

    def as_sent(self) -> SentEntry:
        """Return the entry to be set aside if this is not taken."""
        return SentEntry(
            entity=self.entity,
            entity_id=self.entity_id,
            body=self.body,
            type=self.type,
            op_id=self.op_id,
            base_version=self.base_version,
            device_id=self.device_id,
            device_time=self.device_time,
        )


@dataclass(frozen=True, slots=True)
class Sending:
    """Under which circumstances operations came: the phone, its clock, our time, who carried them.

    `skew_s` is how many seconds the phone's clock is ahead of ours, None where it did not tell;
    `brought_by` is who took in a phone's saved file, None for the phone itself.
    """

    at: datetime.datetime
    device_id: str = ""
    skew_s: float | None = None
    brought_by: Any = None


@dataclass(slots=True)
class OpResult:
    """What became of one operation; `errors` are `{field, code, message}`."""

    op_id: str | None
    status: OpStatus
    code: str = ""
    message: str = ""
    errors: list[dict[str, Any]] = field(default_factory=list)
    server_seq: int | None = None
    current: dict[str, Any] | None = None
    receipt: dict[str, Any] | None = None
    set_aside: SetAsideEntry | None = None

    def answer(self) -> dict[str, Any]:
        """Return the result as the phone gets it."""
        told: dict[str, Any] = {
            "op_id": self.op_id,
            "status": self.status.value,
            "code": self.code,
            "message": self.message,
            "errors": self.errors,
            "server_seq": self.server_seq,
            "receipt": self.receipt,
        }
        if self.current is not None:
            told["current"] = self.current
        if self.set_aside is not None:
            told["set_aside"] = {
                "id": str(self.set_aside.pk),
                "state": self.set_aside.state,
                "reason": self.set_aside.reason,
                "times_sent": self.set_aside.times_sent,
            }
        return told
