"""Where each field of a site is kept, as names for SQL taken from the models themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, models

from sites.fields import SiteField, fields_of
from sites.kinds import Kind
from sites.models import HouseholdRecord, ProjectSite
from sites.services.site_records import DETAIL_MODELS

LOOKUPS: Final = ("programme", "category", "owner", "contractor", "supervisor", "area", "township")
"""Fields whose value names another record; they are staged as text and resolved by the database."""
IDENTITY: Final = ("source", "source_id", "code")
KEPT_WHEN_EMPTY: Final = frozenset(
    {"name", "state", "year", "progress_percent", "key_plan", "visibility", "housing_households"}
)
"""Fields that an empty cell leaves as they are; in any other mapped field it empties them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a site and the table column that keeps it; `part` is "" for the site itself."""

    field: SiteField
    part: str
    model: type[models.Model]
    model_field: models.Field[Any, Any]

    @property
    def name(self) -> str:
        """The column in its table."""
        return str(self.model_field.column)

    @property
    def table(self) -> str:
        """The table."""
        return self.model._meta.db_table

    @property
    def type(self) -> str:
        """The column's type in SQL."""
        return str(self.model_field.db_type(connection))

    @property
    def is_text(self) -> bool:
        """Whether nothing is kept as an empty text rather than as null."""
        return isinstance(self.model_field, models.CharField | models.TextField)


def plain_columns(kind: str | None) -> dict[str, Column]:
    """Return the fields that are kept as they come (no identity, no lookup), by name."""
    found: dict[str, Column] = {}
    for entry in fields_of(kind):
        if not entry.writable or entry.name in (*LOOKUPS, *IDENTITY):
            continue
        part, _, column = entry.path.rpartition("__")
        model = part_model(part)
        model_field: Any = model._meta.get_field(column)
        found[entry.name] = Column(entry, part, model, model_field)
    return found


def part_model(part: str) -> type[models.Model]:
    """Return the model of a part of a site: "" itself, "household", or the detail of a kind."""
    if not part:
        return ProjectSite
    return HouseholdRecord if part == "household" else DETAIL_MODELS[Kind(part)]
