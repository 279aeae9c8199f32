"""Editing the line of a section: what was surveyed as a point keeps its place in the world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.contrib.gis.geos import LineString
from django.db import transaction

from assets.chainage import Chainage
from assets.linear import Axis, Foot, axis_of, locate_all
from assets.models import Asset, RoadSection, Structure
from assets.services.asset_access import asset_locked, require_present
from assets.services.errors import NotARoad
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

REVIEW_BEYOND_M: Final = 50.0
"""A point further from its line than this is looked at by somebody: our choice."""
Relocation = Callable[[Asset, Axis], None]
_RELOCATIONS: list[Relocation] = []


@dataclass(frozen=True, slots=True)
class Relocated:
    """The structures of an edited section: how many moved along it, how many need review."""

    moved: int
    to_review: int


def register_relocation(relocation: Relocation) -> None:
    """Add what an app above does with its own points on a section whose line was edited."""
    if relocation not in _RELOCATIONS:
        _RELOCATIONS.append(relocation)


@transaction.atomic
def section_line_edit(
    *,
    asset: Asset,
    line: LineString,
    actor: User | None,
    scope: Scope,
    expected_version: int,
    reason: str = "",
) -> Relocated:
    """Give a section another line and locate its points anew; see decision 14.

    Raises `ConcurrentChange`, `NotPermitted`, `NotARoad`, `WrongMoment` or `RefusedByRegister`.
    """
    current = asset_locked(asset, scope=scope, expected_version=expected_version)
    require_present(current)
    if not RoadSection.objects.filter(pk=current.pk).exists():
        raise NotARoad
    current.geometry = line
    current.updated_by = actor
    with authored(actor=actor, reason=reason):
        save_checked(current)
        return points_relocate(current)


def points_relocate(asset: Asset) -> Relocated:
    """Locate the points on a section anew; called within the change of its line or chainage.

    Structures keep their point and get the chainage of its foot, among equally near ones the one
    nearest to the old chainage. What was given by chainage needs nothing: its geometry is derived.
    """
    section = RoadSection.objects.get(pk=asset.pk)
    axis = axis_of(section, asset.geometry)
    structures = list(Structure.objects.select_for_update().filter(asset=asset).order_by("pk"))
    feet = locate_all(axis, [(each.point, Chainage(each.chainage_m)) for each in structures])
    changed = [each for each, foot in zip(structures, feet, strict=True) if _follow(each, foot)]
    Structure.objects.bulk_update(changed, ["chainage_m", "needs_review"])
    for relocation in _RELOCATIONS:
        relocation(asset, axis)
    return Relocated(len(changed), sum(each.needs_review for each in structures))


def _follow(structure: Structure, foot: Foot | None) -> bool:
    """Set the chainage and the mark of a structure; return whether anything changed."""
    before = structure.chainage_m, structure.needs_review
    if foot is not None:
        structure.chainage_m = foot.chainage.metres
    structure.needs_review = foot is None or foot.distance_m > REVIEW_BEYOND_M
    return before != (structure.chainage_m, structure.needs_review)
