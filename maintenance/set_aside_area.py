"""Whose office looks at an entry that was set aside: the asset's, or else the sender's own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from assets.models import Asset
from maintenance.models import Agreement, Defect, Inspection, Patrol, WorkOrder
from maintenance.querysets import root_areas
from sites.access import Scope, scope_held
from sites.kinds import ORGANISATION_ROLES
from sites.models import Area, Membership, Organisation

CODE_LENGTHS: Final = (12, 9, 6, 4, 2)
"""Digits of the codes of a village, township, county, city and province (GB/T 2260, 10114)."""
COUNTY_DIGITS: Final = 6

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

    The record that an operation changes goes before whatever its body says of a place: no body
    takes a record to another office. Only what the sender may see is looked up: an identifier
    that was guessed gives nothing away.
    """
    changed = _visible(dict(_NAMED).get(entity), entity_id, scope)
    if changed is not None:
        return _asset_of(changed), changed.area_code
    values = _flat(body)
    asset = _visible(Asset, values.get("asset"), scope)
    if asset is not None:
        return asset, asset.area_code
    for name, model in _NAMED:
        record = _visible(model, values.get(name), scope)
        if record is not None:
            return _asset_of(record), record.area_code
    return None, sender_area(scope)


def sender_area(scope: Scope) -> str:
    """Return the smallest area that holds all of a sender's work, by the best that is known of it.

    That is the area of an office or evaluator; else of the agreements of the sender's bodies, in
    force or not; of the memberships in them; of the bodies themselves. After the last membership
    its last day counts. Empty when nothing is known, or no root area holds it all: then the
    offices of the root areas look at it (see `is_office_of`).
    """
    if scope.everything:
        return ""
    if not scope.grants and scope.user_id is not None:
        scope = _last_scope(scope.user_id)
    found = next((codes for codes in _known_areas(scope) if codes), ())
    return _inside_a_root(_shared(found))


def is_office_of(scope: Scope, area_code: str) -> bool:
    """Whether the scope is that of an office which looks at what was set aside in an area.

    What belongs to no area that is known is looked at by the offices of the root areas.
    """
    return scope.covers_area(area_code) or (not area_code and root_areas(scope).exists())


def _known_areas(scope: Scope) -> Iterator[tuple[str, ...]]:
    """Yield the codes of what is known of a sender's work, the best first."""
    yield scope.area_codes()
    agreements = Agreement.objects.visible_to(scope).order_by()
    yield tuple(agreements.values_list("area_code", flat=True).distinct())
    yield scope.area_codes(ORGANISATION_ROLES)
    bodies = Organisation.objects.filter(pk__in=scope.organisation_ids(), area__isnull=False)
    yield tuple(bodies.values_list("area__code", flat=True))


def _last_scope(user_id: int) -> Scope:
    """Return what somebody without a membership of today saw when the latest one was in force."""
    memberships = Membership.objects.filter(user_id=user_id)
    last = memberships.order_by("valid_from", "pk").last()
    if last is None:
        return Scope()
    day = last.valid_to - datetime.timedelta(days=1) if last.valid_to else last.valid_from
    return scope_held(user_id, day)


def _inside_a_root(code: str) -> str:
    """Return the code of an area, empty where it lies above all areas that there are."""
    if not code or len(code) >= COUNTY_DIGITS:
        return code
    roots = Area.objects.filter(parent__isnull=True).values_list("code", flat=True)
    return code if any(code.startswith(root) for root in roots) else ""


def _shared(codes: tuple[str, ...]) -> str:
    for length in CODE_LENGTHS:
        starts = {code[:length] for code in codes}
        if len(starts) == 1:
            return starts.pop()
    return ""


def _flat(body: Any) -> Mapping[str, Any]:
    """Return the values of a body that its entry is made of, be it flat or a Feature."""
    if not isinstance(body, Mapping):
        return {}
    inner = body.get("properties")
    return inner if isinstance(inner, Mapping) else body


def _visible(model: Any, key: Any, scope: Scope) -> Any:
    if model is None:
        return None
    try:
        identifier = key if isinstance(key, UUID) else UUID(key)
    except (ValueError, TypeError, AttributeError):
        return None
    return model.objects.visible_to(scope).filter(pk=identifier).first()


def _asset_of(record: Any) -> Asset | None:
    asset: Asset | None = getattr(record, "asset", None)
    return asset
