"""Which checks of an asset a viewer may make: by which standards, and as which kind."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from maintenance.covering import agreement_at
from maintenance.kinds import InspectionKind
from maintenance.models import UpkeepStandard
from maintenance.services.inspectors import inspector_of
from sites.access import Scope
from sites.kinds import Kind
from sites.services.errors import ServiceError


def standards_for(asset: Any, scope: Scope) -> QuerySet[Any]:
    """Return the standards in use that are meant for an asset of this kind."""
    fits = Q(works_kind="")
    works = getattr(asset, "water_works", None) if asset.kind == Kind.WATER_WORKS else None
    if works is not None:
        fits |= Q(works_kind=works.works_kind)
    rows = UpkeepStandard.objects.visible_to(scope)
    found: QuerySet[Any] = rows.filter(fits, asset_kind=asset.kind, is_active=True)
    return found.order_by("code")


def kinds_open_to(asset: Any, standard: Any, scope: Scope, user: Any) -> list[InspectionKind]:
    """Return the kinds of inspection that the viewer may make; the service checks once more.

    The heaviest kind comes first: a supervisor's form is for a supervisor's inspection.
    """
    agreement = agreement_at(asset, on=timezone.localdate(), scope=scope, task=standard.task)
    allowed = []
    for kind in (*[k for k in InspectionKind if k != InspectionKind.PATROL], InspectionKind.PATROL):
        try:
            inspector_of(kind, asset, agreement, user, scope, None)
        except ServiceError:
            continue
        allowed.append(kind)
    return allowed
