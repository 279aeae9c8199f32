"""Who may do what at the addresses of field work; see `route_table`.

`own` rows belong to the first township's road and agreement, `sibling` ones to the second's,
`foreign` ones to the other district. A public report is nobody's but the office's until it
belongs to a defect.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from uuid import uuid4

from django.utils import timezone

from maintenance.models import (
    Inspection,
    Patrol,
    PatrolPlan,
    PublicReport,
    UpkeepSchedule,
    WarrantyClaim,
)
from tests.architecture.agreement_routes import AGREEMENTS, on_page
from tests.architecture.route_table import (
    BODIES,
    OFFICE,
    ROLES,
    Expect,
    Route,
    api,
    creating,
    page,
    read,
)
from tests.factories.field import reported, standard

EVERYBODY = frozenset(ROLES)
CHECKERS = frozenset({*OFFICE, "association_member"})
PLANNER = frozenset({"district_planner"})
REPORTS = {"own": frozenset(OFFICE), "sibling": PLANNER}


def knowing(known: Mapping[str, frozenset[str]]) -> Expect:
    """200 for those who know the thing, 404 for the others."""

    def expect(caller: str, thing: str) -> int:
        if caller == "anonymous":
            return 401
        return 200 if caller in known.get(thing, ()) else 404

    return expect


def trying(known: Expect, answer: int, callers: frozenset[str] = EVERYBODY) -> Expect:
    """404 for what one may not know, 403 for what one may know and not do, else the answer."""

    def expect(caller: str, thing: str) -> int:
        found = known(caller, thing)
        return found if found != 200 else (answer if caller in callers else 403)

    return expect


def role_needed(answer: int) -> Expect:
    """Whoever holds a role gets as far as the answer."""
    return creating(answer, EVERYBODY)


def unread_body(caller: str, thing: str) -> int:
    """Who may is the service's to judge, and it is not asked about an empty body."""
    return 401 if caller == "anonymous" else 422


def field_row(caller: str, thing: str) -> int:
    return knowing(AGREEMENTS)(caller, thing)


def report_row(caller: str, thing: str) -> int:
    return knowing(REPORTS)(caller, thing)


def standard_row(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 404 if caller == "stranger" or thing == "absent" else 200


def held(known: Expect, methods: tuple[str, ...] = ("PATCH",)) -> Mapping[str, Expect]:
    """A record that is read by who knows it, and changed with `If-Match` only."""
    return {"GET": known, **{method: trying(known, 428) for method in methods}}


def listed(create: Expect) -> Route:
    return Route({"GET": api, "POST": create})


def form(known: Expect, answer: int, callers: frozenset[str], names: str) -> Route:
    return Route({"POST": on_page(trying(known, answer, callers))}, names, form=True)


NO_REASON = {"to_state": "rejected"}
"""Refused to the judges for want of a reason, and to the others for want of the right."""

FIELD_ROUTES: Mapping[str, Route] = {
    "api/v1/standards": listed(creating(422, PLANNER)),
    "api/v1/standards/<uuid:pk>": Route(
        {"GET": standard_row, "PATCH": trying(standard_row, 428, PLANNER)}, "standard"
    ),
    "api/v1/schedules": read(api),
    "api/v1/schedules/<uuid:pk>": Route(held(field_row), "schedule"),
    "api/v1/patrol-plans": listed(unread_body),
    "api/v1/patrol-plans/<uuid:pk>": Route(held(field_row), "patrol_plan"),
    "api/v1/patrols": listed(unread_body),
    "api/v1/patrols/<uuid:pk>": read(field_row, names="patrol"),
    "api/v1/inspections": listed(role_needed(422)),
    "api/v1/inspections/<uuid:pk>": read(field_row, names="inspection"),
    "api/v1/defects": listed(role_needed(422)),
    "api/v1/defects/<uuid:pk>": Route(held(field_row), "defect"),
    "api/v1/defects/<uuid:pk>/moves": Route(
        {"GET": field_row, "POST": trying(field_row, 422, CHECKERS)}, "defect", body=NO_REASON
    ),
    "api/v1/defects/<uuid:pk>/photos": Route({"POST": trying(field_row, 422)}, "defect"),
    "api/v1/defects/<uuid:pk>/nearby": read(field_row, names="defect"),
    "api/v1/claims": listed(role_needed(422)),
    "api/v1/claims/<uuid:pk>": read(field_row, names="claim"),
    "api/v1/claims/<uuid:pk>/moves": Route(
        {"POST": trying(field_row, 422, CHECKERS)}, "claim", body={"to_state": "withdrawn"}
    ),
    "api/v1/public-reports": read(api),
    "api/v1/public-reports/<uuid:pk>": read(report_row, names="report"),
    "api/v1/public-reports/<uuid:pk>/moves": Route({"POST": trying(report_row, 422)}, "report"),
    "api/public/v1/reports": Route({"POST": lambda caller, thing: 422}),
    "api/public/v1/reports/<str:code>": read(lambda c, t: 404, given={"code": "ABSENT"}),
    "api/public/v1/reports/<str:code>/reopen": Route(
        {"POST": lambda caller, thing: 404}, given={"code": "ABSENT"}
    ),
    "maintenance/standards/": read(page),
    "maintenance/standards/new/": Route(
        {
            "GET": on_page(creating(200, PLANNER)),
            "POST": on_page(creating(422, PLANNER)),
        },
        form=True,
    ),
    "maintenance/standards/<uuid:pk>/": Route(
        {
            "GET": on_page(trying(standard_row, 200, PLANNER)),
            "POST": on_page(trying(standard_row, 422, PLANNER)),
        },
        "standard",
        form=True,
    ),
    "maintenance/duties/": read(page),
    "maintenance/duties/plan/": Route(
        {"POST": on_page(creating(302, frozenset({*OFFICE, *BODIES})))}, form=True
    ),
    "maintenance/duties/<uuid:pk>/": Route(
        {
            "GET": on_page(field_row),
            "POST": on_page(trying(field_row, 422, CHECKERS)),
        },
        "schedule",
        form=True,
    ),
    "maintenance/patrol-plans/<uuid:pk>/": read(on_page(field_row), names="patrol_plan"),
    "maintenance/inspections/": read(page),
    "maintenance/inspections/new/": Route(
        {"GET": on_page(role_needed(200)), "POST": on_page(role_needed(200))}, form=True
    ),
    "maintenance/inspections/<uuid:pk>/": read(on_page(field_row), names="inspection"),
    "maintenance/defects/": read(page),
    "maintenance/defects/new/": Route(
        {"GET": on_page(role_needed(200)), "POST": on_page(role_needed(200))}, form=True
    ),
    "maintenance/defects/<uuid:pk>/": read(on_page(field_row), names="defect"),
    "maintenance/defects/<uuid:pk>/move/": form(field_row, 422, CHECKERS, "defect"),
    "maintenance/defects/<uuid:pk>/photos/": form(field_row, 422, EVERYBODY, "defect"),
    "maintenance/defects/<uuid:pk>/place/": form(field_row, 422, EVERYBODY, "defect"),
    "maintenance/defects/<uuid:pk>/claim/": form(field_row, 422, EVERYBODY, "defect"),
    "maintenance/claims/": read(page),
    "maintenance/claims/<uuid:pk>/move/": form(field_row, 302, EVERYBODY, "claim"),
    "maintenance/reports/": read(page),
    "maintenance/reports/<uuid:pk>/": read(on_page(report_row), names="report"),
    "maintenance/reports/<uuid:pk>/link/": form(report_row, 422, EVERYBODY, "report"),
    "maintenance/reports/<uuid:pk>/open/": form(report_row, 422, EVERYBODY, "report"),
    "maintenance/reports/<uuid:pk>/answer/": form(report_row, 422, EVERYBODY, "report"),
    "public/a/<slug:plate>/report/": Route(
        {"GET": lambda c, t: 404, "POST": lambda c, t: 404}, given={"plate": "ABSENT"}, form=True
    ),
    "public/track/<slug:code>/": Route(
        {"GET": lambda c, t: 404, "POST": lambda c, t: 404}, given={"code": "ABSENT"}, form=True
    ),
}


def field_rows(world, agreements):
    """A row of each kind beside each agreement, by kind of thing."""
    assets = {name: getattr(world, f"{name}_asset") for name in agreements}
    made = standard()
    rows = {
        kind: {name: make(world, assets[name], agreements[name], made) for name in agreements}
        for kind, make in _MAKERS.items()
    }
    return {**rows, "standard": {"own": made.pk}}


def _schedule(world, asset, agreement, made):
    return UpkeepSchedule.objects.create(
        asset=asset, standard=made, frequency_days=30, next_due_on=timezone.localdate()
    ).pk


def _plan(world, asset, agreement, made):
    return PatrolPlan.objects.create(
        agreement=agreement,
        organisation=agreement.parties.get(role="participant").organisation,
        name="巡查",
        frequency_days=7,
        next_due_on=timezone.localdate(),
    ).pk


def _patrol(world, asset, agreement, made):
    now = timezone.now()
    return Patrol.objects.create(
        agreement=agreement,
        started_at=now - datetime.timedelta(hours=1),
        ended_at=now,
        organisation=agreement.parties.get(role="participant").organisation,
    ).pk


def _inspection(world, asset, agreement, made):
    return Inspection.objects.create(
        id=uuid4(),
        asset=asset,
        agreement=agreement,
        standard=made,
        kind="supervision",
        inspected_at=timezone.now(),
        score=100,
        performed_by=world.users["association_member"],
    ).pk


def _defect(world, asset, agreement, made):
    return reported(world, asset=asset, by_rule=True).pk


def _claim(world, asset, agreement, made):
    return WarrantyClaim.objects.create(
        asset=asset,
        agreement=agreement,
        defect=reported(world, asset=asset, by_rule=True),
        contractor=world.companies[1],
        raised_on=timezone.localdate(),
        due_on=timezone.localdate(),
    ).pk


def _report(world, asset, agreement, made):
    return PublicReport.objects.create(asset=asset, text="坏了").pk


_MAKERS = {
    "schedule": _schedule,
    "patrol_plan": _plan,
    "patrol": _patrol,
    "inspection": _inspection,
    "defect": _defect,
    "claim": _claim,
    "report": _report,
}
