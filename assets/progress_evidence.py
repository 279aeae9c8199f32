"""Progress entries with their evidence: photos, and how far from the site they were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from assets.models import Photo, ProgressPhoto
from sites.access import Scope
from sites.functions import GroundDistance
from sites.models import ProgressEntry
from sites.progress_standing import Standing, waiting, with_standing


def entries_of(scope: Scope) -> QuerySet[Any]:
    """Return the entries that the scope sees, each with `standing` and `distance_m`.

    The distance is from where the entry was made to the site's shown geometry, in metres on the
    ellipsoid; null where the place of the entry is not known.
    """
    shown = Coalesce(F("site__actual_geometry"), F("site__planned_geometry"))
    rows: QuerySet[Any] = with_standing(ProgressEntry.objects.visible_to(scope)).annotate(
        distance_m=GroundDistance(F("position"), shown)
    )
    return rows


def of_standing(entries: QuerySet[Any], standing: str) -> QuerySet[Any]:
    """Return the entries of a standing; what waits is found by its own condition."""
    if standing == Standing.WAITS:
        return waiting(entries)
    return entries.filter(standing=standing) if standing else entries


def photos_of(entries: Iterable[ProgressEntry]) -> dict[UUID, list[Photo]]:
    """Return the photos of entries in the order in which they were added: one statement."""
    keys = [entry.pk for entry in entries]
    found: dict[UUID, list[Photo]] = {key: [] for key in keys}
    links = ProgressPhoto.objects.filter(entry__in=keys).select_related("photo").order_by("pk")
    for link in links:
        found[link.entry_id].append(link.photo)
    return found


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry as a page shows it."""

    entry: Any
    photos: list[Photo]


def evidence_of(entries: Iterable[Any]) -> list[Evidence]:
    """Return entries with their photos."""
    rows = list(entries)
    photos = photos_of(rows)
    return [Evidence(row, photos[row.pk]) for row in rows]


def in_area(entries: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Return the entries of sites in an area."""
    return entries.filter(site__area_code__startswith=code) if code else entries
