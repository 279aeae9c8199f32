"""For which body somebody records work: the executor on an order, a party on what it covers."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from maintenance.acting import Acting, acting_for
from maintenance.kinds import PartyRole
from maintenance.log_entry import LogEntry
from maintenance.models import Agreement, AgreementParty, AgreementScope, WorkOrder
from maintenance.order_place import is_covered, scopes_on
from sites.access import Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WORKING_FIRST = (PartyRole.EXECUTOR, PartyRole.PARTICIPANT, PartyRole.SUPERVISOR, PartyRole.CLIENT)


def writer_on_order(order: WorkOrder, scope: Scope, actor: User | None) -> Acting | None:
    """Return somebody recording work on an order; only the executor's people do."""
    return acting_for(scope, actor, order.executor)


def writer_on_asset(
    entry: LogEntry, scope: Scope, actor: User | None, day: datetime.date
) -> tuple[Acting, Agreement] | None:
    """Return for whom, and under which agreement, somebody records routine work; or `None`.

    The agreement covers the place for any task on the day, the entry's own task before others.
    An entry that names its agreement is written under that one.
    """
    own = scope.organisation_ids()
    if not own:
        return None
    for party in _parties(entry, own, day):
        scopes = scopes_on(party.agreement, entry.asset, day)
        by = acting_for(scope, actor, party.organisation)
        if by and is_covered(scopes, entry.chainage_m, entry.chainage_m):
            return by, party.agreement
    return None


def _parties(entry: LogEntry, own: tuple[UUID, ...], day: datetime.date) -> list[AgreementParty]:
    tasks: dict[UUID, set[str]] = {}
    rows = AgreementScope.objects.binding(day).filter(asset=entry.asset)
    for agreement_id, task in rows.values_list("agreement_id", "task"):
        tasks.setdefault(agreement_id, set()).add(task)
    parties = AgreementParty.objects.filter(
        agreement_id__in=list(tasks), organisation_id__in=own
    ).select_related("agreement", "organisation")
    if entry.agreement is not None:
        parties = parties.filter(agreement=entry.agreement)
    order = [role.value for role in WORKING_FIRST]
    return sorted(
        parties,
        key=lambda party: (
            entry.task not in tasks[party.agreement_id],
            order.index(party.role),
            party.pk,
        ),
    )
