"""Who may do what with entries set aside and with outbox files; see `route_table`.

`own` was sent by the first company's member from the first township, `sibling` and `foreign` by
somebody else from the second township and from the other district.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.agreement_routes import on_page
from tests.architecture.route_table import (
    OFFICE,
    Route,
    api,
    office_form,
    office_page,
    page,
    read,
)
from tests.factories import UserFactory
from tests.factories.set_aside import set_aside

SEEN = {
    "own": frozenset({*OFFICE, "company_member"}),
    "sibling": frozenset({"district_planner"}),
}


def kept(caller: str, thing: str) -> int:
    """The sender and the office of the area know an entry."""
    if caller == "anonymous":
        return 401
    return 200 if caller in SEEN.get(thing, ()) else 404


def decided(caller: str, thing: str) -> int:
    """Only the office decides; what is asked here is refused for what it says."""
    known = kept(caller, thing)
    return known if known != 200 else (422 if caller in OFFICE else 403)


DECIDED = Route({"POST": on_page(decided)}, "set_aside", form=True)

OFFICE_ROUTES: Mapping[str, Route] = {
    "api/v1/set-aside": read(api),
    "api/v1/set-aside/<uuid:pk>": read(kept, names="set_aside"),
    "api/v1/set-aside/<uuid:pk>/decision": Route({"POST": decided}, "set_aside"),
    "maintenance/set-aside/": read(page),
    "maintenance/set-aside/<uuid:pk>/": read(on_page(kept), names="set_aside"),
    "maintenance/set-aside/<uuid:pk>/download/": read(on_page(kept), names="set_aside"),
    "maintenance/set-aside/<uuid:pk>/choose/": DECIDED,
    "maintenance/set-aside/<uuid:pk>/retry/": DECIDED,
    "maintenance/set-aside/<uuid:pk>/enter/": DECIDED,
    "maintenance/set-aside/<uuid:pk>/dismiss/": DECIDED,
    "maintenance/outbox-files/": Route({"GET": office_page, "POST": office_form}, form=True),
    "maintenance/outbox-files/take/": Route({"POST": office_form}, form=True),
}


def set_aside_rows(world):
    """An entry set aside of each place, by kind of thing."""
    other = UserFactory(username="elsewhere")
    places = {
        "own": (world.users["company_member"], world.own.area_code),
        "sibling": (other, world.sibling.area_code),
        "foreign": (other, world.foreign.area_code),
    }
    return {"set_aside": {name: set_aside(*place).pk for name, place in places.items()}}
