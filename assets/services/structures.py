"""Structures of a section: each has a point on the ground and the chainage of its foot."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from assets.chainage import Chainage, ChainageError
from assets.linear import Axis, LinearReferenceError, axis_of, locate, point_at
from assets.models import Asset, RoadSection, Structure
from assets.services.asset_access import asset_locked, require_present
from assets.services.errors import NotARoad
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WITHIN_M: Final = 50.0
"""A structure belongs to a section that is at most this far away: our choice."""
PLACE: Final = ("point", "chainage_m")


@transaction.atomic
def structure_add(
    *, asset: Asset, values: Mapping[str, Any], actor: User | None, scope: Scope
) -> Structure:
    """Add a structure to a road section, by its point, by its chainage, or by both.

    A point must lie within 50 m of the line, and gives the chainage; a chainage alone gives the
    point on the line. Raises `NotPermitted`, `NotARoad`, `WrongMoment` or `RefusedByRegister`.
    """
    axis = _axis_held(asset, scope)
    structure = Structure(asset=asset, **{k: v for k, v in values.items() if k not in PLACE})
    _put(structure, axis, values.get("point"), values.get("chainage_m"))
    with authored(actor=actor):
        save_checked(structure, force_insert=True)
    structure.refresh_from_db()
    return structure


@transaction.atomic
def structure_change(
    *,
    structure: Structure,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> Structure:
    """Change a structure; a new point or a new chainage puts it elsewhere.

    Raises `ConcurrentChange`, `NotPermitted`, `WrongMoment` or `RefusedByRegister`.
    """
    axis = _axis_held(structure.asset, scope)
    current = locked(structure, expected_version)
    point = _new(current, values, "point")
    chainage_m = _new(current, values, "chainage_m")
    assign(current, {k: v for k, v in values.items() if k not in PLACE}, fixed=("asset",))
    if point is not None or chainage_m is not None:
        _put(current, axis, point, chainage_m)
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def structure_remove(
    *, structure: Structure, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Remove a structure; its values stay in the history. Raises as `structure_change` does."""
    _axis_held(structure.asset, scope)
    with authored(actor=actor):
        locked(structure, expected_version).delete()


def _axis_held(asset: Asset, scope: Scope) -> Axis:
    """Return the axis of a section, locked so that nobody edits its line in the meantime."""
    current = asset_locked(asset, scope=scope)
    require_present(current)
    section = RoadSection.objects.filter(pk=current.pk).first()
    if section is None:
        raise NotARoad
    return axis_of(section, current.geometry)


def _new(structure: Structure, values: Mapping[str, Any], name: str) -> Any:
    """Return a given value that differs from the one that stands, else None."""
    given = values.get(name)
    return None if given is None or given == getattr(structure, name) else given


def _put(structure: Structure, axis: Axis, point: Any, chainage_m: Decimal | None) -> None:
    if point is None and chainage_m is None:
        sentence = _("Give the chainage or the position of the structure.")
        raise RefusedByRegister([("chainage_m", "required", sentence)])
    near = _chainage(chainage_m)
    try:
        if point is None and near is not None:
            structure.point, structure.chainage_m = point_at(axis, near), near.metres
        else:
            foot = locate(axis, point, within_m=WITHIN_M, near=near)
            _require_agreement(foot.chainage, near)
            structure.point, structure.chainage_m = point, foot.chainage.metres
    except LinearReferenceError as error:
        field = "chainage_m" if point is None else "point"
        raise RefusedByRegister([(field, error.code, str(error.message))]) from error
    structure.needs_review = False


def _chainage(metres: Decimal | None) -> Chainage | None:
    try:
        return None if metres is None else Chainage(metres)
    except ChainageError as error:
        raise RefusedByRegister([("chainage_m", error.code, error.reason)]) from error


def _require_agreement(foot: Chainage, given: Chainage | None) -> None:
    if given is None or abs(foot.metres - given.metres) <= Decimal(WITHIN_M):
        return
    sentence = _("The position lies at %(foot)s, not at %(given)s; give one of the two.")
    words = {"foot": foot, "given": given}
    raise RefusedByRegister([("chainage_m", "chainage_disagrees", sentence % words)])
