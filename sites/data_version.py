"""Which state of areas and sites a reader sees: the part of a cache key that notices changes.

Every transaction that changes sites or areas leaves one row with its identifier in
`sites_datachange`, in the same commit. Two readers with the same version see the same rows, even
when transactions commit in another order than they began: while the smallest identifier stays,
rows only come, so an equal count means an equal set; pruning takes the smallest away for ever.

Apps above keep tables of marks of their own, so that a busy day there leaves what is remembered
of the sites alone. Such a table has the same columns, and its name is given here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

SITE_MARKS = "sites_datachange"
"""The table of marks of areas and sites."""

VERSION_SQL = "SELECT min(xid), max(xid), count(*) FROM {marks}"

# Only marks older than every transaction in progress go, or a late commit could slip in below
# the ones that were kept. The newest always stays: an empty table would look like a new one.
PRUNE_SQL = """
DELETE FROM {marks}
WHERE xid < (SELECT max(xid) FROM {marks})
  AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
"""


@dataclass(frozen=True, slots=True)
class DataVersion:
    """The marks that a snapshot holds: smallest and largest transaction and their number."""

    first: int
    last: int
    marks: int

    @classmethod
    def of_row(cls, row: tuple[int | None, int | None, int]) -> DataVersion:
        """Return the version of one row of `VERSION_SQL`."""
        return cls(row[0] or 0, row[1] or 0, row[2])

    def __str__(self) -> str:
        return f"{self.first:x}.{self.last:x}.{self.marks:x}"


def current_version(marks: str = SITE_MARKS) -> DataVersion:
    """Return the version of a table of marks that a statement sees now: one query.

    Read it before the data it stands for: a change in between makes the data newer than their
    version, which costs one needless reading later, and never the other way round.
    """
    with connection.cursor() as cursor:
        cursor.execute(VERSION_SQL.format(marks=connection.ops.quote_name(marks)))
        return DataVersion.of_row(cursor.fetchone())


def prune_marks(marks: str = SITE_MARKS) -> int:
    """Remove marks of a table that no reader needs any more; return how many went."""
    with connection.cursor() as cursor:
        cursor.execute(PRUNE_SQL.format(marks=connection.ops.quote_name(marks)))
        return int(cursor.rowcount)
