"""Who may do what at the addresses of plans, meetings, decisions, responsibility.

Each township has a draft of a plan, a planned meeting, and a held one's decision about its site,
addressed to the company of that site; each site has a project lead of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from oversight.models import MonthlyPlan
from tests.architecture.agreement_routes import on_page
from tests.architecture.route_table import (
    OFFICE,
    Expect,
    Route,
    api,
    changing,
    changing_page,
    creating,
    page,
    read,
    site_api,
    site_page,
)
from tests.factories.oversight import answering, decided, meeting
from tests.factories.records import OrganisationFactory
from tests.factories.world import World

HELD_ON = datetime.date(2026, 3, 6)
SEES_AREA = {
    "district_planner": {"own", "sibling"},
    "township_officer": {"own"},
    "evaluator": {"own", "sibling"},
}
OFFICERS = frozenset(OFFICE)


def of_area(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 200 if thing in SEES_AREA.get(caller, ()) else 404


def decision(caller: str, thing: str) -> int:
    """The body to which a decision is addressed knows it as well."""
    return 200 if (caller, thing) == ("company_member", "own") else of_area(caller, thing)


def acting(answer: int, known: Expect = of_area, more: tuple[str, ...] = ()) -> Expect:
    def expect(caller: str, thing: str) -> int:
        status = known(caller, thing)
        return status if status != 200 else (answer if caller in (*OFFICE, *more) else 403)

    return expect


def office_page(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else (answer if caller in OFFICE else 403)

    return expect


def programme_page(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 302
    return 404 if caller == "stranger" or thing == "absent" else 200


MEETING = "oversight/meetings/<uuid:pk>/"
STEERING_ROUTES: Mapping[str, Route] = {
    "api/v1/responsibilities": Route({"GET": api, "POST": creating(422, OFFICERS)}),
    "api/v1/responsibilities/many": Route({"POST": creating(422, OFFICERS)}),
    "api/v1/responsibilities/<uuid:pk>": read(site_api, names="responsibility"),
    "api/v1/responsibilities/<uuid:pk>/end": Route({"POST": changing(422)}, "responsibility"),
    "api/v1/sites/<uuid:pk>/responsibility": read(site_api, names="site"),
    "api/v1/monthly-plans": Route({"GET": api, "POST": creating(422, OFFICERS)}),
    "api/v1/monthly-plans/<uuid:pk>": Route(
        {"GET": of_area, "PATCH": acting(428), "DELETE": acting(428)}, "monthly_plan"
    ),
    "api/v1/monthly-plans/<uuid:pk>/moves": Route({"POST": acting(422)}, "monthly_plan"),
    "api/v1/monthly-plans/<uuid:pk>/explanations": Route({"POST": acting(422)}, "monthly_plan"),
    "api/v1/dispatch-meetings": Route({"GET": api, "POST": creating(422, OFFICERS)}),
    "api/v1/dispatch-meetings/<uuid:pk>": Route(
        {"GET": of_area, "PATCH": acting(428)}, "dispatch_meeting"
    ),
    "api/v1/dispatch-meetings/<uuid:pk>/agenda": Route(
        {"GET": of_area, "POST": acting(422)}, "dispatch_meeting", body={"site": "none"}
    ),
    "api/v1/dispatch-meetings/<uuid:pk>/agenda/<uuid:item>": Route(
        {"PATCH": acting(404)}, "dispatch_meeting", given={"item": uuid4()}
    ),
    "api/v1/dispatch-meetings/<uuid:pk>/hold": Route({"POST": acting(422)}, "dispatch_meeting"),
    "api/v1/dispatch-meetings/<uuid:pk>/cancel": Route({"POST": acting(422)}, "dispatch_meeting"),
    "api/v1/decisions": Route({"GET": api, "POST": creating(422, OFFICERS)}),
    "api/v1/decisions/<uuid:pk>": read(decision, names="decision"),
    "api/v1/decisions/<uuid:pk>/moves": Route(
        {"POST": acting(422, decision, ("company_member",))}, "decision"
    ),
    "oversight/": read(page),
    "oversight/responsibility/": read(page),
    "oversight/responsibility/name/": Route(
        {"GET": office_page(404), "POST": office_page(404)}, form=True
    ),
    "oversight/responsibility/sites/<uuid:pk>/": read(site_page, names="site"),
    "oversight/responsibility/programmes/<uuid:pk>/": read(programme_page, names="programme"),
    "oversight/responsibility/<uuid:pk>/end/": Route(
        {"POST": changing_page(302)}, "responsibility", form=True
    ),
    "oversight/plans/": read(page),
    "oversight/plans/new/": Route({"GET": office_page(200), "POST": office_page(422)}, form=True),
    "oversight/plans/<uuid:pk>/": read(on_page(of_area), names="monthly_plan"),
    "oversight/plans/<uuid:pk>/edit/": Route(
        {"GET": on_page(acting(200)), "POST": on_page(acting(422))}, "monthly_plan", form=True
    ),
    "oversight/plans/<uuid:pk>/move/": Route(
        {"POST": on_page(acting(422))}, "monthly_plan", form=True
    ),
    "oversight/plans/<uuid:pk>/explain/": Route(
        {"POST": on_page(acting(422))}, "monthly_plan", form=True
    ),
    "oversight/meetings/": read(page),
    "oversight/meetings/new/": Route(
        {"GET": office_page(200), "POST": office_page(422)}, form=True
    ),
    MEETING: read(on_page(of_area), names="dispatch_meeting"),
    f"{MEETING}edit/": Route(
        {"GET": on_page(acting(200)), "POST": on_page(acting(422))}, "dispatch_meeting", form=True
    ),
    f"{MEETING}print/": read(on_page(of_area), names="dispatch_meeting"),
    f"{MEETING}draw/": Route({"POST": on_page(acting(302))}, "dispatch_meeting", form=True),
    f"{MEETING}narrow/": Route({"POST": on_page(acting(422))}, "dispatch_meeting", form=True),
    f"{MEETING}add/": Route({"POST": on_page(acting(422))}, "dispatch_meeting", form=True),
    f"{MEETING}agenda/<uuid:item>/": Route(
        {"POST": on_page(acting(404))}, "dispatch_meeting", form=True, given={"item": uuid4()}
    ),
    f"{MEETING}hold/": Route({"POST": on_page(acting(422))}, "dispatch_meeting", form=True),
    f"{MEETING}cancel/": Route({"POST": on_page(acting(422))}, "dispatch_meeting", form=True),
    f"{MEETING}decide/": Route({"POST": on_page(acting(422))}, "dispatch_meeting", form=True),
    "oversight/decisions/": read(page),
    "oversight/decisions/<uuid:pk>/": read(on_page(decision), names="decision"),
    "oversight/decisions/<uuid:pk>/move/": Route(
        {"POST": on_page(acting(422, decision, ("company_member",)))}, "decision", form=True
    ),
}


def steering_rows(world: World):
    """A plan, a meeting, a decision and a responsibility of each township and abroad."""
    places = {
        "own": (world.townships[0], world.own, world.companies[0]),
        "sibling": (world.townships[1], world.sibling, world.companies[1]),
        "foreign": (world.foreign_township, world.foreign, world.companies[1]),
    }
    kinds = ("monthly_plan", "dispatch_meeting", "decision", "responsibility")
    rows: dict[str, dict[str, object]] = {kind: {} for kind in kinds}
    for name, (area, site, company) in places.items():
        body: Any = OrganisationFactory(name=f"{area.name}政府", kind="township", area=area)
        plan = MonthlyPlan.objects.create(
            organisation=body, area=area, month=HELD_ON.replace(day=1), due_on=HELD_ON
        )
        held = meeting(area, held_on=HELD_ON, state="held", minutes="记录")
        rows["monthly_plan"][name] = plan.pk
        rows["dispatch_meeting"][name] = meeting(area, held_on=HELD_ON).pk
        rows["decision"][name] = decided(held, site=site, organisation=company, due_on=HELD_ON).pk
        rows["responsibility"][name] = answering(site=site, roles=["project_lead"])[0].pk
    return rows
