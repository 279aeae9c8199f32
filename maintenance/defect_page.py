"""What the page of a defect offers: who may do what, what is near, and a drawing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.covering import agreement_at
from maintenance.defect_rules import DefectMove, moves_by_hand
from maintenance.kinds import ClaimState, DefectState
from maintenance.nearby import NearDefect, possible_duplicates
from maintenance.parties import office_of
from maintenance.services.claims import CLAIM_DAYS
from maintenance.services.field_bodies import checker_of
from sites.access import Scope
from sites.drawing import Drawing, Shape, drawing
from sites.formatting import distance


@dataclass(frozen=True, slots=True)
class DefectPowers:
    """What a viewer may do to a defect; the services check it once more."""

    moves: tuple[DefectMove, ...] = ()
    may_add_photos: bool = False
    may_place: bool = False
    may_order: bool = False
    may_claim: bool = False
    claim_due: datetime.date | None = None
    sees_asset: bool = False


def defect_powers(scope: Scope, user: Any, defect: Any) -> DefectPowers:
    """Return what the viewer may do."""
    checks = checker_of(scope, user, defect.agreement, defect.area_code) is not None
    is_office = office_of(scope, defect.area_code) is not None
    moves = [m for m in moves_by_hand(defect.state) if is_office or not m.office_only]
    if is_office and defect.state == DefectState.VERIFIED and not _closes_by_hand(defect):
        moves = [m for m in moves if not m.office_only]
    waits = defect.state in (DefectState.VERIFIED, DefectState.ORDERED)
    return DefectPowers(
        moves=tuple(moves) if checks else (),
        may_add_photos=bool(scope.organisation_ids()) or is_office,
        may_place=checks and hasattr(defect.asset, "road_section"),
        may_order=checks and defect.state == DefectState.VERIFIED and defect.agreement_id,
        may_claim=checks and waits and _is_warranted(defect),
        claim_due=timezone.localdate() + datetime.timedelta(days=CLAIM_DAYS),
        sees_asset=Asset.objects.visible_to(scope).filter(pk=defect.asset_id).exists(),
    )


def suggestions(defect: Any, scope: Scope) -> list[NearDefect]:
    """Return what may be the same defect, the nearest first."""
    near = possible_duplicates(
        asset_id=defect.asset_id,
        point=defect.point,
        chainage_m=defect.chainage_m,
        scope=scope,
        at=timezone.now(),
        excluding=defect.pk,
    )
    return [entry for entry in near if entry.defect.duplicate_of_id != defect.pk]


def choice_of(entry: NearDefect) -> str:
    """Return a nearby defect in one line, as a list offers it."""
    words = {
        "number": entry.defect.number,
        "kind": entry.defect.get_kind_display(),
        "state": entry.defect.get_state_display(),
        "distance": distance(entry.metres),
    }
    return _("#%(number)s %(kind)s, %(state)s, %(distance)s away") % words


def defect_drawing(defect: Any, near: list[NearDefect]) -> Drawing | None:
    """Draw the defect on its asset, with those nearby."""
    others = [
        Shape(
            entry.defect.point,
            "near",
            f"#{entry.defect.number}",
            f"/maintenance/defects/{entry.defect.pk}/",
        )
        for entry in near
    ]
    here = Shape(defect.point, "here", f"#{defect.number}")
    shapes = [Shape(defect.asset.geometry, "actual", defect.asset.label), *others, here]
    return drawing(shapes, focus=[defect.point], height=320)


def _closes_by_hand(defect: Any) -> bool:
    claim = getattr(defect, "warranty_claim", None)
    if claim is not None and claim.state == ClaimState.SETTLED:
        return True
    covering = agreement_at(
        defect.asset,
        on=timezone.localdate(),
        scope=Scope.internal(),
        chainage_m=defect.chainage_m,
    )
    return covering is None


def _is_warranted(defect: Any) -> bool:
    until = defect.asset.warranty_until
    has_claim = getattr(defect, "warranty_claim", None) is not None
    if has_claim or until is None or defect.asset.contractor_id is None:
        return False
    return bool(timezone.localdate(defect.found_at) <= until)
