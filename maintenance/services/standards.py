"""Upkeep standards and their checklists: the planner writes them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from maintenance.models import ChecklistItem, UpkeepStandard
from maintenance.services.schedules import schedules_make
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_ITEMS = 40
"""A longer list is not answered on a phone: our choice."""


@transaction.atomic
def standard_create(
    *,
    values: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    actor: User | None,
    scope: Scope,
    on: datetime.date,
) -> UpkeepStandard:
    """Create a standard with its checklist, and the schedules of every asset that it concerns.

    Raises `NotPermitted` or `RefusedByRegister`.
    """
    _require_planner(scope)
    standard = UpkeepStandard(**values)
    save_checked(standard, force_insert=True)
    _write_items(standard, items)
    if standard.is_active:
        schedules_make(on=on)
    standard.refresh_from_db()
    return standard


@transaction.atomic
def standard_update(
    *,
    standard: UpkeepStandard,
    values: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]] | None,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int,
) -> UpkeepStandard:
    """Change a standard, and its checklist where `items` are given.

    Answers of the past keep their questions: an item that is left out is taken out of use, and
    one whose words or rules change is replaced. A standard out of use makes nothing due. Raises
    `NotPermitted`, `ConcurrentChange` or `RefusedByRegister`.
    """
    _require_planner(scope)
    current = locked(standard, expected_version)
    was_active = current.is_active
    assign(current, values, fixed=("code", "asset_kind", "works_kind"))
    with authored(actor=actor):
        save_checked(current)
        if items is not None and _replace_items(current, items):
            # The checklist is part of the standard: who holds the old version must learn of it.
            rows = UpkeepStandard.objects.filter(pk=current.pk)
            rows.update(version=F("version") + 1, updated_at=Now())
        if current.is_active != was_active:
            current.schedules.update(is_active=current.is_active)
    if current.is_active:
        schedules_make(on=on)
    current.refresh_from_db()
    return current


def _require_planner(scope: Scope) -> None:
    if not scope.manages_register:
        raise NotPermitted


def _replace_items(standard: UpkeepStandard, items: Sequence[Mapping[str, Any]]) -> bool:
    """Bring the checklist to the items given, in their order; return whether anything changed."""
    standing = list(standard.items.filter(is_active=True).order_by("position"))
    kept = [_take_same(standing, values) for values in items]
    if not standing and all(kept) and _is_in_order([item for item in kept if item]):
        return False
    ChecklistItem.objects.filter(pk__in=[item.pk for item in standing]).update(is_active=False)
    _write_items(standard, items, kept)
    return True


def _take_same(standing: list[ChecklistItem], values: Mapping[str, Any]) -> ChecklistItem | None:
    """Take the item that says exactly this out of the list of those that are left."""
    for item in standing:
        if all(getattr(item, name) == value for name, value in values.items()):
            standing.remove(item)
            return item
    return None


def _is_in_order(items: Sequence[ChecklistItem]) -> bool:
    places = [item.position for item in items]
    return places == sorted(places)


def _write_items(
    standard: UpkeepStandard,
    items: Sequence[Mapping[str, Any]],
    kept: Sequence[ChecklistItem | None] = (),
) -> None:
    """Write the items behind all that the standard ever had, so that no place is taken twice."""
    if not 1 <= len(items) <= MOST_ITEMS:
        sentence = _("A checklist has 1 to %(most)s questions.") % {"most": MOST_ITEMS}
        raise RefusedByRegister([("items", "bad_length", sentence)])
    last = standard.items.aggregate(last=Max("position"))["last"] or 0
    for place, values in enumerate(items, start=1):
        item = (kept[place - 1] if kept else None) or ChecklistItem(standard=standard, **values)
        is_new = item._state.adding
        item.position = last + place
        try:
            save_checked(item, force_insert=is_new)
        except RefusedByRegister as error:
            raise RefusedByRegister(
                [(f"items.{place - 1}.{field}".rstrip("."), c, t) for field, c, t in error.errors]
            ) from error
