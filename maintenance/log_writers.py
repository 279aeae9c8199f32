"""For which body somebody records work: the executor on an order, a party on what it covers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from uuid import UUID

from maintenance.acting import Acting, acting_for
from maintenance.kinds import PartyRole
from maintenance.log_entry import LogEntry
from maintenance.models import Agreement, AgreementParty, WorkOrder
from maintenance.order_place import Stretch, is_covered, joined
from sites.access import Scope
from sites.models import Organisation
from sites.prepared import loaded, prepared_rows

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COVERING_SQL: Final = """
SELECT stretch.id, stretch.task, stretch.start_m, stretch.end_m,
    party.id, party.role, party.agreement_id, body.id, body.name
FROM maintenance_agreementscope stretch
JOIN maintenance_agreementparty party ON party.agreement_id = stretch.agreement_id
JOIN sites_organisation body ON body.id = party.organisation_id
WHERE stretch.asset_id = %(asset)s AND stretch.is_binding
    AND stretch.valid_from <= %(day)s AND stretch.valid_to >= %(day)s
    AND party.organisation_id = ANY(%(organisations)s)
ORDER BY stretch.start_m
"""
"""The stretches of an asset that bind on a day, with each party among the organisations."""
WORKING_FIRST = (PartyRole.EXECUTOR, PartyRole.PARTICIPANT, PartyRole.SUPERVISOR, PartyRole.CLIENT)


def writer_on_order(order: WorkOrder, scope: Scope, actor: User | None) -> Acting | None:
    """Return somebody recording work on an order; only the executor's people do."""
    return acting_for(scope, actor, order.executor)


@dataclass(frozen=True, slots=True)
class Covering:
    """What covers an asset on a day for one sender: the parties and the stretches they keep."""

    parties: dict[Any, AgreementParty]
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
    covering = Covering({}, {}, {})
    ends: dict[UUID, dict[Any, tuple[Any, Any]]] = {}
    values = {"asset": asset_id, "day": day, "organisations": list(scope.organisation_ids())}
    for scope_id, task, start, end, *party in prepared_rows(COVERING_SQL, values):
        known = covering.parties.setdefault(party[0], _party(*party))
        agreement_id = known.agreement_id
        covering.tasks.setdefault(agreement_id, set()).add(task)
        ends.setdefault(agreement_id, {})[scope_id] = (start, end)
    covering.stretches.update({key: joined(found.values()) for key, found in ends.items()})
    return covering


def _party(key: int, role: str, agreement_id: UUID, body_id: UUID, name: str) -> AgreementParty:
    """Return a party with what recording work needs of it; other values load when read."""
    party: AgreementParty = loaded(
        AgreementParty, id=key, role=role, agreement_id=agreement_id, organisation_id=body_id
    )
    party.agreement = loaded(Agreement, id=agreement_id)
    party.organisation = loaded(Organisation, id=body_id, name=name)
    return party


def _ranked(entry: LogEntry, covering: Covering) -> list[AgreementParty]:
    order = [role.value for role in WORKING_FIRST]
    wanted = [
        party
        for party in covering.parties.values()
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
