"""The questions that figures ask of the register, by code.

Each is computed by the database from what the asker may see, and keeps the sites behind it.
"""

from collections.abc import Mapping
from typing import Final

from reports.queries.coverage import COVERAGE
from reports.queries.information import INFORMATION
from reports.queries.money import MONEY
from reports.queries.people import PEOPLE
from reports.queries.question import FigureAnswer, FigureContext, Query
from reports.queries.targets import TARGETS
from reports.queries.upkeep import UPKEEP
from reports.queries.works import WORKS

__all__ = ["QUERIES", "FigureAnswer", "FigureContext", "Query", "query_of"]

QUERIES: Final[Mapping[str, Query]] = {
    query.code: query
    for query in (*WORKS, *MONEY, *PEOPLE, *COVERAGE, *UPKEEP, *INFORMATION, *TARGETS)
}


def query_of(code: str) -> Query:
    """Return the question of a code; raises `KeyError` for one that nobody asks."""
    return QUERIES[code]
