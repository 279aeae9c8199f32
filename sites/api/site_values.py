"""From the Feature that a client sends to the columns that the services take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sites.api.site_properties import BODIES, STAGES
from sites.fields import BY_NAME, SiteField
from sites.geometry import GEOMETRY_TYPES_BY_KIND
from sites.problems import FieldProblem, Problem, invalid

COLUMNS = {
    "area": "area",
    "programme": "programme",
    "category": "category",
    "owner_id": "owner_organisation",
    "contractor_id": "contractor",
    "supervisor_id": "supervisor",
}
"""Members that name another record, and the column that holds it."""
DETAIL_PATHS = frozenset({"road", "village_centre", "water_works", "housing", "facility"})


@dataclass(slots=True)
class SiteValues:
    """What a Feature asks for: columns of the site, of its kind's detail, and the household."""

    columns: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    household_reference: str | None = None


def site_values(
    sent: Mapping[str, Any], *, kind: str, given: frozenset[str], shown: Mapping[str, Any] | None
) -> SiteValues:
    """Split a parsed Feature into columns; raises `Problem` 422.

    `given` are the properties that the client wrote, without defaults; `shown` is the Feature of
    the row as it stands, None for a new one. A geometry equal to the shown one is no change, so
    that what was read can be sent back without losing decimals.
    """
    values = SiteValues()
    properties = dict(sent.get("properties", {}))
    _refuse_other_kind(kind, given, properties)
    for name, value in properties.items():
        _place(values, name, value, kind)
    values.columns.update(_geometries(sent, kind, shown))
    return values


def _refuse_other_kind(kind: str, given: frozenset[str], properties: Mapping[str, Any]) -> None:
    wrong = [
        FieldProblem(
            f"properties.{name}", "wrong_kind", _("Sites of this kind do not have this field.")
        )
        for name in sorted(given)
        if name in BY_NAME
        and kind not in BY_NAME[name].kinds
        and properties.get(name) not in (None, "")
    ]
    if wrong:
        raise Problem("invalid", errors=wrong)


def _place(values: SiteValues, name: str, value: Any, kind: str) -> None:
    if name in COLUMNS:
        values.columns[COLUMNS[name]] = value
        return
    entry: SiteField | None = BY_NAME.get(name)
    if entry is None or kind not in entry.kinds or name in BODIES:
        return
    table, _separator, column = entry.path.partition("__")
    if entry.restricted:
        values.household_reference = value or None
    elif table in DETAIL_PATHS:
        values.detail[column] = value
    else:
        values.columns[entry.path] = value


def _geometries(
    sent: Mapping[str, Any], kind: str, shown: Mapping[str, Any] | None
) -> dict[str, Any]:
    properties = sent.get("properties", {})
    raw = sent["raw"]
    found: dict[str, Any] = {}
    for stage in STAGES:
        name = f"{stage}_geometry"
        if name in properties and not _same(shown, ("properties", name), raw):
            found[name] = properties[name]
    if "geometry" in sent and not _same(shown, ("geometry",), raw):
        default = shown["properties"]["geometry_is"] if shown else "planned"
        name = f"{properties.get('geometry_is') or default}_geometry"
        if name in found:
            raise invalid("geometry", "given_twice", _("The same geometry is given twice."))
        found[name] = sent["geometry"]
    for name, geometry in found.items():
        _check_type(name, geometry, kind)
    return found


def _same(shown: Mapping[str, Any] | None, path: tuple[str, ...], raw: Mapping[str, Any]) -> bool:
    if shown is None:
        return False
    stands: Any = shown
    asked: Any = raw
    for step in path:
        stands, asked = stands.get(step), asked.get(step)
    return bool(stands == asked)


def _check_type(name: str, geometry: Any, kind: str) -> None:
    allowed = GEOMETRY_TYPES_BY_KIND[kind]
    if geometry is not None and geometry.geom_type not in allowed:
        raise invalid(
            name,
            "wrong_type",
            _("Sites of this kind are one of: %(allowed)s.") % {"allowed": ", ".join(allowed)},
        )
