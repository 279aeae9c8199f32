"""What phones sent and the register could not take: kept whole, and closed when it goes in."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from maintenance.kinds import SetAsideCause, SetAsideState
from maintenance.models import SetAsideEntry
from maintenance.set_aside_area import place_of
from maintenance.set_aside_errors import error_kept
from sites.access import Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST_DEVICE = 80
LARGEST_VERSION = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SentEntry:
    """An entry or change as a phone sent it; what cannot be read of it is empty or null.

    `body` is any JSON that the database can hold.
    """

    entity: str
    entity_id: UUID | None
    body: Any
    type: str = "create"
    op_id: UUID | None = None
    base_version: int | None = None
    device_id: str = ""
    device_time: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an entry was not taken: the cause, a stable code, and what was wrong where.

    `errors` are `{field, code, message}`; `sides`, of a clash, `{field, base, office, phone}`.
    """

    cause: SetAsideCause
    code: str
    errors: Sequence[Mapping[str, Any]] = ()
    sides: Sequence[Mapping[str, Any]] = ()
    current_version: int | None = None


def content_sha256(content: Any) -> str:
    """Return the SHA-256 of a JSON value in one canonical form."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def entry_set_aside(
    *,
    sent: SentEntry,
    refusal: Refusal,
    actor: User,
    scope: Scope,
    clock_skew_s: float | None = None,
) -> SetAsideEntry:
    """Keep an entry that was not taken, once for its content; return how it stands.

    Sent again it is counted, and what was found wrong now replaces what was found before, unless
    the office has decided already. It belongs to its asset's area, or else to the sender's.
    `clock_skew_s` is how far the device's clock was ahead of ours, for when it is judged again.
    """
    asset, area_code = place_of(sent.body, sent.entity, sent.entity_id, scope)
    entry = SetAsideEntry(
        cause=refusal.cause,
        code=refusal.code[:60],
        errors=[error_kept(error) for error in refusal.errors],
        sides=list(refusal.sides),
        op_id=sent.op_id,
        type=sent.type,
        entity=sent.entity,
        entity_id=sent.entity_id,
        base_version=_version(sent.base_version),
        current_version=refusal.current_version,
        body=sent.body,
        body_sha256=content_sha256(sent.body),
        device_id=sent.device_id[:LONGEST_DEVICE],
        device_time=sent.device_time,
        clock_skew_s=clock_skew_s,
        sender=actor,
        asset=asset,
        area_code=area_code,
    )
    SetAsideEntry.objects.bulk_create([entry], ignore_conflicts=True)
    kept: SetAsideEntry = _same_entry(entry).select_for_update(of=("self",)).get()
    if kept.pk != entry.pk:
        _counted(kept, entry)
    return kept


def entries_taken(*, sent: SentEntry, actor: User, became: UUID, at: datetime.datetime) -> int:
    """Close what was set aside of an entry that has gone in now; return how many that were.

    A new entry closes all that its sender sent under its identifier and that was refused; a
    change or move closes what had the same content or operation.
    """
    rows = SetAsideEntry.objects.open().filter(
        sender=actor, entity=sent.entity, entity_id=sent.entity_id, type=sent.type
    )
    if sent.type == "create":
        rows = rows.exclude(cause=SetAsideCause.OTHER_CONTENT)
    else:
        same = Q(body_sha256=content_sha256(sent.body))
        rows = rows.filter(same | Q(op_id=sent.op_id) if sent.op_id else same)
    closed: int = rows.update(state=SetAsideState.TAKEN, became=became, decided_at=at)
    return closed


def _same_entry(entry: SetAsideEntry) -> Any:
    return SetAsideEntry.objects.filter(
        entity=entry.entity,
        entity_id=entry.entity_id,
        sender=entry.sender,
        type=entry.type,
        body_sha256=entry.body_sha256,
    )


def _counted(kept: SetAsideEntry, sent: SetAsideEntry) -> None:
    """Count an entry that was sent again, with what was found wrong this time."""
    changed = ["times_sent"]
    kept.times_sent = F("times_sent") + 1
    if _clashes_anew(kept, sent):
        kept.state, kept.became, kept.decided_at = SetAsideState.OPEN, None, None
        changed += ["state", "became", "decided_at"]
    if kept.state == SetAsideState.OPEN:
        told = (
            *("cause", "code", "errors", "sides", "op_id", "base_version", "current_version"),
            *(() if sent.clock_skew_s is None else ("clock_skew_s",)),
        )
        for name in told:
            setattr(kept, name, getattr(sent, name))
        changed += told
    kept.save(update_fields=changed)
    kept.refresh_from_db(fields=["times_sent"])


def _clashes_anew(kept: SetAsideEntry, sent: SetAsideEntry) -> bool:
    """Whether a change that went in by itself before meets a record that has changed since.

    Nobody has looked at this clash, and both of its values have to be seen.
    """
    if kept.state != SetAsideState.TAKEN or kept.decided_by_id is not None:
        return False
    return sent.cause == SetAsideCause.CLASH and (sent.current_version or 0) > (
        kept.current_version or 0
    )


def _version(number: int | None) -> int | None:
    fits = number is not None and -LARGEST_VERSION <= number <= LARGEST_VERSION
    return number if fits else None
