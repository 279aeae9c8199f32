"""Moves of an asset between states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assets.kinds import AssetState
from assets.models import Asset
from assets.services.asset_access import asset_locked, office_roles_for
from assets.services.sections import section_release
from assets.transitions import ASSET_MOVES
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import IllegalTransition, NotPermitted, ReasonMissing

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def asset_move_state(
    *,
    asset: Asset,
    to_state: str,
    actor: User | None,
    scope: Scope,
    reason: str = "",
    expected_version: int | None = None,
) -> Asset:
    """Move an asset to another state; history keeps who, when and why.

    Decommissioning gives the section's chainage free. Raises `ConcurrentChange`,
    `IllegalTransition`, `NotPermitted` or `ReasonMissing`.
    """
    current = asset_locked(asset, scope=scope, expected_version=expected_version)
    move = ASSET_MOVES.get((current.state, to_state))
    if move is None:
        known = to_state in AssetState.values
        raise IllegalTransition(
            _("An asset cannot move from “%(from)s” to “%(to)s”.")
            % {
                "from": current.get_state_display(),
                "to": AssetState(to_state).label if known else to_state[:40],
            }
        )
    if not move.roles & office_roles_for(scope, current.area_code):
        raise NotPermitted
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(field="reason")
    current.state = move.to_state
    current.updated_by = actor
    with authored(actor=actor, reason=reason):
        current.save(update_fields=["state", "updated_by"])
        if move.to_state == AssetState.DECOMMISSIONED:
            section_release(current)
    return Asset.objects.get(pk=current.pk)
