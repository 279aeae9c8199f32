"""Who may change which asset, asked by every service of the register of assets."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Now

from assets.kinds import AssetState
from assets.models import Asset
from assets.services.errors import WrongMoment
from sites.access import Scope
from sites.kinds import Role
from sites.services.errors import ConcurrentChange, NotPermitted


def office_roles_for(scope: Scope, area_code: str) -> frozenset[Role]:
    """Return the office's roles that the scope holds over an area."""
    if scope.everything:
        return frozenset({Role.DISTRICT_PLANNER})
    held = (Role.DISTRICT_PLANNER, Role.TOWNSHIP_OFFICER)
    return frozenset(role for role in held if scope.covers_area(area_code, (role,)))


def require_office(scope: Scope, area_code: str) -> None:
    """Raise `NotPermitted` unless the office of the area asks."""
    if not office_roles_for(scope, area_code):
        raise NotPermitted


def asset_locked(asset: Asset, *, scope: Scope, expected_version: int | None = None) -> Asset:
    """Return the asset as it stands, locked until the end of the transaction.

    Raises `NotPermitted`, `ConcurrentChange` when its version is no longer the expected one, and
    `DoesNotExist` for an asset that left the register.
    """
    rows = Asset.objects.filter(removed_at__isnull=True)
    current: Asset = rows.select_for_update(of=("self",)).get(pk=asset.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    require_office(scope, current.area_code)
    return current


def require_present(asset: Asset) -> None:
    """Raise `WrongMoment` for an asset that was decommissioned: it is kept as it ended."""
    if asset.state == AssetState.DECOMMISSIONED:
        raise WrongMoment


def count_change(asset: Asset, known_version: int) -> None:
    """Count the version up when no column of the asset itself did it.

    Detail, components and sources are part of the record that clients hold, so a change of them
    must void their version, and whoever asks for changes must be told.
    """
    Asset.objects.filter(pk=asset.pk, version=known_version).update(
        version=F("version") + 1, updated_at=Now()
    )
