"""The list of what waits and the page of one chain: who sees what, in how many statements."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assets.views import acceptance_list
from sites.kinds import State
from tests.factories.acceptance import chain_rows, completed_road

FRAME = 5
CEILINGS = {
    "/api/v1/acceptances": FRAME + 3,
    "/api/v1/findings": FRAME + 4,
    "/api/v1/handovers": FRAME + 3,
    "/assets/acceptance/": FRAME + 9,
    "/assets/acceptance/?waiting=rectify": FRAME + 9,
    "/assets/acceptance/?waiting=hand_over": FRAME + 9,
}
"""Statements of each list beside session, person and scope, whatever the number of rows."""


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def client_of(world, role):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users[role])
    return client


def _count(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", CEILINGS)
def test_more_rows_need_no_more_statements(world, address):
    client = client_of(world, "district_planner")

    def more(number):
        for _each in range(number):
            chain_rows(completed_road(world))
            completed_road(world, state=State.ACCEPTED)
            completed_road(world)

    more(1)
    few = _count(client, address)
    more(4)
    assert _count(client, address) == few
    assert few <= CEILINGS[address]


def test_each_list_holds_what_waits_for_it(world):
    completed_road(world, code="TO-OPEN")
    chain_rows(completed_road(world, code="UNDER-WAY"))
    completed_road(world, code="TO-HAND", state=State.SETTLED)
    completed_road(world, code="TO-CLOSE", state=State.HANDED_OVER)
    client = client_of(world, "township_officer")
    codes = ("TO-OPEN", "UNDER-WAY", "TO-HAND", "TO-CLOSE")
    for waiting, code in zip(("open", "conclude", "hand_over", "close"), codes, strict=True):
        told = client.get(f"/assets/acceptance/?waiting={waiting}").content.decode()
        assert [known for known in codes if known in told] == [code]
    assert "UNDER-WAY" in client.get("/assets/acceptance/?waiting=rectify").content.decode()


def test_a_rival_company_sees_nothing_of_it(world):
    site = completed_road(world, contractor=world.companies[1], code="RIVAL-1")
    chain_rows(site)
    client = client_of(world, "company_member")
    assert "RIVAL-1" not in client.get("/assets/acceptance/?waiting=conclude").content.decode()
    assert client.get(f"/assets/acceptance/{site.pk}/").status_code == 404


def test_pages_follow_one_another_without_gap(world, monkeypatch):
    for number in range(5):
        completed_road(world, code=f"PAGE-{number}")
    monkeypatch.setattr(acceptance_list, "SIZE", 2)
    client, address, seen = client_of(world, "district_planner"), "/assets/acceptance/", []
    while address:
        context = client.get(address).context
        seen += [site.code for site in context["rows"]]
        address = context["next_address"]
    assert seen == [f"PAGE-{number}" for number in range(5)]


@pytest.mark.parametrize(
    "query",
    [
        "waiting=x",
        "township=1",
        "township=34019910x",
        "colour=red",
        "after=%00",
        "waiting=rectify&after=x",
        "waiting=rectify&after=2026-01-01~x",
        "waiting=recheck&after=9999-99-99~00000000-0000-0000-0000-000000000000",
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(world, query):
    answer = client_of(world, "district_planner").get(f"/assets/acceptance/?{query}")
    assert answer.status_code == 400
    assert answer.context["problem"].parameter in query


@pytest.mark.parametrize("path", ["acceptances", "findings", "handovers"])
@pytest.mark.parametrize("query", ["site=x", "area=abc", "updated_since=now", "colour=red"])
def test_the_api_names_a_parameter_that_cannot_be_used(world, path, query):
    answer = client_of(world, "district_planner").get(f"/api/v1/{path}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_parameter")


def test_what_somebody_else_changed_is_shown_beside_the_own_entry(world):
    site = completed_road(world)
    keys = chain_rows(site)
    client = client_of(world, "township_officer")
    form = {
        "acceptance": keys["acceptance"],
        "version": 1,
        "held_on": "2026-07-10",
        "claimed_quantity": "3",
        "measured_quantity": "2.94",
    }
    address = f"/assets/acceptance/{site.pk}/fill/"
    assert client.post(address, form).status_code == 302
    answer = client.post(address, {**form, "measured_quantity": "2.99"})
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this record" in told
    assert "2.940" in told
    assert "2.99" in told


def test_the_page_of_the_site_leads_to_the_chain(world):
    site = completed_road(world)
    told = client_of(world, "company_member").get(f"/sites/{site.pk}/").content.decode()
    assert f"/assets/acceptance/{site.pk}/" in told
