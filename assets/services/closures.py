"""Closures of stretches of a road."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assets.models import Asset, RoadClosure, RoadSection
from assets.services.asset_access import asset_locked, require_present
from assets.services.errors import NotARoad
from assets.services.stretches import stretch_problems
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def closure_announce(
    *, asset: Asset, values: Mapping[str, Any], actor: User | None, scope: Scope
) -> RoadClosure:
    """Close a stretch of a section from a day until a day, or until further notice.

    Raises `NotPermitted`, `NotARoad`, `WrongMoment` or `RefusedByRegister`.
    """
    section = _section_held(asset, scope)
    closure = RoadClosure(asset=asset, **values)
    return _saved(closure, section, actor, is_new=True)


@transaction.atomic
def closure_change(
    *,
    closure: RoadClosure,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> RoadClosure:
    """Change a closure, for instance its last day.

    Raises `ConcurrentChange`, `NotPermitted`, `WrongMoment` or `RefusedByRegister`.
    """
    section = _section_held(closure.asset, scope)
    current = locked(closure, expected_version)
    assign(current, values, fixed=("asset",))
    return _saved(current, section, actor)


@transaction.atomic
def closure_remove(
    *, closure: RoadClosure, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Remove a closure that was entered by mistake; its values stay in the history.

    Raises `ConcurrentChange`, `NotPermitted` or `WrongMoment`.
    """
    _section_held(closure.asset, scope)
    with authored(actor=actor):
        locked(closure, expected_version).delete()


def _section_held(asset: Asset, scope: Scope) -> RoadSection:
    """Return a section, locked so that nobody shortens it in the meantime."""
    current = asset_locked(asset, scope=scope)
    require_present(current)
    section: RoadSection | None = RoadSection.objects.filter(pk=current.pk).first()
    if section is None:
        raise NotARoad
    return section


def _saved(
    closure: RoadClosure, section: RoadSection, actor: User | None, *, is_new: bool = False
) -> RoadClosure:
    problems = stretch_problems(section, closure.start_m, closure.end_m)
    if problems:
        raise RefusedByRegister(problems)
    with authored(actor=actor):
        save_checked(closure, force_insert=is_new)
    closure.refresh_from_db()
    return closure
