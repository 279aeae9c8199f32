"""Who may do what at the addresses of templates, figures and report files; see `route_table`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from reports.models import ReportTemplate
from reports.periods import Period
from reports.services import report_make
from sites.access import Scope
from tests.architecture.route_table import Expect, Route, read

READERS = frozenset({"district_planner", "township_officer", "evaluator"})
KNOWN_REPORTS: Mapping[str, frozenset[str]] = {
    "own": READERS,
    "sibling": frozenset({"district_planner", "evaluator"}),
    "foreign": frozenset(),
}
"""`own` is a report about the first township, `sibling` one about the district."""


def report(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 302
    return 200 if caller in KNOWN_REPORTS.get(thing, ()) else 404


def readers(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else (200 if caller in READERS else 403)


def editors(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else (answer if caller == "district_planner" else 403)

    return expect


TEMPLATE = {"code": "monthly-bulletin"}
SECTION = {**TEMPLATE, "position": 1}
OUTPUT_ROUTES: Mapping[str, Route] = {
    "reports/<uuid:pk>/word/": read(report, names="work_report"),
    "reports/<uuid:pk>/annex/": read(report, names="work_report"),
    "reports/templates/": read(readers),
    "reports/templates/new/": Route({"GET": editors(200), "POST": editors(422)}, form=True),
    "reports/templates/<slug:code>/": Route(
        {"GET": readers, "POST": editors(422)}, given=TEMPLATE, form=True
    ),
    "reports/templates/<slug:code>/layout/": Route(
        {"GET": readers, "POST": editors(302)}, given=TEMPLATE, form=True
    ),
    "reports/templates/<slug:code>/sections/new/": Route(
        {"GET": editors(200), "POST": editors(422)}, given=TEMPLATE, form=True
    ),
    "reports/templates/<slug:code>/sections/<int:position>/": Route(
        {"GET": editors(200), "POST": editors(422)}, given=SECTION, form=True
    ),
    "reports/templates/<slug:code>/sections/<int:position>/action/": Route(
        {"POST": editors(302)}, given=SECTION, form=True
    ),
    "reports/definitions/new/": Route({"GET": editors(200), "POST": editors(422)}, form=True),
    "reports/definitions/<slug:key>/": Route(
        {"GET": editors(200), "POST": editors(422)}, given={"key": "sites_finished"}, form=True
    ),
}


def report_rows(world):
    """A draft about each area, by the kind of thing."""
    template = ReportTemplate.objects.get(code="monthly-bulletin")
    areas = {
        "own": world.townships[0],
        "sibling": world.district,
        "foreign": world.foreign_district,
    }
    made = {
        name: report_make(
            template=template,
            area=area,
            period=Period(datetime.date(2023, 6, 1), datetime.date(2023, 6, 30)),
            as_of=datetime.date(2023, 6, 30),
            actor=None,
            scope=Scope.internal(),
        ).pk
        for name, area in areas.items()
    }
    return {"work_report": made}
