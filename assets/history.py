"""What was changed on an asset, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from assets.details import DETAIL_MODELS, DETAIL_NAMES
from assets.fields import COMPUTED, fields_of
from assets.models import Asset
from sites.history import FieldChange, HistorySource, history_source, latest_changes

FOLLOWING = frozenset(
    {
        *COMPUTED,
        "county_code",
        "measured_area_m2",
        "measured_length_m",
        "plate_code",
        "owner",
        "contractor",
        "upkeep_party",
        "road_class",
        "route",
        "route_name",
        "scale_class",
        "township",
        "updated_at",
    }
)
"""Fields that follow from others, or that another one names in words."""


def asset_history(asset: Asset, *, limit: int = 500) -> list[FieldChange]:
    """Return the latest changes of an asset and of its detail, the newest first."""
    return latest_changes(_sources(asset), limit=limit)


def _sources(asset: Asset) -> Iterator[HistorySource]:
    entries = [entry for entry in fields_of(asset.kind) if entry.name not in FOLLOWING]
    labels = {entry.name: entry.label for entry in entries} | {"geometry": _("Geometry")}
    table = DETAIL_NAMES[asset.kind]
    shared, detail = {"geometry": "geometry"}, {}
    for entry in entries:
        if entry.path.startswith(f"{table}__"):
            detail[entry.name] = entry.path.removeprefix(f"{table}__")
        else:
            shared[entry.name] = entry.path
    yield history_source(Asset, {"pk": asset.pk}, shared, labels)
    yield history_source(DETAIL_MODELS[asset.kind], {"asset": asset.pk}, detail, labels)
