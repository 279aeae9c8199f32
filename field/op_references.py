"""Records to which the operations of one push refer, read once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from assets.models import Asset
from field.operation import Operation
from maintenance.models import Agreement, UpkeepStandard, WorkOrder
from sites.access import Scope
from sites.api.known_rows import KnownRows

REFERENCES: Final[tuple[tuple[str, Any, tuple[str, ...]], ...]] = (
    ("asset", Asset, ()),
    ("order", WorkOrder, ("asset", "agreement", "executor")),
    ("agreement", Agreement, ()),
    ("standard", UpkeepStandard, ()),
)
"""Members of bodies that name a record, and what is read with it."""


def references_of(ops: Sequence[Operation], scope: Scope) -> KnownRows:
    """Return the records that the operations name, as far as their sender may see them."""
    rows = KnownRows()
    for name, model, related in REFERENCES:
        rows.read(model, _keys(ops, name), scope, related)
    return rows


def _keys(ops: Iterable[Operation], name: str) -> Iterable[UUID]:
    for op in ops:
        inner = op.body.get("properties")
        values = inner if isinstance(inner, Mapping) else op.body
        try:
            yield UUID(values.get(name))
        except (TypeError, ValueError, AttributeError):
            continue
