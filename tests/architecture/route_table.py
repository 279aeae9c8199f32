"""Who may do what at every address: the one table that `test_every_route` walks.

A new route needs a line here, or the build fails. An expectation is a function of the role and of
the thing that the address names; `METHODS` that a route does not list must not work for anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

OFFICE = ("district_planner", "township_officer")
BODIES = ("company_member", "association_member", "cooperative_member")
ROLES = (*OFFICE, *BODIES, "evaluator")
CALLERS = ("anonymous", "stranger", *ROLES)
"""A stranger has signed in and holds no role."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
THINGS = ("own", "sibling", "foreign", "public", "house", "absent")
"""What an address may name, seen from the first township and the first company."""

SEES: Mapping[str, frozenset[str]] = {
    "anonymous": frozenset(),
    "stranger": frozenset(),
    "district_planner": frozenset({"own", "sibling", "public", "house"}),
    "township_officer": frozenset({"own", "house"}),
    "company_member": frozenset({"own", "house"}),
    "association_member": frozenset({"own", "house"}),
    "cooperative_member": frozenset({"own", "house"}),
    "evaluator": frozenset({"own", "sibling", "public", "house"}),
}
"""Which sites each caller knows of."""
READS_HOUSEHOLDS = frozenset(OFFICE)
COMPLETES_WORK = frozenset({*OFFICE, "company_member"})

Expect = Callable[[str, str], int]


def open_to_all(caller: str, thing: str) -> int:
    return 200


def api(caller: str, thing: str) -> int:
    return 401 if caller == "anonymous" else 200


def page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else 200


def nobodys(caller: str, thing: str) -> int:
    """A job that is not the caller's own does not exist for the caller."""
    return 401 if caller == "anonymous" else 404


def nobodys_page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else 404


def area_page(caller: str, thing: str) -> int:
    """A unit's page is for those whose scope touches it: here the first township."""
    return 404 if caller == "stranger" else page(caller, thing)


def office_page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else (200 if caller in OFFICE else 403)


def empty_answer(caller: str, thing: str) -> int:
    """The tile asked for lies where there is nothing."""
    return 401 if caller == "anonymous" else 204


def site_api(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 200 if thing in SEES[caller] else 404


def site_page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else site_api(caller, thing)


def changing(answer: int, callers: frozenset[str] = frozenset(OFFICE)) -> Expect:
    """404 for what one may not know, 403 for what one may know and not do, else the answer."""

    def expect(caller: str, thing: str) -> int:
        known = site_api(caller, thing)
        return known if known != 200 else (answer if caller in callers else 403)

    return expect


def changing_page(answer: int, callers: frozenset[str] = frozenset(OFFICE)) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else changing(answer, callers)(caller, thing)

    return expect


def completing(caller: str, thing: str) -> int:
    """A builder completes work in progress; what is accepted cannot be completed again."""
    if thing == "public" and thing in SEES[caller]:
        return 409
    return changing(201, COMPLETES_WORK)(caller, thing)


def creating(answer: int, callers: frozenset[str]) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 401 if caller == "anonymous" else (answer if caller in callers else 403)

    return expect


def register_row(caller: str, thing: str) -> int:
    """Areas and programmes are no secret to anybody who holds a role."""
    if caller == "anonymous":
        return 401
    return 404 if caller == "stranger" or thing == "absent" else 200


def planners(answer: int, *, beyond: frozenset[str] = frozenset()) -> Expect:
    """Only the planner changes the register's records, and none `beyond` the own district."""

    def expect(caller: str, thing: str) -> int:
        known = register_row(caller, thing)
        if known != 200:
            return known
        return answer if caller == "district_planner" and thing not in beyond else 403

    return expect


COMPANY_READERS = frozenset({"district_planner", "township_officer", "evaluator"})


def company(caller: str, thing: str) -> int:
    """A company knows itself; other bodies do not know it; the office and evaluators know all."""
    if caller == "anonymous":
        return 401
    if thing == "absent":
        return 404
    return 200 if caller in COMPANY_READERS or (caller, thing) == ("company_member", "own") else 404


def company_change(caller: str, thing: str) -> int:
    """The test's companies have no seat, so only an administrator could change them."""
    return 403 if company(caller, thing) == 200 else company(caller, thing)


MEMBERSHIPS = {("district_planner", "own"), ("township_officer", "own"), ("evaluator", "sibling")}


def membership(caller: str, thing: str) -> int:
    """`own` is the township officer's role, `sibling` the evaluator's, `foreign` one abroad."""
    if caller == "anonymous":
        return 401
    inside = caller == "district_planner" and thing in {"own", "sibling"}
    return 200 if inside or (caller, thing) in MEMBERSHIPS else 404


def membership_change(caller: str, thing: str) -> int:
    known = membership(caller, thing)
    return known if known != 200 else (428 if caller == "district_planner" else 403)


def office_form(caller: str, thing: str) -> int:
    """An upload without a file is told what is missing."""
    return 422 if caller in OFFICE else office_page(caller, thing)


def programme_form(caller: str, thing: str) -> int:
    """A form without values is told what is missing; only the planner has the form."""
    if caller == "anonymous":
        return 302
    return 422 if caller == "district_planner" else 403


def import_page(answer: int) -> Expect:
    """`own` is the officer's run, `sibling` the planner's, `foreign` one of a planner abroad."""

    def expect(caller: str, thing: str) -> int:
        if caller not in OFFICE:
            return office_page(caller, thing)
        seen = {"own", "sibling"} if caller == "district_planner" else {"own"}
        return answer if thing in seen else 404

    return expect


def import_api(answer: int) -> Expect:
    """The same over HTTP's API: 401 and 403 instead of pages."""

    def expect(caller: str, thing: str) -> int:
        return 401 if caller == "anonymous" else import_page(answer)(caller, thing)

    return expect


def office_api(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 401 if caller == "anonymous" else (answer if caller in OFFICE else 403)

    return expect


def photo_api(caller: str, thing: str) -> int:
    """A photo that no record holds is its sender's alone: `own` is the township officer's."""
    if caller == "anonymous":
        return 401
    return 200 if (caller, thing) == ("township_officer", "own") else 404


def photo_put(caller: str, thing: str) -> int:
    """Who holds a role may send photos; a body without its hash is told so."""
    if caller == "anonymous":
        return 401
    return 403 if caller == "stranger" else 422


@dataclass(frozen=True)
class Route:
    """What an address answers, by method, and with what it is tried.

    `names` is the kind of thing that the address names: `site`, `area`, `organisation`,
    `membership`, `programme`, `import`, `export`, `photo`, or empty. `given` are the other parts.
    """

    expect: Mapping[str, Expect]
    names: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    form: bool = False


def read(expect: Expect, **options: Any) -> Route:
    return Route({"GET": expect}, **options)


def record(names: str, known: Expect, changed: Expect) -> Route:
    return Route({"GET": known, "PUT": changed, "PATCH": changed, "DELETE": changed}, names)


def collection(create: Expect) -> Route:
    return Route({"GET": api, "POST": create})


PLANNER = frozenset({"district_planner"})
EMPTY_TILE = {"layer": "sites", "z": "14", "x": "1", "y": "1"}

ROUTES: Mapping[str, Route] = {
    "healthz": read(open_to_all),
    "readyz": read(open_to_all),
    "i18n/setlang/": Route({"GET": lambda c, t: 302, "POST": lambda c, t: 302}),
    "jsi18n/": read(open_to_all),
    "accounts/sign-in/": Route(
        {
            "GET": lambda c, t: 200 if c == "anonymous" else 302,
            "POST": lambda c, t: 200 if c == "anonymous" else 302,
            "PUT": lambda c, t: 200 if c == "anonymous" else 302,
        }
    ),
    "accounts/sign-out/": Route({"POST": lambda c, t: 302}),
    "accounts/demo/": Route({"POST": lambda c, t: 404}, form=True),
    "accounts/password/": Route({"GET": page, "POST": page, "PUT": page}, form=True),
    "api/v1/schema": read(open_to_all),
    "api/v1/docs": read(open_to_all),
    "api/v1/limits": read(open_to_all),
    "api/v1/auth/token": Route({"POST": lambda c, t: 422}),
    "api/v1/areas": collection(creating(422, PLANNER)),
    "api/v1/areas/<uuid:pk>": record(
        "area", register_row, planners(428, beyond=frozenset({"foreign"}))
    ),
    "api/v1/organisations": collection(creating(422, PLANNER)),
    "api/v1/organisations/<uuid:pk>": record("organisation", company, company_change),
    "api/v1/memberships": collection(creating(422, PLANNER)),
    "api/v1/memberships/<uuid:pk>": record("membership", membership, membership_change),
    "api/v1/programmes": collection(creating(422, PLANNER)),
    "api/v1/programmes/<uuid:pk>": record("programme", register_row, planners(428)),
    "api/v1/categories": read(api),
    "api/v1/sites": collection(creating(422, frozenset(OFFICE))),
    "api/v1/sites/<uuid:pk>": record("site", site_api, changing(428)),
    "api/v1/sites/<uuid:pk>/history": read(site_api, names="site"),
    "api/v1/sites/<uuid:pk>/progress": read(site_api, names="site"),
    "api/v1/sites/<uuid:pk>/state-changes": Route(
        {"GET": site_api, "POST": completing}, "site", body={"to_state": "completed"}
    ),
    "api/v1/state-changes": read(api),
    "api/v1/sites/counts": read(api),
    "api/v1/mileage": read(api),
    "api/v1/sites.geojson": read(api),
    "api/v1/sites.gpkg": read(api),
    "api/v1/imports": read(office_api(200)),
    "api/v1/imports/<uuid:pk>": Route(
        {"GET": import_api(200), "PUT": office_api(422), "DELETE": import_api(409)}, "import"
    ),
    "api/v1/imports/<uuid:pk>/parts/<int:number>": Route(
        {"PUT": import_api(409)}, "import", given={"number": 1}
    ),
    "api/v1/imports/<uuid:pk>/commit": Route({"POST": import_api(409)}, "import"),
    "api/v1/map/assets": read(api),
    "api/v1/assets/counts": read(api),
    "api/v1/assets.geojson": read(api),
    "api/v1/assets.gpkg": read(api),
    "api/v1/defects.geojson": read(api),
    "api/v1/work-orders.geojson": read(api),
    "api/v1/exports": Route({"GET": api, "POST": lambda c, t: 401 if c == "anonymous" else 422}),
    "api/v1/exports/<uuid:pk>": Route({"GET": nobodys, "DELETE": nobodys}, "export"),
    "api/v1/exports/<uuid:pk>/file": read(nobodys, names="export"),
    "api/v1/photos/<uuid:pk>": Route(
        {"GET": photo_api, "PUT": photo_put, "PATCH": photo_put}, "photo"
    ),
    "api/v1/photos/<uuid:pk>/details": read(photo_api, names="photo"),
    "api/v1/tiles/<str:layer>/<str:z>/<str:x>/<str:y>.mvt": read(empty_answer, given=EMPTY_TILE),
    "api/v1/tiles/<str:layer>.json": read(api, given={"layer": "sites"}),
    "api/public/v1/tiles/<str:layer>/<str:z>/<str:x>/<str:y>.mvt": read(
        lambda c, t: 204, given=EMPTY_TILE
    ),
    "api/public/v1/tiles/<str:layer>.json": read(open_to_all, given={"layer": "sites"}),
    "api/public/v1/photos/<uuid:pk>": read(lambda c, t: 404, names="photo"),
    "api/public/v1/sites": read(open_to_all),
    "api/public/v1/sites/counts": read(open_to_all),
    "api/public/v1/assets": read(open_to_all),
    "api/public/v1/assets/counts": read(open_to_all),
    "api/public/v1/housing-totals": read(open_to_all),
    "": read(page),
    "public/": read(open_to_all),
    "exports/": Route(
        {"GET": page, "POST": lambda c, t: 302 if c == "anonymous" else 422}, form=True
    ),
    "exports/rows/": read(page),
    "exports/<uuid:pk>/remove/": Route({"POST": nobodys_page}, "export", form=True),
    "sites/": read(page),
    "sites/<uuid:pk>/": read(site_page, names="site"),
    "sites/<uuid:pk>/edit/": Route(
        {"GET": changing_page(200), "POST": changing_page(422)}, "site", form=True
    ),
    "sites/<uuid:pk>/move/": Route({"POST": changing_page(422, COMPLETES_WORK)}, "site", form=True),
    "sites/<uuid:pk>/progress/": Route(
        {"POST": changing_page(422, COMPLETES_WORK)}, "site", form=True
    ),
    "areas/": read(page),
    "areas/<str:code>/": read(area_page, given={"code": "340199100"}),
    "programmes/": Route({"GET": page, "POST": programme_form}, form=True),
    "imports/": Route({"GET": office_page, "POST": office_form}, form=True),
    "imports/<uuid:pk>/": read(import_page(200), names="import"),
    "imports/<uuid:pk>/answer/": Route({"POST": import_page(302)}, "import", form=True),
    "imports/<uuid:pk>/commit/": Route({"POST": import_page(302)}, "import", form=True),
    "imports/<uuid:pk>/cancel/": Route({"POST": import_page(302)}, "import", form=True),
    "imports/<uuid:pk>/report.csv": read(import_page(404), names="import"),
}
