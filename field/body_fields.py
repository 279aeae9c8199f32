"""The fields of what a phone sends: their names in the body, and in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.gis.geos import GEOSGeometry, LineString, Point
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assets.kinds import CheckResult, Severity
from maintenance.kinds import (
    DefectKind,
    DefectSource,
    DefectState,
    InspectionKind,
    OrderState,
    PatrolKind,
    QuantityUnit,
    UpkeepTask,
)
from sites.geometry import STORED_SRID

UNREAD: Final = ""
"""The name under which a body that is no record at all is shown."""

LABELS: Final[Mapping[str, str | Promise]] = {
    UNREAD: _("What was sent"),
    "asset": _("Asset"),
    "order": _("Work order"),
    "agreement": _("Agreement"),
    "standard": _("Standard"),
    "plan": _("Patrol plan"),
    "patrol": _("Patrol"),
    "organisation": _("Organisation"),
    "corrects": _("Corrects"),
    "structure": _("Structure"),
    "survey": _("Condition survey"),
    "to_state": _("Next state"),
    "state": _("State"),
    "kind": _("Kind"),
    "severity": _("Severity"),
    "source": _("Source"),
    "task": _("Task"),
    "result": _("Result"),
    "device_time": _("Time on the device"),
    "inspected_at": _("Inspected at"),
    "found_at": _("Found"),
    "started_at": _("Started at"),
    "ended_at": _("Ended at"),
    "chainage_m": _("Chainage"),
    "geometry": pgettext_lazy("field entry", "Position"),
    "position": pgettext_lazy("field entry", "Position"),
    "track": _("Track"),
    "accuracy_m": _("Accuracy of the position"),
    "quantity": _("Quantity"),
    "unit": _("Unit"),
    "labour_days": _("Labour-days"),
    "material": _("Material"),
    "description": _("Description"),
    "note": _("Note"),
    "reason": _("Reason"),
    "answers": _("Answers"),
    "done": _("Quantities done"),
    "photos": _("Photos"),
    "add_photos": _("Photos"),
}
"""Labels in the order in which the fields are shown; what is not here keeps its own name."""

TIMES: Final = frozenset({"device_time", "inspected_at", "found_at", "started_at", "ended_at"})
METRES: Final = frozenset({"accuracy_m", "distance_m"})
PLACES: Final = frozenset({"geometry", "position", "track"})
PHOTOS: Final = frozenset({"photos", "add_photos"})
RECORDS: Final = frozenset(
    {"asset", "order", "agreement", "standard", "plan", "patrol", "organisation", "corrects"}
)
"""Fields that name another record by its identifier."""
UNSAID: Final = frozenset({"device_id", "id", "type"})
"""Fields that say nothing to an officer beside what the page says already."""
_KINDS: Final[Mapping[str, type[TextChoices]]] = {
    "inspection": InspectionKind,
    "patrol": PatrolKind,
    "defect": DefectKind,
}
_CODES: Final[Mapping[str, type[TextChoices]]] = {
    "task": UpkeepTask,
    "unit": QuantityUnit,
    "severity": Severity,
    "source": DefectSource,
    "result": CheckResult,
}
_STATES: Final[Mapping[str, type[TextChoices]]] = {"order": OrderState, "defect": DefectState}


def label_of(name: str) -> str:
    """Return a field's label; a name that we do not know is shown as it was sent."""
    return str(LABELS.get(name, name[:60]))


def field_at(path: str) -> str:
    """Return the field's name in an error's path: `quantity` of `body.properties.quantity`."""
    return path.removeprefix("body.").removeprefix("properties.").split(".")[0]


def codes_of(entity: str, name: str) -> type[TextChoices] | None:
    """Return the codes that a field of a record may hold, None where it holds no code."""
    if name == "kind":
        return _KINDS.get(entity)
    return _STATES.get(entity) if name in {"state", "to_state"} else _CODES.get(name)


def in_order(names: Any) -> list[str]:
    """Return names of fields as they are shown: the known ones first, in their order."""
    known = list(LABELS)
    return sorted(names, key=lambda name: (known.index(name) if name in known else 99, name))


def flat(body: Any) -> dict[str, Any]:
    """Return the fields of a body: flat already, a Feature, or something that is neither."""
    if not isinstance(body, dict):
        return {UNREAD: body}
    properties = body.get("properties")
    if isinstance(properties, dict):
        return {**properties, "geometry": body.get("geometry")}
    return dict(body)


def geometry_of(value: Any) -> GEOSGeometry | None:
    """Return a point or line of a body in degrees, None for whatever cannot be drawn."""
    if not isinstance(value, dict):
        return None
    coordinates = value.get("coordinates")
    try:
        if value.get("type") == "Point":
            return _drawable(Point(*_pair(coordinates), srid=STORED_SRID))
        if value.get("type") == "LineString" and isinstance(coordinates, list):
            return _drawable(LineString([_pair(c) for c in coordinates], srid=STORED_SRID))
    except (TypeError, ValueError, OverflowError):
        return None
    return None


def _pair(value: Any) -> tuple[float, float]:
    lon, lat = float(value[0]), float(value[1])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(value)
    return lon, lat


def _drawable(geometry: GEOSGeometry) -> GEOSGeometry | None:
    return None if geometry.empty else geometry
