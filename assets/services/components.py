"""Components of village centres."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets.models import Asset, Component
from assets.services.asset_access import asset_locked, count_change, require_present
from sites.access import Scope
from sites.kinds import Kind
from sites.services.authorship import authored
from sites.services.errors import RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def component_save(
    *,
    asset: Asset,
    kind: str,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
    reason: str = "",
) -> Component:
    """Record a component of a village centre, or change the one of that kind.

    The components belong to the asset's record: its version is counted up. Raises
    `ConcurrentChange`, `NotPermitted`, `WrongMoment` or `RefusedByRegister`.
    """
    current = asset_locked(asset, scope=scope, expected_version=expected_version)
    require_present(current)
    if current.kind != Kind.VILLAGE_CENTRE:
        sentence = _("Only village centres have components.")
        raise RefusedByRegister([("kind", "wrong_kind", sentence)])
    component = Component.objects.filter(asset=current, kind=kind).first()
    component = component or Component(asset=current, kind=kind)
    for name, value in values.items():
        setattr(component, name, value)
    with authored(actor=actor, reason=reason):
        save_checked(component)
        count_change(current, current.version)
    return component
