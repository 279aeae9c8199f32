"""Whose office looks at an entry that was set aside: the asset's, or else the sender's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from assets.models import Asset
from maintenance.models import Agreement, Defect, Inspection, Patrol, WorkOrder
from sites.access import Scope
from sites.models import Organisation

CODE_LENGTHS: Final = (12, 9, 6, 4, 2)
"""Digits of the codes of a village, township, county, city and province (GB/T 2260, 10114)."""

_NAMED: tuple[tuple[str, Any], ...] = (
    ("order", WorkOrder),
    ("agreement", Agreement),
    ("patrol", Patrol),
    ("inspection", Inspection),
    ("defect", Defect),
)
"""Members of a body, and entities, from whose record a place follows when no asset is named."""


def place_of(
    body: Any, entity: str, entity_id: UUID | None, scope: Scope
) -> tuple[Asset | None, str]:
    """Return the asset that an entry concerns, and the code of the area whose office decides.

    Only what the sender may see is looked up: an identifier that was guessed gives nothing away.
    """
    values = _flat(body)
    asset = _visible(Asset, values.get("asset"), scope)
    if asset is not None:
        return asset, asset.area_code
    for name, model in _NAMED:
        key = entity_id if name == entity else values.get(name)
        record = _visible(model, key, scope)
        if record is not None:
            return _asset_of(record), record.area_code
    return None, sender_area(scope)


def sender_area(scope: Scope) -> str:
    """Return the smallest area that holds all of a sender's work; empty when there is none."""
    if codes := scope.area_codes():
        return _shared(codes)
    if not scope.organisation_ids():
        return ""
    agreements = Agreement.objects.visible_to(scope).order_by()
    codes = tuple(agreements.values_list("area_code", flat=True).distinct())
    if not codes:
        bodies = Organisation.objects.filter(pk__in=scope.organisation_ids())
        codes = tuple(bodies.filter(area__isnull=False).values_list("area__code", flat=True))
    return _shared(codes)


def _shared(codes: tuple[str, ...]) -> str:
    for length in CODE_LENGTHS:
        starts = {code[:length] for code in codes}
        if len(starts) == 1:
            return starts.pop()
    return ""


def _flat(body: Any) -> Mapping[str, Any]:
    """Return the named values of a body, be it flat or a Feature."""
    if not isinstance(body, Mapping):
        return {}
    inner = body.get("properties")
    return {**body, **inner} if isinstance(inner, Mapping) else body


def _visible(model: Any, key: Any, scope: Scope) -> Any:
    try:
        identifier = key if isinstance(key, UUID) else UUID(key)
    except (ValueError, TypeError, AttributeError):
        return None
    return model.objects.visible_to(scope).filter(pk=identifier).first()


def _asset_of(record: Any) -> Asset | None:
    asset: Asset | None = getattr(record, "asset", None)
    return asset
