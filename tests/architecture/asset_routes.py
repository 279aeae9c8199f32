"""Who may do what at the addresses of the register of assets; see `route_table`.

An asset belongs to the site of the same name. The association knows its asset by the agreement
that it signed; a house is known to the office alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.route_table import (
    OFFICE,
    Expect,
    Route,
    collection,
    creating,
    office_page,
    page,
    read,
    record,
    register_row,
)

KNOWS: Mapping[str, frozenset[str]] = {
    "anonymous": frozenset(),
    "stranger": frozenset(),
    "district_planner": frozenset({"own", "sibling", "public", "house"}),
    "township_officer": frozenset({"own", "house"}),
    "company_member": frozenset({"own"}),
    "association_member": frozenset({"own"}),
    "cooperative_member": frozenset({"own"}),
    "evaluator": frozenset({"own", "sibling", "public"}),
}
"""Which assets each caller knows of."""


def asset_api(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 200 if thing in KNOWS[caller] else 404


def office(answer: int) -> Expect:
    """404 for what one may not know, 403 for who is not its office, else the answer."""

    def expect(caller: str, thing: str) -> int:
        known = asset_api(caller, thing)
        return known if known != 200 else (answer if caller in OFFICE else 403)

    return expect


def office_form(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else office(answer)(caller, thing)

    return expect


def verdict(caller: str, thing: str) -> int:
    """None of these assets supplies water."""
    return 401 if caller == "anonymous" else 404


def route_row(caller: str, thing: str) -> int:
    """Route numbers are no secret to anybody who holds a role."""
    return register_row(caller, thing)


def route_change(caller: str, thing: str) -> int:
    known = route_row(caller, thing)
    return known if known != 200 else (428 if caller in OFFICE else 403)


def route_page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else route_row(caller, thing)


def asset_page(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else asset_api(caller, thing)


def plate_page(caller: str, thing: str) -> int:
    """The office and the parties of the agreement print the plate; an evaluator only reads."""
    known = asset_page(caller, thing)
    return 403 if known == 200 and caller == "evaluator" else known


ASSET_ROUTES: Mapping[str, Route] = {
    "api/v1/assets": collection(creating(422, frozenset(OFFICE))),
    "api/v1/assets/<uuid:pk>": record("asset", asset_api, office(428)),
    "api/v1/assets/<uuid:pk>/history": read(asset_api, names="asset"),
    "api/v1/assets/<uuid:pk>/components": Route({"GET": asset_api, "PUT": office(428)}, "asset"),
    "api/v1/assets/<uuid:pk>/water-tests": Route({"GET": asset_api, "POST": office(422)}, "asset"),
    "api/v1/assets/<uuid:pk>/water-verdict": read(verdict, names="asset"),
    "api/v1/assets/<uuid:pk>/state-changes": Route({"POST": office(422)}, "asset"),
    "api/v1/routes": collection(creating(422, frozenset(OFFICE))),
    "api/v1/routes/<uuid:pk>": record("route", route_row, route_change),
    "assets/": read(page),
    "assets/new/": Route({"GET": office_page, "POST": office_page}, form=True),
    "assets/<uuid:pk>/edit/": Route(
        {"GET": office_form(200), "POST": office_form(422)}, "asset", form=True
    ),
    "assets/<uuid:pk>/move/": Route({"POST": office_form(422)}, "asset", form=True),
    "assets/routes/": read(page),
    "assets/routes/<uuid:pk>/": read(route_page, names="route"),
    "assets/housing/": read(page),
    "assets/<uuid:pk>/": read(asset_page, names="asset"),
    "assets/<uuid:pk>/plate/": read(plate_page, names="asset"),
    "public/a/<slug:plate>/": read(lambda c, t: 404, given={"plate": "AAAAAAAAAA"}),
}
