"""Who may do what at the addresses of agreements; see `route_table`.

`own` is an agreement of the first township, company, association and cooperative, `sibling` one
of the second ones, `foreign` one of the other district. A post is part of the agreement of the
same name.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.route_table import (
    BODIES,
    OFFICE,
    Expect,
    Route,
    collection,
    creating,
    office_page,
    page,
    read,
)

AGREEMENTS = {
    "own": frozenset({*OFFICE, *BODIES, "evaluator"}),
    "sibling": frozenset({"district_planner", "evaluator"}),
}
"""Who knows of which agreement."""


def agreement(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 200 if caller in AGREEMENTS.get(thing, ()) else 404


def doing(answer: int, callers: tuple[str, ...]) -> Expect:
    """404 for what one may not know, 403 for what one may know and not do, else the answer."""

    def expect(caller: str, thing: str) -> int:
        known = agreement(caller, thing)
        return known if known != 200 else (answer if caller in callers else 403)

    return expect


def on_page(expect: Expect) -> Expect:
    """The same through a page: who has not signed in is led to the door."""
    return lambda caller, thing: 302 if caller == "anonymous" else expect(caller, thing)


OFFICE_ONLY = doing(428, OFFICE)
CONCERNED = (*OFFICE, *BODIES)
EXECUTORS = (*OFFICE, "company_member")
EMPLOYERS = (*OFFICE, "cooperative_member")
SIGNED_FORM = {"GET": on_page(doing(403, ())), "POST": on_page(doing(403, ()))}
"""The test's agreements are signed, so their terms are nobody's to change."""

AGREEMENT_ROUTES: Mapping[str, Route] = {
    "api/v1/agreements": collection(creating(422, frozenset(OFFICE))),
    "api/v1/agreements/<uuid:pk>": Route(
        {"GET": agreement, "PUT": OFFICE_ONLY, "PATCH": OFFICE_ONLY, "DELETE": OFFICE_ONLY},
        "agreement",
    ),
    "api/v1/agreements/<uuid:pk>/moves": Route(
        {"GET": agreement, "POST": doing(422, OFFICE)},
        "agreement",
        body={"to_state": "terminated"},
    ),
    "api/v1/agreements/<uuid:pk>/signatures": Route(
        {"GET": agreement, "POST": doing(422, CONCERNED)}, "agreement"
    ),
    "api/v1/agreements/<uuid:pk>/renewals": Route({"POST": doing(422, OFFICE)}, "agreement"),
    "api/v1/agreements/<uuid:pk>/keepers": Route({"POST": doing(422, CONCERNED)}, "agreement"),
    "api/v1/agreements/<uuid:pk>/posts": Route(
        {"GET": agreement, "POST": doing(422, CONCERNED)}, "agreement"
    ),
    "api/v1/upkeep-posts/<uuid:pk>": Route(
        {"GET": agreement, "PATCH": doing(428, CONCERNED)}, "upkeep_post"
    ),
    "api/v1/upkeep-posts/<uuid:pk>/attendance": Route(
        {"GET": agreement, "POST": doing(422, CONCERNED)}, "upkeep_post"
    ),
    "maintenance/": read(page),
    "maintenance/agreements/": read(page),
    "maintenance/agreements/new/": Route(
        {"GET": office_page, "POST": on_page(creating(422, frozenset(OFFICE)))}, form=True
    ),
    "maintenance/agreements/<uuid:pk>/": read(on_page(agreement), names="agreement"),
    "maintenance/agreements/<uuid:pk>/print/": read(on_page(agreement), names="agreement"),
    "maintenance/agreements/<uuid:pk>/edit/": Route(SIGNED_FORM, "agreement", form=True),
    "maintenance/agreements/<uuid:pk>/scope/": Route(SIGNED_FORM, "agreement", form=True),
    "maintenance/agreements/<uuid:pk>/remove/": Route(
        {"POST": on_page(doing(403, ()))}, "agreement", form=True
    ),
    "maintenance/agreements/<uuid:pk>/move/": Route(
        {"POST": on_page(doing(422, OFFICE))}, "agreement", form=True
    ),
    "maintenance/agreements/<uuid:pk>/sign/": Route(
        {"POST": on_page(doing(422, CONCERNED))}, "agreement", form=True
    ),
    "maintenance/agreements/<uuid:pk>/renew/": Route(
        {"POST": on_page(doing(422, OFFICE))}, "agreement", form=True
    ),
    "maintenance/agreements/<uuid:pk>/keepers/<uuid:stretch>/": Route(
        {"GET": on_page(doing(404, EXECUTORS)), "POST": on_page(doing(404, EXECUTORS))},
        "agreement",
        given={"stretch": "00000000-0000-0000-0000-000000000000"},
        form=True,
    ),
    "maintenance/agreements/<uuid:pk>/posts/": Route(
        {"GET": on_page(doing(200, CONCERNED)), "POST": on_page(doing(422, CONCERNED))},
        "agreement",
        form=True,
    ),
    "maintenance/posts/<uuid:pk>/": Route(
        {"GET": on_page(agreement), "POST": on_page(doing(422, EMPLOYERS))},
        "upkeep_post",
        form=True,
    ),
    "maintenance/posts/<uuid:pk>/end/": Route(
        {"POST": on_page(doing(302, EMPLOYERS))}, "upkeep_post", form=True
    ),
}
