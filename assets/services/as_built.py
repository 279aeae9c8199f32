"""The as-built geometry of a site, and of the one asset that it became."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.gis.geos import GEOSGeometry
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from assets.acceptance_roles import holds_office
from assets.models import Asset, AssetSource
from assets.services.asset_records import asset_update
from assets.services.locking import site_locked
from assets.services.site_roads import one_line
from sites.access import Scope
from sites.geometry import GEOMETRY_TYPES_BY_KIND
from sites.kinds import Kind
from sites.models import ProjectSite
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from sites.services.site_records import site_update

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@atomic
def as_built_set(
    *,
    site: ProjectSite,
    geometry: GEOSGeometry,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> ProjectSite:
    """Set where a site was built, in EPSG:4490, and move its asset there if it has just one.

    A site that became several assets leaves them as they are: which part is whose is for people.
    Raises `NotPermitted`, `RefusedByRegister` or `ConcurrentChange`.
    """
    current = site_locked(site.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    if not holds_office(scope, current):
        raise NotPermitted
    if geometry.geom_type not in GEOMETRY_TYPES_BY_KIND[current.kind]:
        sentence = _("This type of geometry does not fit the kind of site.")
        raise RefusedByRegister([("geometry", "wrong_type", sentence)])
    updated = site_update(
        site=current,
        values={"actual_geometry": geometry},
        detail={},
        actor=actor,
        scope=scope,
        expected_version=current.version,
    )
    _move_asset(updated, geometry, actor, scope)
    return updated


def _move_asset(
    site: ProjectSite, geometry: GEOSGeometry, actor: User | None, scope: Scope
) -> None:
    sources = AssetSource.objects.filter(site=site).values("asset_id")
    assets = Asset.objects.filter(pk__in=sources, removed_at__isnull=True, kind=site.kind)
    found = list(assets.order_by("code")[:2])
    if len(found) != 1 or found[0].sources.count() != 1:
        return
    asset = found[0]
    shape = one_line(geometry) if asset.kind == Kind.ROAD else geometry
    if not shape.equals_exact(asset.geometry):
        asset_update(
            asset=asset,
            values={"geometry": shape},
            detail={},
            actor=actor,
            scope=scope,
            expected_version=asset.version,
        )
