"""The card “Money” on a programme's page: by source and stage, each number with its entries."""

from __future__ import annotations

from urllib.parse import urlencode

from funding.bookkeeping import sees_any_books
from funding.kinds import Stage
from funding.overview import source_lines
from funding.sums import money_by_stage
from sites.access import Scope
from sites.models import Programme
from sites.programme_sections import register_section
from sites.site_sections import Section


def register() -> None:
    """Add the card to the page of programmes; called when the app starts."""
    register_section(money_of_programme)


def money_of_programme(programme: Programme, scope: Scope) -> Section | None:
    """Return the card for whoever keeps or evaluates books, over the areas that they see."""
    if not sees_any_books(scope):
        return None
    lines = source_lines(money_by_stage(scope, programmes=[programme]))
    content = {
        "lines": [line for line in lines if any(amount for _stage, amount in line.amounts)],
        "stages": Stage,
        "query": urlencode({"programme": programme.code}),
    }
    return Section("funding/partials/_programme_money.html", content)
