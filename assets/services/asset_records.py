"""Creating, changing and removing assets."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets.details import DETAIL_MODELS
from assets.kinds import AssetState
from assets.models import Asset, AssetSource
from assets.services.asset_access import (
    asset_locked,
    count_change,
    office_roles_for,
    require_office,
    require_present,
)
from assets.services.section_lines import points_relocate
from assets.services.sections import section_release, section_save
from sites.access import Scope
from sites.kinds import Kind, Role
from sites.models import ProjectSite
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COLUMNS_THAT_SERVICES_SET = frozenset(
    {
        "version",
        "state",
        "plate_code",
        "created_by",
        "updated_by",
        "removed_at",
        "removal_reason",
    }
)
PLACING = frozenset({"route", "start_m", "end_m"})
"""Columns of a section after whose change its structures lie at other chainages."""
STATES_TO_BEGIN_WITH = frozenset({AssetState.BUILDING, AssetState.IN_SERVICE})


@transaction.atomic
def asset_create(
    *,
    values: Mapping[str, Any],
    detail: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    sites: Collection[ProjectSite] = (),
    state: str = AssetState.IN_SERVICE,
) -> Asset:
    """Create an asset with the detail of its kind and the project sites that built it.

    `values` are model columns of `Asset`, `detail` columns of the kind's detail table (a road
    needs `route`, `start_m` and `end_m`). Raises `NotPermitted` outside the scope and
    `RefusedByRegister` with every problem found.
    """
    _refuse_protected(values)
    if state not in STATES_TO_BEGIN_WITH:
        sentence = _("An asset begins as being built or in service.")
        raise RefusedByRegister([("state", "wrong_state", sentence)])
    asset = Asset(**values, state=state, created_by=actor, updated_by=actor)
    require_office(scope, asset.area.code)
    with authored(actor=actor):
        save_checked(asset, force_insert=True)
        _save_detail(asset, detail, scope)
        _set_sources(asset, sites, scope)
    asset.refresh_from_db()
    return asset


@transaction.atomic
def asset_update(
    *,
    asset: Asset,
    values: Mapping[str, Any],
    detail: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
    sites: Collection[ProjectSite] | None = None,
    reason: str = "",
) -> Asset:
    """Change columns of an asset and of its detail, if nobody else did since `expected_version`.

    `sites` replaces the project sites that built it, None leaves them. The reason stands in the
    history beside each changed field. Raises `ConcurrentChange`, `NotPermitted`, `WrongMoment`
    for a decommissioned asset, or `RefusedByRegister`.
    """
    _refuse_protected(values)
    current = asset_locked(asset, scope=scope, expected_version=expected_version)
    require_present(current)
    if values.get("kind", current.kind) != current.kind:
        sentence = _("The kind of an asset stays as it is.")
        raise RefusedByRegister([("kind", "read_only", sentence)])
    for name, value in values.items():
        setattr(current, name, value)
    require_office(scope, current.area.code)
    current.updated_by = actor
    with authored(actor=actor, reason=reason):
        save_checked(current)
        if detail or "area" in values:
            _save_detail(current, detail, scope)
        if current.kind == Kind.ROAD and ("geometry" in values or PLACING & set(detail)):
            points_relocate(current)
        if sites is not None:
            _set_sources(current, sites, scope)
        if detail or sites is not None:
            count_change(current, expected_version)
    return Asset.objects.get(pk=current.pk)


@transaction.atomic
def asset_remove(
    *,
    asset: Asset,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str,
    expected_version: int,
) -> None:
    """Take an asset out of every view, keeping the row, its history and the reason.

    For what was entered by mistake; an asset that ended is decommissioned. Its stretch of road
    becomes free. Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    current = asset_locked(asset, scope=scope, expected_version=expected_version)
    if Role.DISTRICT_PLANNER not in office_roles_for(scope, current.area_code):
        raise NotPermitted
    if not reason.strip():
        raise RefusedByRegister([("reason", "required", _("A removal needs a reason."))])
    current.removed_at = at
    current.removal_reason = reason.strip()
    current.updated_by = actor
    with authored(actor=actor, reason=reason):
        current.save(update_fields=["removed_at", "removal_reason", "updated_by"])
        section_release(current)


def _refuse_protected(values: Mapping[str, Any]) -> None:
    protected = COLUMNS_THAT_SERVICES_SET & set(values)
    if protected:
        raise ValueError(f"columns that services set themselves: {sorted(protected)}")


def _save_detail(asset: Asset, detail: Mapping[str, Any], scope: Scope) -> None:
    if asset.kind == Kind.ROAD:
        section_save(asset, detail, scope=scope)
        return
    model = DETAIL_MODELS[asset.kind]
    record = model._default_manager.filter(pk=asset.pk).first() or model(asset=asset)
    for name, value in detail.items():
        setattr(record, name, value)
    save_checked(record)


def _set_sources(asset: Asset, sites: Collection[ProjectSite], scope: Scope) -> None:
    """Make these the sites that built the asset; others that the scope may not know stay."""
    wanted = {site.pk for site in sites}
    known = ProjectSite.objects.visible_to(scope).filter(pk__in=wanted)
    if known.count() != len(wanted):
        sentence = _("The record that this refers to is not in the register.")
        raise RefusedByRegister([("sites", "does_not_exist", sentence)])
    present = AssetSource.objects.filter(asset=asset)
    seen = ProjectSite.objects.visible_to(scope).values("pk")
    present.filter(site__in=seen).exclude(site__in=wanted).delete()
    already = set(present.values_list("site_id", flat=True))
    AssetSource.objects.bulk_create(
        AssetSource(asset=asset, site_id=key) for key in sorted(wanted - already)
    )
