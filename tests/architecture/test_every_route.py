"""Every address of the service, each role, each thing: nobody learns or does more than the table.

See `route_table.ROUTES`. Beside the answers' status, no answer may hold the name of a site that
its caller may not know, nor a household's reference for those who may not read it.
"""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import URLResolver

from maintenance.models import UpkeepPost
from sites.kinds import Role
from sites.models import ImportRun, Membership
from tests.architecture.acceptance_routes import ACCEPTANCE_ROUTES
from tests.architecture.agreement_routes import AGREEMENT_ROUTES
from tests.architecture.asset_routes import ASSET_ROUTES
from tests.architecture.cases_routes import CASES_ROUTES, case_rows
from tests.architecture.condition_routes import CONDITION_ROUTES
from tests.architecture.coverage_routes import COVERAGE_ROUTES, coverage_rows
from tests.architecture.dashboard_routes import DASHBOARD_ROUTES
from tests.architecture.field_routes import FIELD_ROUTES, field_rows
from tests.architecture.funding_routes import FUNDING_ROUTES, funding_rows
from tests.architecture.money_routes import MONEY_ROUTES, money_rows
from tests.architecture.office_routes import OFFICE_ROUTES, set_aside_rows
from tests.architecture.order_routes import ORDER_ROUTES, order_rows
from tests.architecture.output_routes import OUTPUT_ROUTES, report_rows
from tests.architecture.progress_routes import PROGRESS_ROUTES, progress_rows
from tests.architecture.pull_routes import PULL_ROUTES, pull_rows
from tests.architecture.push_routes import PUSH_ROUTES
from tests.architecture.report_routes import REPORT_ROUTES, stated_rows
from tests.architecture.route_table import (
    CALLERS,
    METHODS,
    READS_HOUSEHOLDS,
    SEES,
    THINGS,
    Route,
)
from tests.architecture.route_table import ROUTES as REGISTER_ROUTES
from tests.architecture.shell_routes import SHELL_ROUTES
from tests.architecture.steering_routes import STEERING_ROUTES, steering_rows
from tests.architecture.target_routes import TARGET_ROUTES, target_things
from tests.factories import MembershipFactory, UserFactory, World, member, signed_agreement
from tests.factories.acceptance import chain_rows
from tests.factories.condition import condition_rows
from tests.factories.photos import kept_photo

ROUTES = {
    **REGISTER_ROUTES,
    **AGREEMENT_ROUTES,
    **ACCEPTANCE_ROUTES,
    **ASSET_ROUTES,
    **CASES_ROUTES,
    **CONDITION_ROUTES,
    **COVERAGE_ROUTES,
    **DASHBOARD_ROUTES,
    **FIELD_ROUTES,
    **FUNDING_ROUTES,
    **MONEY_ROUTES,
    **OFFICE_ROUTES,
    **ORDER_ROUTES,
    **STEERING_ROUTES,
    **TARGET_ROUTES,
    **OUTPUT_ROUTES,
    **REPORT_ROUTES,
    **PROGRESS_ROUTES,
    **PULL_ROUTES,
    **PUSH_ROUTES,
    **SHELL_ROUTES,
}
"""Every address, from the tables of the parts."""
CHANGES = {201, 204}
REFUSALS = {302, 401, 403, 404, 405}
ADMIN = "admin/"


def _walk(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern


ALL_ROUTES = dict(_walk(get_resolver().url_patterns))
ADMIN_ROUTES = sorted(route for route in ALL_ROUTES if route.startswith(ADMIN))


def test_every_route_is_in_the_table():
    served = {route for route in ALL_ROUTES if not route.startswith(ADMIN)}
    assert served - set(ROUTES) == set(), "add the expectations of these routes to the table"
    assert set(ROUTES) - served == set(), "these routes are gone; take them out of the table"


@pytest.fixture
def callers(world):
    """A client for each caller; the administrator stands beside them."""
    stranger = UserFactory(username="stranger")
    clients = {"anonymous": Client()}
    for caller, user in {"stranger": stranger, **world.users}.items():
        clients[caller] = Client()
        clients[caller].force_login(user)
    return clients


@pytest.fixture
def things(world):
    """What addresses may name, by kind of thing."""
    foreign = member(Role.DISTRICT_PLANNER, areas=[world.foreign_district], username="abroad")
    agreements = _agreements(world)
    rows = {
        "agreement": {name: row.pk for name, row in agreements.items()},
        "upkeep_post": {name: _post(row) for name, row in agreements.items()},
        "site": {name: getattr(world, name).pk for name in THINGS[:-1]},
        "asset": {name: getattr(world, f"{name}_asset").pk for name in THINGS[:-1]},
        "route": {"own": world.own_asset.road_section.route_id},
        **_chains(world),
        **condition_rows(world),
        **field_rows(world, agreements),
        **money_rows(agreements),
        **order_rows(world, agreements),
        **pull_rows(agreements),
        **report_rows(world),
        **set_aside_rows(world),
        **stated_rows(world),
        **case_rows(world),
        **steering_rows(world),
        **coverage_rows(world),
        **funding_rows(world),
        **progress_rows(world),
        **target_things(world),
        "area": {
            "own": world.townships[0].pk,
            "sibling": world.townships[1].pk,
            "foreign": world.foreign_township.pk,
        },
        "organisation": {"own": world.companies[0].pk, "sibling": world.companies[1].pk},
        "membership": {
            "own": _membership(world.users["township_officer"]),
            "sibling": _membership(world.users["evaluator"]),
            "foreign": _membership(foreign),
        },
        "programme": {"own": world.programme.pk},
        "export": {},
        "photo": {"own": _photo(world.users["township_officer"])},
        "import": {
            "own": _import_run(world.users["township_officer"]),
            "sibling": _import_run(world.users["district_planner"]),
            "foreign": _import_run(foreign),
        },
    }
    return {kind: {**found, "absent": uuid.uuid4()} for kind, found in rows.items()}


def _chains(world):
    """An acceptance, its finding, a handover and a document of each site."""
    rows = {name: chain_rows(getattr(world, name)) for name in THINGS[:-1]}
    kinds = ("acceptance", "finding", "handover", "document")
    return {kind: {name: found[kind] for name, found in rows.items()} for kind in kinds}


def _membership(user):
    return Membership.objects.get(user=user).pk


def _agreements(world):
    abroad = {"area": world.foreign_township, "assets": [world.foreign_asset]}
    return {
        "own": signed_agreement(world, assets=[world.own_asset]),
        "sibling": signed_agreement(world, index=1, assets=[world.sibling_asset]),
        "foreign": signed_agreement(world, index=1, **abroad),
    }


def _post(agreement):
    party, scope = agreement.parties.get(role="participant"), agreement.scopes.get()
    return UpkeepPost.objects.create(
        agreement=agreement,
        organisation=party.organisation,
        asset=scope.asset,
        person_name="P",
        monthly_pay=500,
        from_date=agreement.starts_on,
    ).pk


def _import_run(user):
    return ImportRun.objects.create(owner=user, state="failed", file_name="roads.geojson").pk


def _photo(user):
    return kept_photo(uploaded_by=user).pk


def _addresses(route: str, entry: Route, things):
    if not entry.names:
        yield "", _address(route, entry.given)
        return
    for thing, pk in things[entry.names].items():
        yield thing, _address(route, {"key": pk, **entry.given, "pk": pk})


def _address(route: str, parts) -> str:
    address = "/" + route
    for name, value in parts.items():
        for converter in ("uuid", "str", "slug", "int"):
            address = address.replace(f"<{converter}:{name}>", str(value))
    assert "<" not in address, f"give the parts of {route} in the table"
    return address


def _send(client: Client, method: str, address: str, entry: Route):
    if method == "GET":
        return client.get(address)
    if entry.form:
        return client.generic(method, address, "", "application/x-www-form-urlencoded")
    return getattr(client, method.lower())(
        address, dict(entry.body), content_type="application/json"
    )


def _content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def _secrets(world: World, caller: str, *, public: bool) -> list[str]:
    known = SEES[caller] | ({"public"} if public else set())
    hidden = [getattr(world, name).code for name in THINGS[:-1] if name not in known]
    return hidden if caller in READS_HOUSEHOLDS else [*hidden, "H-SECRET-1"]


def _part(route: str) -> str:
    """The part of the service that an address belongs to: one world serves all of it."""
    steps = route.split("/")
    return "/".join(steps[:3]) if route.startswith("api/") else steps[0]


@pytest.mark.parametrize("part", sorted({_part(route) for route in ROUTES}))
def test_each_role_gets_what_the_table_says(part, world, callers, things):
    wrong = [
        (route, *found)
        for route, entry in ROUTES.items()
        if _part(route) == part
        for found in _disagreements(route, entry, world, callers, things)
    ]
    assert wrong == []


def _disagreements(route, entry, world, callers, things):
    for caller, client in callers.items():
        secrets = _secrets(world, caller, public=route.startswith(("public/", "api/public/")))
        for thing, address in _addresses(route, entry, things):
            for method, expect in entry.expect.items():
                wanted = expect(caller, thing)
                if method != "GET" and (wanted in CHANGES or _signs_out(route)):
                    continue  # tried one by one below, so that nothing is changed here
                response = _send(client, method, address, entry)
                if response.status_code != wanted:
                    yield caller, thing, method, wanted, response.status_code
                content = _content(response)
                yield from ((caller, thing, method, s) for s in secrets if s.encode() in content)
    yield from _methods_that_work(route, entry, callers, things)


def _signs_out(route: str) -> bool:
    return route == "accounts/sign-out/"


def _methods_that_work(route, entry, callers, things):
    """What the table does not list works for nobody, whether without power or with most of it."""
    _thing, address = next(iter(_addresses(route, entry, things)))
    for caller in ("anonymous", "district_planner"):
        for method in METHODS:
            if method not in entry.expect:
                got = _send(callers[caller], method, address, entry).status_code
                if got not in REFUSALS:
                    yield caller, "", method, got


CHANGING = [
    (route, method, caller, thing)
    for route, entry in ROUTES.items()
    for method, expect in entry.expect.items()
    if method != "GET"
    for caller in CALLERS
    for thing in (THINGS if entry.names else ("",))
    if expect(caller, thing) in CHANGES
]


@pytest.mark.parametrize(("route", "method", "caller", "thing"), CHANGING)
def test_what_a_role_may_change_it_can(route, method, caller, thing, world, callers, things):
    entry = ROUTES[route]
    address = _address(route, {**entry.given, "pk": things[entry.names][thing]})
    response = _send(callers[caller], method, address, entry)
    assert response.status_code == entry.expect[method](caller, thing)


def test_the_administration_is_closed_to_every_role(world, callers):
    """Each page of it leads back to signing in; what needs nobody is the sign-in itself."""
    assert len(ADMIN_ROUTES) > 50
    wrong = []
    for route in ADMIN_ROUTES:
        address = _admin_address(route, world)
        allowed = {200, 302} if route in {"admin/login/", "admin/jsi18n/"} else {302, 404, 405}
        for caller in ("anonymous", "stranger", "district_planner", "evaluator"):
            got = callers[caller].get(address).status_code
            if got not in allowed:
                wrong.append((route, caller, got))
    assert wrong == []


def _admin_address(route: str, world: World) -> str:
    address = "/" + route
    for part, value in {
        "<path:object_id>": str(world.own.pk),
        "<int:content_type_id>": "1",
        "^(?P<app_label>auth|sites|axes|procrastinate)/$": "sites/",
        "(?P<url>.*)$": "anything",
    }.items():
        address = address.replace(part, value)
    return address.split("^", maxsplit=1)[0] if "^" in address else address


@pytest.mark.django_db
def test_staff_without_power_reads_only_the_own_scope_in_the_administration(world):
    staff = world.users["township_officer"]
    get_user_model().objects.filter(pk=staff.pk).update(is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="sites"))
    client = Client()
    client.force_login(get_user_model().objects.get(pk=staff.pk))
    listed = client.get(reverse("admin:sites_projectsite_changelist")).content.decode()
    assert world.own.code in listed
    assert world.sibling.code not in listed
    foreign = reverse("admin:sites_projectsite_change", args=[world.foreign.pk])
    assert client.get(foreign).status_code == 302
    own = reverse("admin:sites_projectsite_change", args=[world.own.pk])
    assert client.post(own, {"name": "x"}).status_code == 403


@pytest.mark.django_db
def test_a_role_that_has_ended_opens_nothing(world):
    user = UserFactory()
    ended = datetime.date(2021, 1, 1)
    MembershipFactory(user=user, role=Role.DISTRICT_PLANNER, areas=[world.district], valid_to=ended)
    client = Client()
    client.force_login(user)
    assert client.get(f"/api/v1/sites/{world.own.pk}").status_code == 404
    assert client.get("/api/v1/sites").json()["features"] == []
