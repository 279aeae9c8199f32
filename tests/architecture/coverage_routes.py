"""Who may do what at the addresses of coverage; see `route_table`.

A run of the first township, of the second and of the foreign district stand for their things.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from maps.kinds import Indicator
from tests.architecture.route_table import OFFICE, Expect, Route, api, page, read
from tests.factories.coverage import run

AREA_READERS = (*OFFICE, "evaluator")


def run_api(caller: str, thing: str) -> int:
    """A run is for whoever has an area role over its area."""
    if caller == "anonymous":
        return 401
    seen = {"own": AREA_READERS, "sibling": ("district_planner", "evaluator")}
    return 200 if caller in seen.get(thing, ()) else 404


def run_page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else run_api(caller, thing)


def office(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 401 if caller == "anonymous" else (answer if caller in OFFICE else 403)

    return expect


def on_page(answer: int, callers: tuple[str, ...]) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else (answer if caller in callers else 403)

    return expect


PLANNER = ("district_planner",)
COVERAGE_ROUTES: Mapping[str, Route] = {
    "api/v1/coverage": Route({"GET": api, "POST": office(422)}),
    "api/v1/coverage/<uuid:pk>": read(run_api, names="coverage_run"),
    "api/v1/coverage/<uuid:pk>/gaps": read(run_api, names="coverage_run"),
    "api/v1/coverage/<uuid:pk>/reach": read(run_api, names="coverage_run"),
    "api/v1/coverage-rules": read(api),
    "coverage/": Route({"GET": page, "POST": on_page(422, OFFICE)}, form=True),
    "coverage/<uuid:pk>/": read(run_page, names="coverage_run"),
    "coverage/rules/": read(page),
    "coverage/rules/<slug:indicator>/new/": Route(
        {"GET": on_page(200, PLANNER), "POST": on_page(422, PLANNER)},
        given={"indicator": "rural_access"},
        form=True,
    ),
    "coverage/populations/": Route({"GET": page, "POST": on_page(422, PLANNER)}, form=True),
}


def coverage_rows(world):
    """A run of each place, by the thing that it stands for."""
    places = {
        "own": world.townships[0],
        "sibling": world.townships[1],
        "foreign": world.foreign_district,
    }
    asked = {"indicator": Indicator.UPKEEP, "as_of": datetime.date(2023, 12, 31)}
    return {"coverage_run": {name: run(area, **asked).pk for name, area in places.items()}}
