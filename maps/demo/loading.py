"""Keeps the demo's people as a population and computes every indicator on three days."""

from __future__ import annotations

import datetime

from maps.coverage.population import population_from_register
from maps.coverage.rules import rules_after_migrate
from maps.coverage.runs import run_coverage
from maps.kinds import Indicator
from sites.access import Scope
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.models import Area

OF_TODAY = (Indicator.UPKEEP, Indicator.PEOPLE_SERVED)
YEAR_SHOWN = 2023
"""The year that the demo's work report tells of: its first and last day are compared."""


def load_coverage(*, as_of: datetime.date) -> None:
    """Store the population of the home district and its runs.

    Upkeep is judged by what is known today, and services by all that was built: today alone.
    """
    rules_after_migrate()
    home = Area.objects.get(code=HOME_DISTRICT_CODE)
    scope = Scope.internal()
    population = population_from_register(
        area=home,
        year=YEAR_SHOWN,
        name="村庄登记人口",
        on=datetime.date(YEAR_SHOWN, 1, 1),
        actor=None,
        scope=scope,
    )
    days = (datetime.date(YEAR_SHOWN, 1, 1), datetime.date(YEAR_SHOWN, 12, 31), as_of)
    for day in days:
        for indicator in Indicator.values:
            if indicator in OF_TODAY and day != as_of:
                continue
            run_coverage(
                indicator=indicator,
                area=home,
                as_of=day,
                population=population,
                actor=None,
                scope=scope,
            )
