"""For which body somebody records work: the executor on an order, a party on what it covers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from maintenance.acting import Acting, acting_for
from maintenance.kinds import PartyRole
from maintenance.log_entry import LogEntry
from maintenance.models import Agreement, AgreementParty, AgreementScope, WorkOrder
from maintenance.order_place import Stretch, is_covered, joined
from sites.access import Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WORKING_FIRST = (PartyRole.EXECUTOR, PartyRole.PARTICIPANT, PartyRole.SUPERVISOR, PartyRole.CLIENT)


def writer_on_order(order: WorkOrder, scope: Scope, actor: User | None) -> Acting | None:
    """Return somebody recording work on an order; only the executor's people do."""
    return acting_for(scope, actor, order.executor)


@dataclass(frozen=True, slots=True)
class Covering:
    """What covers an asset on a day for one sender: the parties and the stretches they keep."""

    parties: list[AgreementParty]
    tasks: dict[UUID, set[str]]
    stretches: dict[UUID, list[Stretch]]


Coverings: TypeAlias = dict[tuple[UUID, datetime.date], Covering]
"""What was read for earlier entries of the same sender and request."""


def writer_on_asset(
    entry: LogEntry,
    scope: Scope,
    actor: User | None,
    day: datetime.date,
    known: Coverings | None = None,
) -> tuple[Acting, Agreement] | None:
    """Return for whom, and under which agreement, somebody records routine work; or `None`.

    The agreement covers the place for any task on the day, the entry's own task before others.
    An entry that names its agreement is written under that one. `known` belongs to one request.
    """
    if not scope.organisation_ids():
        return None
    covering = _covering(entry, scope, day, {} if known is None else known)
    for party in _ranked(entry, covering):
        by = acting_for(scope, actor, party.organisation)
        stretches = covering.stretches[party.agreement_id]
        if by and is_covered(stretches, entry.chainage_m, entry.chainage_m):
            return by, party.agreement
    return None


def _covering(entry: LogEntry, scope: Scope, day: datetime.date, known: Coverings) -> Covering:
    key = (entry.asset.pk, day)
    if key not in known:
        known[key] = _read(entry.asset.pk, scope, day)
    return known[key]


def _read(asset_id: UUID, scope: Scope, day: datetime.date) -> Covering:
    tasks: dict[UUID, set[str]] = {}
    ends: dict[UUID, list[tuple[Any, Any]]] = {}
    rows = AgreementScope.objects.binding(day).filter(asset_id=asset_id).order_by("start_m")
    for agreement_id, task, start, end in rows.values_list(
        "agreement_id", "task", "start_m", "end_m"
    ):
        tasks.setdefault(agreement_id, set()).add(task)
        ends.setdefault(agreement_id, []).append((start, end))
    parties = AgreementParty.objects.filter(
        agreement_id__in=list(tasks), organisation_id__in=scope.organisation_ids()
    ).select_related("agreement", "organisation")
    stretches = {agreement_id: joined(found) for agreement_id, found in ends.items()}
    return Covering(list(parties), tasks, stretches)


def _ranked(entry: LogEntry, covering: Covering) -> list[AgreementParty]:
    order = [role.value for role in WORKING_FIRST]
    wanted = [
        party
        for party in covering.parties
        if entry.agreement is None or party.agreement_id == entry.agreement.pk
    ]
    return sorted(
        wanted,
        key=lambda party: (
            entry.task not in covering.tasks[party.agreement_id],
            order.index(party.role),
            party.pk,
        ),
    )
