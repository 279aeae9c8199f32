"""What happened to an agreement: its moves, and what was changed in it, newest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maintenance.kinds import AgreementState
from maintenance.models import Agreement, AgreementChange, AgreementScope
from sites.formatting import NOTHING, day
from sites.kinds import Role

COLUMNS = (
    "number",
    "name",
    "model",
    "starts_on",
    "ends_on",
    "price_basis",
    "unit_price",
    "payment_cycle",
    "inspects",
    "confirms",
    "standard_text",
    "note",
)
MOST = 200
"""Entries that are shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: when, who, what in words, and the reason."""

    at: datetime.datetime
    who: str
    what: str | Promise
    old: str = ""
    new: str = ""
    reason: str = ""


def agreement_history(agreement: Agreement) -> list[Entry]:
    """Return the latest entries of an agreement's history, the newest first."""
    entries = [*_moves(agreement), *_with_names([*_columns(agreement), *_keepers(agreement)])]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST]


def _moves(agreement: Agreement) -> Iterator[Entry]:
    moves = AgreementChange.objects.filter(agreement=agreement)
    for move in moves.select_related("actor", "organisation"):
        role = Role(move.role).label if move.role else ""
        body = move.organisation.label if move.organisation else ""
        who = " · ".join(str(part) for part in (move.actor or "", role, body) if part)
        old, new = (str(AgreementState(s).label) for s in (move.from_state, move.to_state))
        yield Entry(move.at, who, _("State"), old, new, move.reason)


def _columns(agreement: Agreement) -> Iterator[Entry]:
    """Yield what changed between each kept row and the next, and what stands now."""
    past = list(
        apps.get_model("maintenance", "AgreementEvent")
        ._default_manager.filter(pgh_obj_id=agreement.pk)
        .annotate(context=F("pgh_context__metadata"))
        .order_by("pgh_id")
    )
    for old, new in pairwise([*past, agreement]):
        for name in COLUMNS:
            before, after = getattr(old, name), getattr(new, name)
            if before != after:
                label = _field(name).verbose_name
                words = (_words(name, before), _words(name, after))
                yield _entry(old, label, *words)


def _keepers(agreement: Agreement) -> Iterator[Entry]:
    present = {
        row.pk: row
        for row in AgreementScope.objects.filter(agreement=agreement).select_related("asset")
    }
    past = (
        apps.get_model("maintenance", "AgreementScopeEvent")
        ._default_manager.filter(pgh_obj_id__in=list(present))
        .annotate(context=F("pgh_context__metadata"))
        .order_by("pgh_obj_id", "pgh_id")
    )
    rows: dict[Any, list[Any]] = {}
    for row in past:
        rows.setdefault(row.pgh_obj_id, []).append(row)
    for key, found in rows.items():
        for old, new in pairwise([*found, present[key]]):
            if old.keeper_name != new.keeper_name:
                label = _("Person in charge of %(asset)s") % {"asset": present[key].asset.label}
                yield _entry(old, label, old.keeper_name or NOTHING, new.keeper_name or NOTHING)


def _entry(row: Any, what: str | Promise, old: str, new: str) -> Entry:
    context = row.context or {}
    who, reason = str(context.get("user") or ""), str(context.get("reason") or "")
    return Entry(row.pgh_created_at, who, what, old, new, reason)


def _words(name: str, value: Any) -> str:
    if isinstance(value, datetime.date):
        return day(value)
    choices = dict(_field(name).flatchoices)
    return str(choices.get(value, value)) or NOTHING


def _field(name: str) -> Any:
    return Agreement._meta.get_field(name)


def _with_names(entries: list[Entry]) -> Iterator[Entry]:
    keys = {int(entry.who) for entry in entries if entry.who.isdecimal()}
    people = get_user_model()._default_manager.in_bulk(keys)
    for entry in entries:
        person = people.get(int(entry.who)) if entry.who.isdecimal() else None
        name = person.get_username() if person else ""
        yield Entry(entry.at, name, entry.what, entry.old, entry.new, entry.reason)
