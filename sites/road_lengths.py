"""How long the roads among some sites are together, as declared and as measured on the map."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from sites.kinds import Kind
from sites.querysets import ProjectSiteQuerySet


@dataclass(frozen=True, slots=True)
class RoadLengths:
    """The number of road sites and their lengths in metres, to the decimetre.

    `declared_m` takes a road without a declared length as long as it was measured, as every other
    sum of lengths does.
    """

    roads: int
    declared_m: Decimal
    measured_m: Decimal


def road_lengths(sites: ProjectSiteQuerySet) -> RoadLengths:
    """Return the lengths of the roads among sites: one statement."""
    undeclared = Q(declared_length_m__isnull=True)
    found = (
        sites.of_kind(Kind.ROAD)
        .order_by()
        .aggregate(
            roads=Count("pk"),
            declared=Sum("declared_length_m"),
            rest=Sum("measured_length_m", filter=undeclared),
            measured=Sum("measured_length_m"),
        )
    )
    rest = _metres(found["rest"])
    return RoadLengths(
        found["roads"], _metres(found["declared"]) + rest, _metres(found["measured"])
    )


def _metres(value: object) -> Decimal:
    return Decimal(str(value or 0)).quantize(Decimal("0.1"))
