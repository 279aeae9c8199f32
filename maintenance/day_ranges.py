"""Sets of days as the database keeps them: disjoint ranges, and whether they hold a day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler


class DaysField(models.Field):  # type: ignore[type-arg]
    """A set of days, `datemultirange`: read as ranges `[first, day after the last)`.

    The database fills it; `column__holds=day` asks whether the day is in it.
    """

    def db_type(self, connection: Any) -> str:
        """Return the column's type."""
        return "datemultirange"


@DaysField.register_lookup
class Holds(Lookup):
    """Whether a set of days has the day."""

    lookup_name = "holds"

    def get_prep_lookup(self) -> Any:
        """Leave the day as it is: it is a date, not a set of days."""
        return self.rhs

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        """Return the day as a parameter."""
        return ("%s", [value])

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the comparison."""
        days, first = self.process_lhs(compiler, connection)
        day, second = self.process_rhs(compiler, connection)
        return f"{days} @> {day}::date", (*first, *second)
