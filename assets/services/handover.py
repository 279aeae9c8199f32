"""Handover of a site's assets: prepared, signed by three parties, completed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models.functions import Now
from django.db.transaction import atomic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.acceptance_roles import hands_over, holds_office, signs_for
from assets.kinds import AssetState
from assets.models import Asset, AssetSource, Handover
from assets.services.errors import NotReadyForHandover, RecordFixed
from assets.services.locking import site_locked
from sites.access import Scope
from sites.kinds import State
from sites.models import ProjectSite
from sites.services.authorship import authored
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from sites.services.gates import Missing, refuse_missing
from sites.services.saving import save_checked
from sites.services.site_states import site_move_state

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PARTIES: Final = ("from", "owner", "upkeep")
"""Who signs: the builder's side, the owner, and who keeps it up."""
_ORGANISATION_OF: Final = {
    "from": "from_organisation_id",
    "owner": "owner_id",
    "upkeep": "upkeep_party_id",
}
SIGNED_FACTS: Final = ("from_organisation", "owner", "upkeep_party", "warranty_until")
EDITED: Final = frozenset({*SIGNED_FACTS, "note"})
_NEEDED: Final = {
    "from_organisation_id": ("from_organisation", gettext_lazy("Say who hands over.")),
    "owner_id": ("owner", gettext_lazy("Say who becomes the owner.")),
    "upkeep_party_id": ("upkeep_party", gettext_lazy("Say who keeps it up.")),
    "warranty_until": ("warranty_until", gettext_lazy("Say when the warranty ends.")),
    "from_signed_on": ("from_signed_on", gettext_lazy("The builder's side has not signed.")),
    "owner_signed_on": ("owner_signed_on", gettext_lazy("The owner has not signed.")),
    "upkeep_signed_on": ("upkeep_signed_on", gettext_lazy("The upkeep party has not signed.")),
}


@atomic
def handover_prepare(
    *,
    site: ProjectSite,
    actor: User | None,
    scope: Scope,
    values: Mapping[str, Any] | None = None,
    assets: Sequence[Asset] | None = None,
) -> Handover:
    """Begin the handover of an accepted site; parties and assets begin with what is known.

    Raises `NotPermitted`, `WrongMoment` or `RefusedByRegister`.
    """
    current = site_locked(site.pk)
    if not holds_office(scope, current):
        raise NotPermitted
    is_ready = current.state in {State.ACCEPTED, State.SETTLED}
    if not is_ready or Handover.objects.filter(site=current).exists():
        raise NotReadyForHandover
    known = {
        "from_organisation": current.contractor,
        "owner": current.owner_organisation,
    }
    handover = Handover(site=current, **{**known, **_own_values(values or {})})
    with authored(actor=actor):
        save_checked(handover, force_insert=True)
        _set_assets(handover, assets if assets is not None else list(_assets_of(current)))
    handover.refresh_from_db()
    return handover


@atomic
def handover_update(
    *,
    handover: Handover,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
    assets: Sequence[Asset] | None = None,
) -> Handover:
    """Change a handover that is not completed; what was signed and changes loses its signatures.

    Raises `ConcurrentChange`, `NotPermitted`, `RecordFixed` or `RefusedByRegister`.
    """
    site, current = handover_locked(handover, expected_version)
    if not holds_office(scope, site):
        raise NotPermitted
    changes = {k: v for k, v in _own_values(values).items() if getattr(current, k) != v}
    for name, value in changes.items():
        setattr(current, name, value)
    with authored(actor=actor):
        replaced = assets is not None and _set_assets(current, assets)
        if replaced or changes.keys() & set(SIGNED_FACTS):
            _take_back(current)
        save_checked(current)
        if replaced:
            _count_up(current)
    current.refresh_from_db()
    return current


@atomic
def handover_sign(
    *,
    handover: Handover,
    party: str,
    name: str,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> Handover:
    """Record that somebody signed for a party of `PARTIES`; the office may record any.

    Raises `ConcurrentChange`, `NotPermitted`, `RecordFixed` or `RefusedByRegister`.
    """
    site, current = handover_locked(handover, expected_version)
    if party not in PARTIES:
        raise RefusedByRegister([("party", "unknown_value", _("There is no such party."))])
    organisation_id = getattr(current, _ORGANISATION_OF[party])
    if not signs_for(scope, site, organisation_id):
        raise NotPermitted
    if organisation_id is None:
        sentence = _("Say first which organisation the party is.")
        raise RefusedByRegister([("party", "party_missing", sentence)])
    if not name.strip():
        raise RefusedByRegister([("name", "required", _("Give the name of who signs."))])
    setattr(current, f"{party}_name", name.strip())
    setattr(current, f"{party}_signed_on", on)
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


@atomic
def handover_complete(
    *,
    handover: Handover,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> Handover:
    """Complete the handover: assets get owner, upkeep party and warranty, the site moves on.

    Raises `GateNotMet` with everything that is missing, `NotPermitted`, `RecordFixed`,
    `IllegalTransition` (the site is not settled), `RefusedByRegister` or `ConcurrentChange`.
    """
    site, current = handover_locked(handover, expected_version)
    if not hands_over(scope, site):
        raise NotPermitted
    refuse_missing(handover_missing(current))
    signed = max(getattr(current, f"{party}_signed_on") for party in PARTIES)
    if on < signed:
        sentence = _("The handover comes on the day of the last signature or later.")
        raise RefusedByRegister([("on", "before_signature", sentence)])
    current.completed_on, current.completed_by = on, actor
    with authored(actor=actor):
        save_checked(current)
        _give_to_owner(current, actor)
    site_move_state(site=site, to_state=State.HANDED_OVER, actor=actor, scope=scope, on=on)
    current.refresh_from_db()
    return current


def handover_locked(
    handover: Handover, expected_version: int | None
) -> tuple[ProjectSite, Handover]:
    """Return site and handover, locked in this order; raises `RecordFixed` once completed."""
    site = site_locked(handover.site_id)
    current: Handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    if current.completed_on:
        raise RecordFixed
    return site, current


def handover_missing(handover: Handover) -> Iterator[Missing]:
    """Yield what a handover lacks to be completed."""
    for column, (field, sentence) in _NEEDED.items():
        if getattr(handover, column) is None:
            yield Missing(field, f"{field}_missing", sentence)
    if not handover.assets.exists():
        yield Missing("assets", "asset_missing", _("No asset is handed over."))
    if handover.site.actual_geometry is None:
        yield Missing("actual_geometry", "as_built_missing", _("The as-built geometry is missing."))


def _own_values(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - EDITED
    if unknown:
        raise ValueError(f"columns that services set themselves: {sorted(unknown)}")
    return dict(values)


def _assets_of(site: ProjectSite) -> models.QuerySet[Asset]:
    found: models.QuerySet[Asset] = Asset.objects.filter(
        pk__in=AssetSource.objects.filter(site=site).values("asset_id"), removed_at__isnull=True
    )
    return found


def _set_assets(handover: Handover, assets: Sequence[Asset]) -> bool:
    """Hand over these assets and no others; return whether that is a change."""
    wanted = {asset.pk: asset for asset in assets}
    if wanted.keys() - set(_assets_of(handover.site).values_list("pk", flat=True)):
        sentence = _("Only assets that the site built can be handed over with it.")
        raise RefusedByRegister([("assets", "asset_of_other_site", sentence)])
    if wanted.keys() == set(handover.assets.values_list("pk", flat=True)):
        return False
    handover.assets.set(wanted.values())
    return True


def _take_back(handover: Handover) -> None:
    for party in PARTIES:
        setattr(handover, f"{party}_name", "")
        setattr(handover, f"{party}_signed_on", None)


def _count_up(handover: Handover) -> None:
    Handover.objects.filter(pk=handover.pk, version=handover.version).update(
        version=models.F("version") + 1, updated_at=Now()
    )


def _give_to_owner(handover: Handover, actor: User | None) -> None:
    """Set on each asset what the handover says; an asset that was being built is in service."""
    rows = Asset.objects.filter(pk__in=handover.assets.values("pk"))
    for asset in rows.select_for_update(of=("self",)).order_by("pk"):
        asset.owner_id = handover.owner_id
        asset.upkeep_party_id = handover.upkeep_party_id
        asset.warranty_until = handover.warranty_until
        asset.contractor_id = asset.contractor_id or handover.site.contractor_id
        if asset.state == AssetState.BUILDING:
            asset.state = AssetState.IN_SERVICE
        asset.updated_by = actor
        save_checked(asset)
