"""Who may do what at the addresses of reports, figures and stated figures; see `route_table`."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.utils import timezone

from reports.models import FigureDefinition, StatedFigure
from reports.services import figure_state
from sites.access import Scope
from tests.architecture.output_routes import KNOWN_REPORTS, report
from tests.architecture.route_table import OFFICE, Expect, Route, api, page, read
from tests.factories import OrganisationFactory

READERS = frozenset({"district_planner", "township_officer", "evaluator"})


def report_api(caller: str, thing: str) -> int:
    return 401 if caller == "anonymous" else report(caller, thing)


def planning(answer: int, *, over_http: bool = False) -> Expect:
    """404 for a report that one may not know, 403 for whoever is not its planner."""

    def expect(caller: str, thing: str) -> int:
        known = (report_api if over_http else report)(caller, thing)
        if known != 200:
            return known
        return answer if caller == "district_planner" else 403

    return expect


def planner_api(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 401 if caller == "anonymous" else (answer if caller == "district_planner" else 403)

    return expect


def planner_page(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else planner_api(answer)(caller, thing)

    return expect


def office_api(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 401 if caller == "anonymous" else (answer if caller in OFFICE else 403)

    return expect


def office_form(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else office_api(answer)(caller, thing)

    return expect


def known_figure(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 200 if caller in READERS else 404


def stated_answer(answer: int, *, anonymous: int) -> Expect:
    """A stated figure goes with its area; the office of the area changes it."""

    def expect(caller: str, thing: str) -> int:
        if caller == "anonymous":
            return anonymous
        if caller not in KNOWN_REPORTS.get(thing, ()):
            return 404
        return answer if caller in OFFICE else 403

    return expect


def stated_api(caller: str, thing: str) -> int:
    return 401 if caller == "anonymous" else report(caller, thing)


FIGURE = {"key": "sites_finished"}
REPORT_ROUTES: Mapping[str, Route] = {
    "reports/": read(page),
    "reports/new/": Route({"GET": planner_page(200), "POST": planner_page(422)}, form=True),
    "reports/ledger/": read(page),
    "reports/stated/": read(page),
    "reports/stated/new/": Route({"GET": office_form(200), "POST": office_form(422)}, form=True),
    "reports/stated/<uuid:pk>/": Route(
        {"GET": stated_answer(200, anonymous=302), "POST": stated_answer(422, anonymous=302)},
        "stated",
        form=True,
    ),
    "reports/stated/<uuid:pk>/remove/": Route(
        {"POST": stated_answer(422, anonymous=302)}, "stated", form=True
    ),
    "reports/<uuid:pk>/": read(report, names="work_report"),
    "reports/<uuid:pk>/drift/": read(report, names="work_report"),
    "reports/<uuid:pk>/refresh/": Route({"POST": planning(422)}, "work_report", form=True),
    "reports/<uuid:pk>/sign/": Route({"POST": planning(422)}, "work_report", form=True),
    "reports/<uuid:pk>/withdraw/": Route({"POST": planning(422)}, "work_report", form=True),
    "reports/<uuid:pk>/remove/": Route({"POST": planning(422)}, "work_report", form=True),
    "reports/<uuid:pk>/sections/<uuid:section>/": Route(
        {"GET": planning(404), "POST": planning(404)},
        "work_report",
        given={"section": uuid4()},
        form=True,
    ),
    "reports/<uuid:pk>/figures/<slug:key>/": Route({"GET": report}, "work_report", given=FIGURE),
    "api/v1/figures": read(api),
    "api/v1/figures/<slug:key>": Route({"GET": known_figure}, given=FIGURE),
    "api/v1/report-templates": read(api),
    "api/v1/reports": Route({"GET": api, "POST": planner_api(422)}),
    "api/v1/reports/<uuid:pk>": Route(
        {"GET": report_api, "DELETE": planning(428, over_http=True)}, "work_report"
    ),
    "api/v1/reports/<uuid:pk>/refresh": Route(
        {"POST": planning(422, over_http=True)}, "work_report"
    ),
    "api/v1/reports/<uuid:pk>/sign": Route({"POST": planning(422, over_http=True)}, "work_report"),
    "api/v1/reports/<uuid:pk>/withdraw": Route(
        {"POST": planning(422, over_http=True)}, "work_report"
    ),
    "api/v1/reports/<uuid:pk>/drift": read(report_api, names="work_report"),
    "api/v1/reports/<uuid:pk>/figures": read(report_api, names="work_report"),
    "api/v1/reports/<uuid:pk>/figures/<slug:key>": Route(
        {"GET": report_api}, "work_report", given=FIGURE
    ),
    "api/v1/figure-ledger": read(api),
    "api/v1/stated-figures": Route({"GET": api, "POST": office_api(422)}),
    "api/v1/stated-figures/<uuid:pk>": Route(
        {
            "GET": stated_api,
            "PUT": stated_answer(428, anonymous=401),
            "PATCH": stated_answer(428, anonymous=401),
            "DELETE": stated_answer(428, anonymous=401),
        },
        "stated",
    ),
}


def stated_rows(world):
    """What a department states of each area, by the kind of thing."""
    body = OrganisationFactory(name="住建局", kind="lead_department")
    figure = FigureDefinition.objects.get(key="sites_finished")
    areas = {
        "own": world.townships[0],
        "sibling": world.district,
        "foreign": world.foreign_district,
    }
    made: dict[str, StatedFigure] = {
        name: figure_state(
            values={
                "figure": figure,
                "organisation": body,
                "area": area,
                "year": 2023,
                "value": 1,
                "note": "",
            },
            on=timezone.localdate(),
            actor=None,
            scope=Scope.internal(),
        )
        for name, area in areas.items()
    }
    return {"stated": {name: row.pk for name, row in made.items()}}
