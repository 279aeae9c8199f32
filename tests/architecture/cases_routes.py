"""Who may do what at the addresses of cases, information filed and standing; see `route_table`.

Each township has a case about its government whose letter is out, and a piece of information.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.utils import timezone

from oversight.models import CaseStep, InfoSubmission
from oversight.services.case_grounds import Grounds
from oversight.services.cases import case_notify, case_raise
from sites.access import Scope
from tests.architecture.agreement_routes import on_page
from tests.architecture.route_table import OFFICE, Expect, Route, api, creating, page, read
from tests.factories.cases import government
from tests.factories.world import World

PLANNER = frozenset({"district_planner"})
OF_AREA = frozenset({*OFFICE, "evaluator"})
SEES_CASES = {
    "district_planner": {"own", "sibling"},
    "township_officer": {"own"},
    "evaluator": {"own", "sibling"},
}


def case_row(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 200 if thing in SEES_CASES.get(caller, ()) else 404


def moving(answer: int, callers: frozenset[str] = frozenset(OFFICE)) -> Expect:
    def expect(caller: str, thing: str) -> int:
        known = case_row(caller, thing)
        return known if known != 200 else (answer if caller in callers else 403)

    return expect


def with_area(answer: int) -> Expect:
    return creating(answer, OF_AREA)


CASES_ROUTES: Mapping[str, Route] = {
    "api/v1/accountability-cases": Route({"GET": api, "POST": creating(422, PLANNER)}),
    "api/v1/accountability-cases/overdue": Route({"POST": creating(200, PLANNER)}),
    "api/v1/accountability-cases/<uuid:pk>": read(case_row, names="accountability_case"),
    "api/v1/accountability-cases/<uuid:pk>/letter": read(
        moving(200, PLANNER), names="accountability_case"
    ),
    "api/v1/accountability-cases/<uuid:pk>/moves": Route(
        {"POST": moving(422)}, "accountability_case"
    ),
    "api/v1/info-submissions": Route({"GET": api, "POST": creating(422, frozenset(OFFICE))}),
    "api/v1/info-submissions/rates": read(api),
    "api/v1/info-submissions/<uuid:pk>": Route(
        {"GET": case_row, "PUT": moving(428), "PATCH": moving(428), "DELETE": moving(428)},
        "info_submission",
    ),
    "api/v1/standing": read(with_area(200)),
    "api/v1/standing/<slug:fact>": read(with_area(200), given={"fact": "cases"}),
    "oversight/cases/": read(page),
    "oversight/cases/new/": Route(
        {"GET": on_page(creating(200, PLANNER)), "POST": on_page(creating(422, PLANNER))},
        form=True,
    ),
    "oversight/cases/overdue/": Route({"POST": on_page(creating(302, PLANNER))}, form=True),
    "oversight/cases/<uuid:pk>/": read(on_page(case_row), names="accountability_case"),
    "oversight/cases/<uuid:pk>/letters/<uuid:step>/": read(
        on_page(lambda caller, thing: 404), names="accountability_case", given={"step": uuid4()}
    ),
    "oversight/cases/<uuid:pk>/letters/<uuid:step>/docx/": read(
        on_page(lambda caller, thing: 404), names="accountability_case", given={"step": uuid4()}
    ),
    "oversight/cases/<uuid:pk>/<slug:move>/": Route(
        {"POST": on_page(moving(422))}, "accountability_case", given={"move": "reply"}, form=True
    ),
    "oversight/information/": read(page),
    "oversight/information/new/": Route(
        {
            "GET": on_page(creating(200, frozenset(OFFICE))),
            "POST": on_page(creating(422, frozenset(OFFICE))),
        },
        form=True,
    ),
    "oversight/information/<uuid:pk>/": Route(
        {"GET": on_page(moving(200)), "POST": on_page(moving(422))}, "info_submission", form=True
    ),
    "oversight/standing/": read(on_page(with_area(200))),
    "oversight/standing/<slug:fact>/": read(on_page(with_area(200)), given={"fact": "cases"}),
}


def case_rows(world: World) -> dict[str, dict[str, object]]:
    """A case and a piece of information of each township."""
    areas = {
        "own": world.townships[0],
        "sibling": world.townships[1],
        "foreign": world.foreign_township,
    }
    cases = {name: _case(area).pk for name, area in areas.items()}
    pieces = {name: _piece(area).pk for name, area in areas.items()}
    return {"accountability_case": cases, "info_submission": pieces}


def _case(area):
    today = timezone.localdate()
    hand = {"actor": None, "scope": Scope.internal(), "on": today}
    case = case_raise(grounds=Grounds("other", organisation=government(area)), facts="情况", **hand)
    case_notify(case=case, **hand)
    assert CaseStep.objects.filter(case=case).count() == 2
    return case


def _piece(area):
    return InfoSubmission.objects.create(
        area=area,
        organisation=government(area),
        title="信息",
        sent_to="city",
        sent_on=timezone.localdate(),
    )
