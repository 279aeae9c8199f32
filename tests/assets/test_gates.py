"""Gates: what a site lacks keeps it from being accepted, handed over and closed, whoever asks."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assets.kinds import AcceptanceStage
from assets.models import Asset, AssetSource, Handover
from sites.access import Scope
from sites.kinds import State
from sites.models import ProjectSite, StateChange
from sites.services import GateNotMet
from sites.services.gates import GateSubject, missing_for, site_missing
from sites.services.site_states import site_move_state
from tests.factories import section
from tests.factories.acceptance import completed_road, fresh, passed
from tests.factories.assets import RouteFactory
from tests.factories.funding import money_line
from tests.factories.records import line

DAY = datetime.date(2026, 9, 1)
EVERYTHING = ["asset_missing", "as_built_missing", "owner_missing", "upkeep_party_missing"]
EVERYTHING += ["warranty_missing", "money_line_missing"]


def move(site, to_state):
    return site_move_state(site=site, to_state=to_state, actor=None, scope=Scope.internal(), on=DAY)


def lacks(site, to_state):
    return [entry.code for entry in site_missing(fresh(site), to_state)]


def handed_over_road(world, **asset):
    """A road that was handed over, with everything that closing asks for but what is given."""
    given = {
        "owner": world.cooperatives[0],
        "upkeep_party": world.companies[0],
        "warranty_until": datetime.date(2028, 9, 1),
        **asset,
    }
    site = completed_road(
        world,
        state=State.HANDED_OVER,
        actual_geometry=line((117.05, 31.05), (117.0808, 31.05)),
    )
    made = section(RouteFactory(), 0, 3000, site.area, **given)
    AssetSource.objects.create(asset=made, site=site)
    money_line(site)
    return site


def test_accepting_needs_a_passed_final_acceptance(world):
    site = completed_road(world)
    passed(site, AcceptanceStage.PRELIMINARY)
    with pytest.raises(GateNotMet) as caught:
        move(site, State.ACCEPTED)
    assert [entry[:2] for entry in caught.value.errors] == [
        ("acceptance", "final_acceptance_missing")
    ]
    assert not StateChange.objects.exists()
    passed(site, AcceptanceStage.FINAL)
    assert move(site, State.ACCEPTED).to_state == State.ACCEPTED


def test_handing_over_needs_a_completed_handover(world):
    site = completed_road(world, state=State.SETTLED)
    Handover.objects.create(site=site)
    with pytest.raises(GateNotMet):
        move(site, State.HANDED_OVER)


def test_closing_lists_everything_that_is_missing(world):
    site = completed_road(world, state=State.HANDED_OVER)
    with pytest.raises(GateNotMet) as caught:
        move(site, State.CLOSED)
    assert [code for _field, code, _text in caught.value.errors] == EVERYTHING
    assert all(text for _field, _code, text in caught.value.errors)


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("owner", "owner_missing"),
        ("upkeep_party", "upkeep_party_missing"),
        ("warranty_until", "warranty_missing"),
    ],
)
def test_each_fact_of_the_asset_is_asked_for(world, column, code):
    site = handed_over_road(world, **{column: None})
    assert lacks(site, State.CLOSED) == [code]
    with pytest.raises(GateNotMet):
        move(site, State.CLOSED)


def test_the_as_built_line_is_asked_for(world):
    site = handed_over_road(world)
    ProjectSite.objects.filter(pk=site.pk).update(actual_geometry=None)
    assert lacks(site, State.CLOSED) == ["as_built_missing"]


def test_an_asset_that_left_the_register_does_not_count(world):
    site = handed_over_road(world)
    Asset.objects.filter(sources__site=site).update(removed_at="2026-01-01T00:00:00Z")
    assert "asset_missing" in lacks(site, State.CLOSED)


def test_every_asset_of_the_site_needs_its_facts(world):
    site = handed_over_road(world)
    other = section(RouteFactory(), 0, 500, site.area, code="BARE-1")
    AssetSource.objects.create(asset=other, site=site)
    missing = {entry.code: entry.message for entry in site_missing(fresh(site), State.CLOSED)}
    assert set(missing) == {"owner_missing", "upkeep_party_missing"}
    assert "BARE-1" in missing["owner_missing"]


def test_a_whole_site_closes(world):
    site = handed_over_road(world)
    assert lacks(site, State.CLOSED) == []
    move(site, State.CLOSED)
    assert fresh(site).state == State.CLOSED


@pytest.mark.parametrize("column", ["owner_id", "upkeep_party_id", "warranty_until"])
def test_the_database_refuses_to_close_what_is_not_whole(world, column):
    site = handed_over_road(world)
    Asset.objects.filter(sources__site=site).update(**{column: None})
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ProjectSite.objects.filter(pk=site.pk).update(state="closed")
    assert caught.value.__cause__.diag.constraint_name == "project_site_closes_with_its_asset"


def test_the_database_refuses_to_close_a_site_without_asset_or_line(world):
    for site in (completed_road(world), handed_over_road(world)):
        ProjectSite.objects.filter(pk=site.pk).update(actual_geometry=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            ProjectSite.objects.filter(pk=site.pk).update(state="closed")


def test_a_site_that_comes_in_closed_is_history_and_stays(world):
    site = completed_road(world, state=State.CLOSED)
    ProjectSite.objects.filter(pk=site.pk).update(note="归档材料补录")
    assert fresh(site).state == State.CLOSED


def test_the_page_of_the_site_tells_what_is_missing(world):
    site = completed_road(world, state=State.HANDED_OVER)
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["district_planner"])
    answer = client.post(
        f"/sites/{site.pk}/move/", {"to_state": "closed", "on": "2026-09-01", "version": 1}
    )
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "No asset was made from the site." in told
    assert "The as-built geometry is missing." in told


def test_the_api_tells_what_is_missing_with_codes(world):
    site = completed_road(world, state=State.HANDED_OVER)
    client = Client()
    client.force_login(world.users["district_planner"])
    answer = client.post(
        f"/api/v1/sites/{site.pk}/state-changes",
        {"to_state": "closed"},
        content_type="application/json",
    )
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "gate_not_met"
    assert [entry["code"] for entry in problem["errors"]] == EVERYTHING


def test_what_is_missing_is_found_for_many_sites_in_few_statements(world):
    sites = [completed_road(world, state=State.HANDED_OVER) for _number in range(3)]
    subjects = [GateSubject.of(site) for site in sites]
    for state, most in ((State.ACCEPTED, 1), (State.HANDED_OVER, 1), (State.CLOSED, 3)):
        with CaptureQueriesContext(connection) as queries:
            assert len(missing_for(subjects, state)) == 3
        assert len(queries) == most
