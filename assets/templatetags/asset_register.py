"""Marks of the register of assets: the state of an asset, and its warranty on a day."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django import template

from assets.kinds import AssetState
from assets.models import Asset

register = template.Library()

PHASES: Final = {
    AssetState.BUILDING: "before",
    AssetState.IN_SERVICE: "done",
    AssetState.RESTRICTED: "work",
    AssetState.OUT_OF_SERVICE: "halted",
    AssetState.DECOMMISSIONED: "halted",
}
"""The colour and shape of a state, of those that states of sites have."""


@register.inclusion_tag("sites/partials/_state_badge.html")
def asset_state_badge(state: str) -> dict[str, Any]:
    """Show the state of an asset: colour, shape and word."""
    known = AssetState(state)
    return {"state": state, "phase": PHASES[known], "label": known.label}


@register.filter
def warranty_runs(asset: Asset, day: datetime.date) -> bool:
    """Whether the warranty of an asset still runs on a day."""
    return asset.warranty_until is not None and asset.warranty_until >= day
