"""What the page of a public report offers the office: the nearest defects, and a drawing."""

from __future__ import annotations

from typing import Any

from maintenance.defect_page import choice_of
from maintenance.defect_place import place_on
from maintenance.nearby import NearDefect, nearest_open
from sites.access import Scope
from sites.drawing import Drawing, Shape, drawing

__all__ = ["choice_of", "nearest", "report_drawing"]


def nearest(report: Any, scope: Scope) -> list[NearDefect]:
    """Return the open defects of the report's asset, the nearest to the reporter first."""
    point = report.point or place_on(report.asset).point
    return nearest_open(asset_id=report.asset_id, point=point, scope=scope)


def report_drawing(report: Any, near: list[NearDefect]) -> Drawing | None:
    """Draw the asset, where the reporter stood, and the open defects."""
    shapes = [Shape(report.asset.geometry, "actual", report.asset.label)]
    shapes += [
        Shape(
            entry.defect.point,
            "near",
            f"#{entry.defect.number}",
            f"/maintenance/defects/{entry.defect.pk}/",
        )
        for entry in near
    ]
    if report.point:
        shapes.append(Shape(report.point, "here", report.asset.label))
    return drawing(shapes, focus=[report.point or report.asset.geometry], height=320)
