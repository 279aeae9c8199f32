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


OFFICE_ONLY = doing(428, OFFICE)
CONCERNED = (*OFFICE, *BODIES)

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
}
