"""What happens to defects when the line of their section is edited: the ground stays."""

from __future__ import annotations

from decimal import Decimal

from assets.chainage import Chainage
from assets.linear import Axis, Foot, locate_all
from assets.models import Asset
from assets.services.section_lines import REVIEW_BEYOND_M
from maintenance.models import Defect


def defects_relocate(asset: Asset, axis: Axis) -> None:
    """Give the defects of a section whose line was edited the chainage of where they lie.

    Each keeps its point. One without a foot near it keeps its old chainage and is to be looked
    at. Called inside the change of the line.
    """
    rows = Defect.objects.select_for_update(of=("self",)).filter(
        asset=asset, chainage_m__isnull=False
    )
    defects = list(rows.order_by("pk"))
    places = [(each.point, Chainage(each.chainage_m or Decimal(0))) for each in defects]
    for defect, foot in zip(defects, locate_all(axis, places), strict=True):
        _follow(defect, foot)


def _follow(defect: Defect, foot: Foot | None) -> None:
    needs_review = defect.needs_review or foot is None or foot.distance_m > REVIEW_BEYOND_M
    metres = foot.chainage.metres if foot else defect.chainage_m
    if (metres, needs_review) != (defect.chainage_m, defect.needs_review):
        defect.chainage_m, defect.needs_review = metres, needs_review
        defect.save(update_fields=["chainage_m", "needs_review"])
