"""For which body somebody records work: the executor on an order, a party on what it covers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils import timezone

from maintenance.acting import Acting, acting_for
from maintenance.device_clock import by_our_clock
from maintenance.kinds import PartyRole
from maintenance.log_entry import LogEntry
from maintenance.models import Agreement, AgreementParty, MaintenanceLog, WorkOrder
from maintenance.order_place import Stretch, is_covered, joined
from sites.access import Scope, scope_of
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
class Moment:
    """When an entry arrived, by our clock, and how far ahead of it the device's clock was."""

    at: datetime.datetime
    skew_s: float | None = None

    @property
    def arrived_on(self) -> datetime.date:
        """The local day of arrival."""
        return timezone.localdate(self.at)

    def days(self, entry: LogEntry) -> list[datetime.date]:
        """Return the days by which an entry is judged, the first that fits deciding.

        The day of the work, which may lie under an agreement that has ended since; then the day of
        arrival, because a phone may have told a wrong day. A correction may be later than what it
        corrects: the days of that one follow.
        """
        told = by_our_clock(entry.device_time, self.skew_s)
        found = [timezone.localdate(min(told, self.at)), self.arrived_on]
        if entry.corrects is not None:
            found += _days_of(entry.corrects)
        return list(dict.fromkeys(found))


def _days_of(log: MaintenanceLog) -> Iterator[datetime.date]:
    """Yield the days by which an entry that stands was judged."""
    yield timezone.localdate(by_our_clock(log.device_time, log.clock_skew_s))
    yield timezone.localdate(log.received_at)


@dataclass(frozen=True, slots=True)
class Covering:
    """What covers an asset on a day for one sender: the parties and the stretches they keep."""

    parties: dict[Any, AgreementParty]
    tasks: dict[UUID, set[str]]
    stretches: dict[UUID, list[Stretch]]


@dataclass(frozen=True, slots=True)
class Known:
    """What was read for earlier entries of the same sender and request."""

    scopes: dict[datetime.date, Scope] = field(default_factory=dict)
    coverings: dict[tuple[UUID, datetime.date, frozenset[UUID]], Covering] = field(
        default_factory=dict
    )


def writer_on_asset(
    entry: LogEntry,
    scope: Scope,
    actor: User | None,
    moment: Moment,
    known: Known,
) -> tuple[Acting, Agreement] | None:
    """Return for whom, and under which agreement, somebody records routine work; or `None`.

    The agreement covers the place for any task on the day of the work, the entry's own task before
    others, for a body to which the person belonged on that day, else belongs now. An entry that
    names its agreement is written under that one, a correction under the one of what it corrects.
    """
    for day in moment.days(entry):
        for held in _scopes(actor, scope, day, moment, known):
            if found := _on_day(entry, held, actor, day, known):
                return found
    return None


def _scopes(
    actor: User | None, scope: Scope, day: datetime.date, moment: Moment, known: Known
) -> Iterator[Scope]:
    if actor is not None and day != moment.arrived_on:
        if day not in known.scopes:
            known.scopes[day] = scope_of(actor, today=day)
        yield known.scopes[day]
    yield scope


def _on_day(
    entry: LogEntry, scope: Scope, actor: User | None, day: datetime.date, known: Known
) -> tuple[Acting, Agreement] | None:
    if not scope.organisation_ids():
        return None
    covering = _covering(entry, scope, day, known)
    for party in _ranked(entry, covering):
        by = acting_for(scope, actor, party.organisation)
        stretches = covering.stretches[party.agreement_id]
        if by and is_covered(stretches, entry.chainage_m, entry.chainage_m):
            return by, party.agreement
    return None


def _covering(entry: LogEntry, scope: Scope, day: datetime.date, known: Known) -> Covering:
    key = (entry.asset.pk, day, frozenset(scope.organisation_ids()))
    if key not in known.coverings:
        known.coverings[key] = _read(entry.asset.pk, scope, day)
    return known.coverings[key]


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
    named = {entry.agreement.pk} if entry.agreement else set()
    if entry.corrects is not None:
        named |= {entry.corrects.agreement_id}
    wanted = [
        party for party in covering.parties.values() if not named or named == {party.agreement_id}
    ]
    return sorted(
        wanted,
        key=lambda party: (
            entry.task not in covering.tasks[party.agreement_id],
            order.index(party.role),
            party.pk,
        ),
    )
