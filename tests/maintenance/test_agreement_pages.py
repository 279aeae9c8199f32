"""Agreements through their pages, without any script."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maintenance.models import Agreement, UpkeepPost
from sites.kinds import Role
from tests.factories import (
    RouteFactory,
    draft_agreement,
    member,
    section,
    signed_agreement,
    township_government,
)

TODAY = timezone.localdate()
ONE_DAY = datetime.timedelta(days=1)
LIST = "/maintenance/agreements/"


@pytest.fixture
def route(db):
    return RouteFactory(route_no="Y012")


@pytest.fixture
def roads(world, route):
    area = world.villages[0]
    return [
        section(route, 0, 1000, area, west=117.03, code="ROAD-A"),
        section(route, 1000, 2000, area, west=117.03, code="ROAD-B"),
    ]


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer(world):
    return client_of(world.users["township_officer"])


def form_values(world, **changed):
    return {
        "number": "XY-2026-001",
        "name": "青溪镇道路管护协议",
        "model": "three_party",
        "area": str(world.townships[0].pk),
        "starts_on": TODAY.isoformat(),
        "ends_on": (TODAY + ONE_DAY * 364).isoformat(),
        "price_basis": "per_km_year",
        "unit_price": "3000",
        "payment_cycle": "month",
        "inspects": "supervisor",
        "confirms": "participant",
        "client_0": str(township_government(world.townships[0]).pk),
        "executor_0": str(world.companies[0].pk),
        "supervisor_0": str(world.associations[0].pk),
        "participant_0": str(world.cooperatives[0].pk),
        "share_district": "50",
        "share_township": "30",
        "share_village": "20",
        "score_0": "90",
        "coefficient_0": "1",
        "score_1": "0",
        "coefficient_1": "0.5",
        **changed,
    }


def test_an_agreement_is_written_scoped_laid_open_and_signed(world, roads, officer):
    made = officer.post(f"{LIST}new/", form_values(world))
    agreement = Agreement.objects.get()
    assert made.headers["Location"] == f"{LIST}{agreement.pk}/scope/"
    picker = made.headers["Location"]
    offered = officer.get(f"{picker}?route=Y012&from=K0%2B200&to=K1%2B500").content.decode()
    assert offered.count('name="asset"') == 2
    assert 'value="K0+200"' in offered
    added = officer.post(
        picker,
        {
            "action": "add",
            "version": agreement.version,
            "task": "routine",
            "keeper_name": "王五",
            "asset": [str(road.pk) for road in roads],
            f"from_{roads[0].pk}": "K0+200",
            f"to_{roads[0].pk}": "K1+000",
            f"from_{roads[1].pk}": "K1+000",
            f"to_{roads[1].pk}": "K2+000",
        },
    )
    assert added.status_code == 302
    rows = list(agreement.scopes.order_by("asset__code").values_list("start_m", "length_m"))
    assert rows == [(200, 800), (None, 1000)]
    agreement.refresh_from_db()
    page = f"{LIST}{agreement.pk}/"
    officer.post(f"{page}move/", {"to_state": "negotiating", "version": agreement.version})
    for user, body in (
        ("township_officer", township_government(world.townships[0])),
        ("company_member", world.companies[0]),
        ("association_member", world.associations[0]),
        ("cooperative_member", world.cooperatives[0]),
    ):
        client = client_of(world.users[user])
        shown = client.get(page).content.decode()
        assert f'value="{body.pk}"' in shown
        version = re.search(r'name="version" value="(\d+)"', shown)[1]
        signature = {"organisation": str(body.pk), "version": version, "signatory": "李四"}
        signed = client.post(f"{page}sign/", {**signature, "signed_on": TODAY.isoformat()})
        assert signed.status_code == 302, signed.content.decode()
    agreement.refresh_from_db()
    assert agreement.state == "signed"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"share_village": "19.999"}, "99.999"),
        ({"score_1": "10"}, "0"),
        ({"coefficient_1": ""}, ""),
        ({"supervisor_0": "company"}, ""),
        ({"ends_on": "2000-01-01"}, ""),
        ({"number": ""}, ""),
        ({"area": "0"}, ""),
        ({"client_0": "nobody"}, ""),
    ],
)
def test_a_form_with_a_mistake_keeps_what_was_typed(world, officer, changed, sentence):
    if changed.get("supervisor_0") == "company":
        changed = {"supervisor_0": str(world.companies[0].pk)}
    answer = officer.post(f"{LIST}new/", form_values(world, **changed))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "青溪镇道路管护协议" in text
    assert not Agreement.objects.exists()


def test_an_edit_keeps_parties_beyond_the_form_s_usual_number(world, roads, officer):
    agreement = draft_agreement(world, assets=roads)
    for number in range(6):
        body = township_government(world.townships[0]).__class__.objects.create(
            name=f"合作社{number}", kind="cooperative"
        )
        agreement.parties.create(organisation=body, role="participant")
    page = f"{LIST}{agreement.pk}/edit/"
    shown = officer.get(page)
    form = shown.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    saved = officer.post(page, data)
    assert saved.status_code == 302, saved.content.decode()
    assert agreement.parties.count() == 10
    assert agreement.bands.count() == 4


def test_two_officers_cannot_overwrite_each_other(world, roads, officer):
    agreement = draft_agreement(world, assets=roads)
    data = form_values(world, version=agreement.version)
    planner = client_of(world.users["district_planner"])
    assert planner.post(f"{LIST}{agreement.pk}/edit/", data).status_code == 302
    stale = officer.post(f"{LIST}{agreement.pk}/edit/", data | {"name": "另一个名称"})
    assert stale.status_code == 409
    assert "另一个名称" in stale.content.decode()
    removing = {"action": "save", "version": agreement.version, "remove": []}
    assert officer.post(f"{LIST}{agreement.pk}/scope/", removing).status_code == 409


def test_the_picker_says_who_covers_what_and_refuses_it(world, roads, officer):
    other = signed_agreement(world, assets=[(roads[0], 0, 400)])
    agreement = draft_agreement(world)
    picker = f"{LIST}{agreement.pk}/scope/"
    text = officer.get(f"{picker}?route=Y012").content.decode()
    assert f"{other.number} (K0+000–K0+400)" in text
    free = officer.get(f"{picker}?route=Y012&free=1").content.decode()
    assert "ROAD-B" in free
    assert "ROAD-A" not in free
    taken = {"action": "add", "version": agreement.version, "asset": [str(roads[0].pk)]}
    refused = officer.post(picker, taken)
    assert refused.status_code == 422
    assert other.number in refused.content.decode()
    assert not agreement.scopes.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"action": "add"},
        {"action": "add", "asset": ["x"]},
        {"action": "add", "asset": ["{road}"], "from_{road}": "K0", "to_{road}": "K1+000"},
        {"action": "add", "asset": ["{road}"], "from_{road}": "K0+900", "to_{road}": "K0+100"},
        {"action": "add", "asset": ["{road}"], "from_{road}": "", "to_{road}": "K0+100"},
        {"action": "add", "asset": ["{road}"], "from_{road}": "K0+000", "to_{road}": "K9+000"},
        {"action": "add", "asset": ["{road}"], "task": "sweeping"},
    ],
)
def test_the_picker_refuses_what_cannot_be(world, roads, officer, data):
    agreement = draft_agreement(world)
    key = str(roads[0].pk)
    given = {
        name.format(road=key): [v.format(road=key) for v in value]
        if isinstance(value, list)
        else value
        for name, value in data.items()
    }
    answer = officer.post(f"{LIST}{agreement.pk}/scope/", {"version": agreement.version, **given})
    assert answer.status_code == 422
    assert not agreement.scopes.exists()


@pytest.mark.parametrize("query", ["from=12", "kind=castle", "area=x", "task=x", "free=perhaps"])
def test_the_picker_names_a_wrong_parameter(world, officer, query):
    agreement = draft_agreement(world)
    assert officer.get(f"{LIST}{agreement.pk}/scope/?{query}").status_code == 400


def test_rows_are_removed_and_persons_named_on_the_picker(world, roads, officer):
    agreement = draft_agreement(world, assets=roads)
    first, second = agreement.scopes.order_by("asset__code")
    officer.post(
        f"{LIST}{agreement.pk}/scope/",
        {
            "action": "save",
            "version": agreement.version,
            "remove": [str(first.pk)],
            f"keeper_{second.pk}": "钱七",
        },
    )
    assert list(agreement.scopes.values_list("pk", "keeper_name")) == [(second.pk, "钱七")]


def test_each_reader_gets_the_page_and_the_actions_of_the_own_part(world, roads):
    agreement = signed_agreement(world, assets=roads)
    page = f"{LIST}{agreement.pk}/"
    for name, actions in (
        ("district_planner", {"renew/", "move/"}),
        ("company_member", set()),
        ("evaluator", set()),
    ):
        text = client_of(world.users[name]).get(page).content.decode()
        found = {a for a in ("renew/", "move/", "sign/", "edit/") if f'{page}{a}"' in text}
        assert found == actions, name
        assert (
            agreement.number in client_of(world.users[name]).get(f"{page}print/").content.decode()
        )
    rival = client_of(member(Role.COMPANY_MEMBER, organisations=[world.companies[1]], username="r"))
    for address in (page, f"{page}print/", f"{page}edit/", f"{page}scope/"):
        assert rival.get(address).status_code == 404
    assert agreement.number not in rival.get(LIST).content.decode()


def test_a_termination_and_a_renewal_through_the_page(world, roads, officer):
    agreement = signed_agreement(world, assets=roads)
    page = f"{LIST}{agreement.pk}/"
    renewed = officer.post(
        f"{page}renew/",
        {
            "number": "XY-2027-001",
            "version": agreement.version,
            "starts_on": (agreement.ends_on + ONE_DAY).isoformat(),
            "ends_on": (agreement.ends_on + ONE_DAY * 365).isoformat(),
            "unit_price": "3100",
        },
    )
    renewal = Agreement.objects.get(number="XY-2027-001")
    assert renewed.headers["Location"] == f"{LIST}{renewal.pk}/"
    move = {"to_state": "terminated", "version": agreement.version, "on": TODAY.isoformat()}
    assert officer.post(f"{page}move/", move).status_code == 422
    assert officer.post(f"{page}move/", move | {"on": "", "reason": "x"}).status_code == 422
    assert officer.post(f"{page}move/", move | {"reason": "停业"}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == "terminated"


def test_posts_through_their_pages(world, roads):
    agreement = signed_agreement(world, assets=roads)
    cooperative = client_of(world.users["cooperative_member"])
    address = f"{LIST}{agreement.pk}/posts/"
    assert cooperative.get(address).status_code == 200
    values = {
        "organisation": str(world.cooperatives[0].pk),
        "asset": str(roads[0].pk),
        "start_m": "K0+000",
        "end_m": "K0+500",
        "person_name": "孙八",
        "monthly_pay": "500",
        "from_date": TODAY.replace(day=1).isoformat(),
    }
    assert cooperative.post(address, values | {"start_m": "0"}).status_code == 422
    assert cooperative.post(address, values).status_code == 302
    post = UpkeepPost.objects.get()
    page = f"/maintenance/posts/{post.pk}/"
    month = {"month": f"{TODAY:%Y-%m}", "days": "0.5"}
    assert cooperative.post(page, month | {"days": "40"}).status_code == 422
    assert cooperative.post(page, month).status_code == 302
    evaluator = client_of(world.users["evaluator"])
    assert "孙八" not in evaluator.get(page).content.decode()
    assert "孙八" not in evaluator.get(f"{LIST}{agreement.pk}/").content.decode()
    assert evaluator.post(page, month).status_code == 403
    assert cooperative.post(f"{page}end/").status_code == 302
    post.refresh_from_db()
    assert post.until_date == TODAY


def test_the_keeper_is_named_on_a_page_of_its_own(world, roads):
    agreement = signed_agreement(world, assets=roads)
    row = agreement.scopes.first()
    address = f"{LIST}{agreement.pk}/keepers/{row.pk}/"
    company = client_of(world.users["company_member"])
    assert company.get(address).status_code == 200
    values = {"version": agreement.version, "keeper_name": "钱七"}
    assert company.post(address, values).status_code == 302
    assert company.post(address, values).status_code == 422
    assert client_of(world.users["association_member"]).get(address).status_code == 403
    assert "钱七" in company.get(f"{LIST}{agreement.pk}/").content.decode()


@pytest.mark.parametrize("query", ["?phase=ended", "?cursor=x", "?surprise=1", "?asset=x"])
def test_a_wrong_parameter_of_the_list_is_named(officer, query):
    assert officer.get(f"{LIST}{query}").status_code == 400


def test_the_list_goes_on_by_keyset(world, officer):
    for number in range(55):
        draft_agreement(world, number=f"L-{number:03d}", bands=(), shares=())
    first = officer.get(LIST).content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)[1]
    second = officer.get(following.replace("&amp;", "&")).content.decode()
    assert "L-049" in first
    assert "L-050" not in first
    assert "L-054" in second


@pytest.mark.parametrize("page", ["list", "detail", "scope"])
def test_more_rows_need_no_more_statements(world, route, officer, page):
    def count():
        with CaptureQueriesContext(connection) as queries:
            address = {
                "list": LIST,
                "detail": f"{LIST}{agreement.pk}/",
                "scope": f"{LIST}{agreement.pk}/scope/?route=Y012",
            }[page]
            assert officer.get(address).status_code == 200
        return len(queries)

    agreement = draft_agreement(
        world, assets=[section(route, 0, 100, world.villages[0], west=117.03)]
    )
    few = count()
    for number in range(1, 6):
        road = section(route, number * 100, number * 100 + 100, world.villages[0], west=117.03)
        agreement.scopes.create(
            asset=road, valid_from=agreement.starts_on, valid_to=agreement.ends_on
        )
        draft_agreement(world)
    assert count() == few
    assert few <= {"list": 12, "detail": 27, "scope": 18}[page]
