"""Who may do what at the addresses of road condition, structures and closures; see `route_table`.

A structure, a closure and a survey belong to the asset of the same name; the house has none of
the first two.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.asset_routes import asset_api, office, office_form
from tests.architecture.route_table import (
    OFFICE,
    Expect,
    Route,
    api,
    collection,
    creating,
    page,
    read,
    record,
    register_row,
)


def of_planner(answer: int) -> Expect:
    """Rule sets are no secret to anybody who holds a role; the planner alone changes them."""

    def expect(caller: str, thing: str) -> int:
        known = register_row(caller, thing)
        if known != 200:
            return known
        return answer if caller == "district_planner" else 403

    return expect


def on_page(expect: Expect) -> Expect:
    return lambda caller, thing: 302 if caller == "anonymous" else expect(caller, thing)


def on_road(answer: int) -> Expect:
    """A house has no chainage."""

    def expect(caller: str, thing: str) -> int:
        known = office_form(answer)(caller, thing)
        return 404 if (known, thing) == (answer, "house") else known

    return expect


FORM = {"GET": office_form(200), "POST": office_form(422)}
ROAD_FORM = {"GET": on_road(200), "POST": on_road(422)}
CREATING = creating(422, frozenset(OFFICE))

CONDITION_ROUTES: Mapping[str, Route] = {
    "api/v1/structures": collection(CREATING),
    "api/v1/structures/<uuid:pk>": record("structure", asset_api, office(428)),
    "api/v1/closures": collection(CREATING),
    "api/v1/closures/<uuid:pk>": record("closure", asset_api, office(428)),
    "api/v1/condition": read(api),
    "api/v1/condition-stretches": read(api),
    "api/v1/condition-surveys": collection(CREATING),
    "api/v1/condition-surveys/<uuid:pk>": read(asset_api, names="survey"),
    "api/v1/rating-rulesets": read(api),
    "api/v1/rating-rulesets/<uuid:pk>": read(register_row, names="ruleset"),
    "api/v1/rating-rulesets/<uuid:pk>/rate-again": Route({"POST": of_planner(200)}, "ruleset"),
    "api/v1/rating-coefficients/<uuid:pk>": read(register_row, names="coefficient"),
    "api/v1/rating-coefficients/<uuid:pk>/verify": Route({"POST": of_planner(428)}, "coefficient"),
    "api/v1/rating-coefficients/<uuid:pk>/withdraw": Route(
        {"POST": of_planner(428)}, "coefficient"
    ),
    "assets/condition/": read(page),
    "assets/condition.csv": read(page),
    "assets/condition/rules/": read(page),
    "assets/condition/rules/<uuid:pk>/rate-again/": Route(
        {"POST": on_page(of_planner(302))}, "ruleset", form=True
    ),
    "assets/condition/coefficients/<uuid:pk>/": Route(
        {"GET": on_page(register_row), "POST": on_page(of_planner(422))}, "coefficient", form=True
    ),
    "assets/condition/coefficients/<uuid:pk>/withdraw/": Route(
        {"POST": on_page(of_planner(422))}, "coefficient", form=True
    ),
    "assets/<uuid:pk>/surveys/new/": Route(FORM, "asset", form=True),
    "assets/<uuid:pk>/structures/new/": Route(ROAD_FORM, "asset", form=True),
    "assets/structures/<uuid:pk>/": Route(FORM, "structure", form=True),
    "assets/structures/<uuid:pk>/remove/": Route(
        {"POST": office_form(302)}, "structure", form=True
    ),
    "assets/<uuid:pk>/closures/new/": Route(ROAD_FORM, "asset", form=True),
    "assets/closures/<uuid:pk>/": Route(FORM, "closure", form=True),
    "assets/closures/<uuid:pk>/remove/": Route({"POST": office_form(302)}, "closure", form=True),
}
