"""Who may do what at the addresses of targets, service records, programmes, plan and views.

The rows of a place are seen by the office and the evaluator of that place; `own` is the first
township's, `sibling` the second's.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth import get_user_model

from maps.models import SavedView
from sites.kinds import ProgrammeKind
from tests.architecture.route_table import (
    OFFICE,
    Expect,
    Route,
    api,
    office_form,
    office_page,
    open_to_all,
    page,
    programme_form,
    read,
)
from tests.factories.targets import programme, service_record, target

SEES: Mapping[str, frozenset[str]] = {
    "district_planner": frozenset({"own", "sibling"}),
    "township_officer": frozenset({"own"}),
    "evaluator": frozenset({"own", "sibling"}),
}
"""Which rows each caller knows of."""
PLANNER = ("district_planner",)


def known(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 200 if thing in SEES.get(caller, ()) else 404


def doing(answer: int, callers: tuple[str, ...]) -> Expect:
    def expect(caller: str, thing: str) -> int:
        found = known(caller, thing)
        return found if found != 200 else (answer if caller in callers else 403)

    return expect


def on_page(expect: Expect) -> Expect:
    return lambda caller, thing: 302 if caller == "anonymous" else expect(caller, thing)


def creating(callers: tuple[str, ...]) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 401 if caller == "anonymous" else (422 if caller in callers else 403)

    return expect


def planner_page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else (200 if caller == "district_planner" else 403)


def programme_page(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 302
    return 404 if caller == "stranger" else 200


def programme_edit(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        found = programme_page(caller, thing)
        return found if found != 200 else (answer if caller == "district_planner" else 403)

    return expect


def view_known(caller: str, thing: str) -> int:
    """`own` is the township officer's own view, `sibling` one that the office shares."""
    if caller == "anonymous":
        return 401
    if thing == "own":
        return 200 if caller == "township_officer" else 404
    return 200 if thing == "sibling" and caller in OFFICE else 404


def view_change(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        found = view_known(caller, thing)
        if found != 200:
            return found
        is_owner = (caller, thing) in {
            ("township_officer", "own"),
            ("district_planner", "sibling"),
        }
        return answer if is_owner else 403

    return expect


def view_open(caller: str, thing: str) -> int:
    found = view_known(caller, thing)
    return 404 if found == 401 else (302 if found == 200 else found)


def keeping(caller: str, thing: str) -> int:
    return 401 if caller == "anonymous" else 422


def keeping_page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else 422


def record_of(names: str, callers: tuple[str, ...]) -> Route:
    change = doing(428, callers)
    return Route({"GET": known, "PUT": change, "PATCH": change, "DELETE": change}, names)


CODE = {"code": "NLDL-2023"}

TARGET_ROUTES: Mapping[str, Route] = {
    "api/v1/targets": Route({"GET": api, "POST": creating(PLANNER)}),
    "api/v1/targets/<uuid:pk>": record_of("target", PLANNER),
    "api/v1/service-records": Route({"GET": api, "POST": creating(OFFICE)}),
    "api/v1/service-records/<uuid:pk>": record_of("service_record", OFFICE),
    "api/v1/service-records/<uuid:pk>/review": Route(
        {"POST": doing(428, PLANNER)}, "service_record", body={"verdict": "verified"}
    ),
    "api/v1/views": Route({"GET": api, "POST": keeping}),
    "api/v1/views/<uuid:pk>": Route(
        {
            "GET": view_known,
            "PUT": view_change(428),
            "PATCH": view_change(428),
            "DELETE": view_change(428),
        },
        "saved_view",
    ),
    "targets/": read(page),
    "targets/new/": Route({"GET": planner_page, "POST": programme_form}, form=True),
    "targets/<uuid:pk>/edit/": Route(
        {"GET": on_page(doing(200, PLANNER)), "POST": on_page(doing(422, PLANNER))},
        "target",
        form=True,
    ),
    "targets/<uuid:pk>/remove/": Route({"POST": on_page(doing(422, PLANNER))}, "target", form=True),
    "services/": read(page),
    "services/new/": Route({"GET": office_page, "POST": office_form}, form=True),
    "services/<uuid:pk>/": read(on_page(known), names="service_record"),
    "services/<uuid:pk>/edit/": Route(
        {"GET": on_page(doing(200, OFFICE)), "POST": on_page(doing(422, OFFICE))},
        "service_record",
        form=True,
    ),
    "services/<uuid:pk>/review/": Route(
        {"POST": on_page(doing(422, PLANNER))}, "service_record", form=True
    ),
    "services/<uuid:pk>/remove/": Route(
        {"POST": on_page(doing(422, OFFICE))}, "service_record", form=True
    ),
    "programmes/<str:code>/": read(programme_page, given=CODE),
    "programmes/<str:code>/edit/": Route(
        {"GET": programme_edit(200), "POST": programme_edit(422)}, given=CODE, form=True
    ),
    "public/programmes/": read(open_to_all),
    "public/programmes/<str:code>/": read(lambda c, t: 404, given=CODE),
    "year-plan/": read(page),
    "views/": Route({"GET": page, "POST": keeping_page}, form=True),
    "views/<uuid:pk>/": read(view_open, names="saved_view"),
    "views/<uuid:pk>/change/": Route({"POST": on_page(view_change(422))}, "saved_view", form=True),
    "views/<uuid:pk>/remove/": Route({"POST": on_page(view_change(422))}, "saved_view", form=True),
}


def target_things(world):
    """A target, a record and a view for each place, by kind of thing."""
    places = {
        "own": world.townships[0],
        "sibling": world.townships[1],
        "foreign": world.foreign_township,
    }
    course = programme("ROUTES-1", ProgrammeKind.TRAINING, answered_for=False)
    users = get_user_model().objects
    owners = {"own": "township_officer", "sibling": "district_planner"}
    return {
        "target": {name: target(course, place, 5).pk for name, place in places.items()},
        "service_record": {
            name: service_record(course, place, state="reported").pk
            for name, place in places.items()
        },
        "saved_view": {
            name: SavedView.objects.create(
                owner=users.get(username=owner),
                name=name,
                path="/sites/",
                audience="own" if name == "own" else "office",
            ).pk
            for name, owner in owners.items()
        },
    }
