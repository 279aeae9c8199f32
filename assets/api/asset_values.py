"""From the Feature that a client sends to the columns that the services take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assets.details import DETAIL_NAMES
from assets.fields import BY_NAME
from sites.problems import FieldProblem, Problem

TABLES = frozenset(DETAIL_NAMES.values())


@dataclass(slots=True)
class AssetValues:
    """What a Feature asks for: columns of the asset and of its detail, and its source sites."""

    columns: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    sites: list[Any] | None = None


def asset_values(
    sent: Mapping[str, Any], *, kind: str, given: frozenset[str], same_geometry: bool
) -> AssetValues:
    """Split a parsed Feature into columns; raises `Problem` 422 for fields of another kind.

    `given` are the properties that the client wrote, without defaults. A geometry equal to the
    shown one is no change, so that what was read can be sent back without losing decimals.
    """
    properties = dict(sent.get("properties", {}))
    _refuse_other_kind(kind, given, properties)
    values = AssetValues()
    for name, value in properties.items():
        if name == "sites":
            values.sites = value
        elif name != "state" and kind in BY_NAME[name].kinds:
            _place(values, name, value)
    if "geometry" in sent and not same_geometry:
        values.columns["geometry"] = sent["geometry"]
    return values


def _refuse_other_kind(kind: str, given: frozenset[str], properties: Mapping[str, Any]) -> None:
    wrong = [
        FieldProblem(
            f"properties.{name}", "wrong_kind", _("Assets of this kind do not have this field.")
        )
        for name in sorted(given)
        if name in BY_NAME
        and kind not in BY_NAME[name].kinds
        and properties.get(name) not in (None, "")
    ]
    if wrong:
        raise Problem("invalid", errors=wrong)


def _place(values: AssetValues, name: str, value: Any) -> None:
    """Put a value under its column; a reference under the record's name, not its key."""
    table, _separator, column = BY_NAME[name].path.partition("__")
    if table in TABLES:
        values.detail["route" if name == "route" else column] = value
    else:
        values.columns[name] = value
