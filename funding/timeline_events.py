"""What money adds to a site's timeline: bookings, contracts, variations and settlements."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from funding.kinds import EntryKind
from funding.models import Contract, LedgerEntry, Settlement, Variation
from sites.access import Scope
from sites.formatting import yuan
from sites.models import ProjectSite
from sites.people import person_name
from sites.timeline import MOST_OF_ONE_KIND, TimelineEvent, register_timeline


def register() -> None:
    """Add the events of money; called when the app starts."""
    register_timeline(bookings)
    register_timeline(contracts)


def bookings(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Each booking of the site, with its source and document."""
    entries = LedgerEntry.objects.visible_to(scope).filter(site=site)
    entries = entries.select_related("source", "recorded_by").order_by("-booked_on", "-id")
    for entry in entries[:MOST_OF_ONE_KIND]:
        words = {"stage": entry.get_stage_display(), "amount": yuan(entry.amount)}
        detail = (entry.source.label, entry.document_number, entry.note, entry.override_reason)
        is_plain = entry.kind == EntryKind.ENTRY
        yield TimelineEvent(
            on=entry.booked_on,
            at=entry.recorded_at,
            kind="money",
            title=_("Money: %(stage)s %(amount)s") % words,
            detail=" · ".join(part for part in detail if part),
            actor=person_name(entry.recorded_by),
            url=reverse("funding:entry-detail", args=[entry.pk]),
            tone="" if is_plain and not entry.override_reason else "warning",
        )


def contracts(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Each contract about the site: signed, varied, settled."""
    found = {
        contract.pk: contract for contract in Contract.objects.visible_to(scope).filter(sites=site)
    }
    for contract in found.values():
        words = {"number": contract.number, "amount": yuan(contract.amount)}
        title = _("Contract %(number)s signed: %(amount)s") % words
        yield _event(contract, contract.signed_on, title, contract.name)
    for change in Variation.objects.filter(contract__in=found):
        contract = found[change.contract_id]
        words = {"number": contract.number, "amount": yuan(change.amount)}
        title = _("Contract %(number)s varied by %(amount)s") % words
        yield _event(contract, change.approved_on, title, change.reason)
    for settled in Settlement.objects.filter(contract__in=found, superseded_by__isnull=True):
        contract = found[settled.contract_id]
        words = {"number": contract.number, "amount": yuan(settled.approved)}
        title = _("Contract %(number)s settled at %(amount)s") % words
        yield _event(contract, settled.settled_on, title, settled.auditor)


def _event(contract: Contract, on: datetime.date, title: str, detail: str) -> TimelineEvent:
    return TimelineEvent(
        on=on,
        at=None,
        kind="contract",
        title=title,
        detail=detail,
        url=reverse("funding:contract-detail", args=[contract.pk]),
    )
