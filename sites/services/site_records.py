"""Creating, changing and removing project sites."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.kinds import Kind, State
from sites.models import (
    FacilityDetail,
    HouseholdRecord,
    HousingDetail,
    ProjectSite,
    RoadDetail,
    VillageCentreDetail,
    WaterWorksDetail,
)
from sites.services.authorship import authored
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DETAIL_MODELS: dict[str, type[models.Model]] = {
    Kind.ROAD: RoadDetail,
    Kind.VILLAGE_CENTRE: VillageCentreDetail,
    Kind.WATER_WORKS: WaterWorksDetail,
    Kind.HOUSING: HousingDetail,
    Kind.FACILITY: FacilityDetail,
}
COLUMNS_THAT_SERVICES_SET = frozenset(
    {"id", "version", "state", "created_by", "updated_by", "removed_at", "removal_reason"}
)


@transaction.atomic
def site_create(
    *,
    values: Mapping[str, Any],
    detail: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    household_reference: str = "",
) -> ProjectSite:
    """Create a proposed site with the detail of its kind.

    `values` are model columns of `ProjectSite`, `detail` columns of the kind's detail table.
    Raises `NotPermitted` outside the scope and `RefusedByRegister` with every problem found.
    """
    _refuse_protected(values)
    site = ProjectSite(**values, state=State.PROPOSED, created_by=actor, updated_by=actor)
    if not site.source_id:
        site.source_id = site.code
    _require_office(scope, site.area.code)
    save_checked(site, force_insert=True)
    _save_detail(site, detail)
    if household_reference:
        _require_household_access(scope, site)
        HouseholdRecord.objects.create(site=site, reference=household_reference)
    site.refresh_from_db()
    return site


@transaction.atomic
def site_update(
    *,
    site: ProjectSite,
    values: Mapping[str, Any],
    detail: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
    household_reference: str | None = None,
    reason: str = "",
) -> ProjectSite:
    """Change columns of a site and of its detail, if nobody else did since `expected_version`.

    The reason stands in the history beside each changed field.

    Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    _refuse_protected(values)
    current: ProjectSite = ProjectSite.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if current.version != expected_version:
        raise ConcurrentChange(current)
    _require_office(scope, current.area_code)
    for name, value in values.items():
        setattr(current, name, value)
    if "area" in values:
        _require_office(scope, current.area.code)
    current.updated_by = actor
    with authored(actor=actor, reason=reason):
        save_checked(current)
        if detail:
            _save_detail(current, detail)
        if household_reference is not None:
            _require_household_access(scope, current)
            HouseholdRecord.objects.update_or_create(
                site=current, defaults={"reference": household_reference}
            )
        if detail or household_reference is not None:
            _bump_when_only_parts_changed(current, expected_version)
    current.refresh_from_db()
    return current


@transaction.atomic
def site_remove(
    *,
    site: ProjectSite,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str,
    expected_version: int,
) -> None:
    """Take a site out of every view, keeping the row, its history and the reason."""
    current: ProjectSite = ProjectSite.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if current.version != expected_version:
        raise ConcurrentChange(current)
    if not scope.manages_register or not scope.covers_area(current.area_code):
        raise NotPermitted
    if not reason.strip():
        raise RefusedByRegister([("reason", "required", _("A removal needs a reason."))])
    current.removed_at = at
    current.removal_reason = reason.strip()
    current.updated_by = actor
    with authored(actor=actor, reason=reason):
        current.save(update_fields=["removed_at", "removal_reason", "updated_by"])


def _refuse_protected(values: Mapping[str, Any]) -> None:
    protected = COLUMNS_THAT_SERVICES_SET & set(values)
    if protected - {"id"}:
        raise ValueError(f"columns that services set themselves: {sorted(protected)}")


def _require_office(scope: Scope, area_code: str) -> None:
    if not scope.edits_sites or not scope.covers_area(area_code):
        raise NotPermitted


def _require_household_access(scope: Scope, site: ProjectSite) -> None:
    if not scope.sees_households:
        raise NotPermitted
    if site.kind != Kind.HOUSING:
        raise RefusedByRegister(
            [("household_reference", "wrong_kind", _("Only housing sites have a household."))]
        )


def _save_detail(site: ProjectSite, detail: Mapping[str, Any]) -> None:
    model = DETAIL_MODELS[site.kind]
    record = model._default_manager.filter(pk=site.pk).first() or model(site=site)
    for name, value in detail.items():
        setattr(record, name, value)
    save_checked(record)


def _bump_when_only_parts_changed(site: ProjectSite, expected_version: int) -> None:
    """Count the version up when no column of the site itself did it.

    The detail is part of the record that clients hold, so a change of it must void their version.
    """
    ProjectSite.objects.filter(pk=site.pk, version=expected_version).update(
        version=models.F("version") + 1
    )
