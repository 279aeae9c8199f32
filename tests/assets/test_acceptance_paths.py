"""Whatever officers, builders and bodies try in any order, no check of the chain is skipped."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.kinds import AcceptanceStage, FindingState, TeamRole, Verdict
from assets.models import Acceptance, Finding, Handover
from assets.services.acceptance import (
    CheckDraft,
    acceptance_open,
    acceptance_sign,
    acceptance_update,
)
from assets.services.as_built import as_built_set
from assets.services.conclusion import acceptance_conclude
from assets.services.findings import finding_raise, finding_recheck, finding_rectify
from assets.services.handover import (
    PARTIES,
    handover_complete,
    handover_prepare,
    handover_sign,
    handover_update,
)
from assets.services.takeover import asset_from_site
from sites.access import scope_of
from sites.kinds import State
from sites.models import ProjectSite, StateChange
from sites.services import ServiceError
from sites.services.site_states import site_move_state
from sites.transitions import TRANSITIONS
from tests.factories.acceptance import TEAM, completed_road
from tests.factories.funding import money_line
from tests.factories.photos import kept_photo

DAY = datetime.date(2026, 7, 10)
NOW = datetime.datetime(2026, 7, 10, tzinfo=datetime.UTC)
ROLES = ("district_planner", "township_officer", "company_member", "association_member")
GRANTED = (State.ACCEPTED, State.HANDED_OVER, State.CLOSED)


class Player:
    """Tries steps of the chain as somebody; a step that has nothing to work on does nothing."""

    def __init__(self, world, site, photo):
        self.world, self.key, self.photo = world, site.pk, photo
        self.scopes = {role: scope_of(world.users[role]) for role in ROLES}

    @property
    def site(self):
        return ProjectSite.objects.get(pk=self.key)

    def by(self, role):
        return {"actor": self.world.users[role], "scope": self.scopes[role]}

    def current(self):
        return Acceptance.objects.filter(site=self.key).order_by("-created_at", "-id").first()

    def open(self, role, stage):
        acceptance_open(site=self.site, stage=stage, held_on=DAY, members=TEAM, **self.by(role))

    def fill(self, role, measured):
        if acceptance := self.current():
            checks = [CheckDraft("项目", result="ok")]
            values = {"measured_quantity": Decimal(measured)}
            acceptance_update(acceptance=acceptance, values=values, checks=checks, **self.by(role))

    def explain(self, role):
        if acceptance := self.current():
            values = {"discrepancy_reason": "少修60米"}
            acceptance_update(acceptance=acceptance, values=values, **self.by(role))

    def sign(self, role, who):
        if acceptance := self.current():
            for member in acceptance.members.filter(role__in=who):
                acceptance_sign(acceptance=acceptance, member_id=member.pk, at=NOW, **self.by(role))

    def conclude(self, role, verdict):
        if acceptance := self.current():
            acceptance_conclude(
                acceptance=acceptance, verdict=verdict, on=DAY, reason="r", **self.by(role)
            )

    def find(self, role):
        if acceptance := self.current():
            finding_raise(
                acceptance=acceptance,
                text="断板",
                severity="minor",
                due_on=DAY,
                on=DAY,
                **self.by(role),
            )

    def rectify(self, role):
        for finding in Finding.objects.filter(acceptance__site=self.key):
            finding_rectify(finding=finding, on=DAY, photos=[self.photo], **self.by(role))

    def recheck(self, role, passed):
        for finding in Finding.objects.filter(acceptance__site=self.key):
            finding_recheck(finding=finding, passed=passed, note="n", on=DAY, **self.by(role))

    def move(self, role, to_state):
        site_move_state(site=self.site, to_state=to_state, on=DAY, reason="r", **self.by(role))

    def build(self, role):
        as_built_set(site=self.site, geometry=self.site.planned_geometry, **self.by(role))

    def make_asset(self, role):
        if not self.site.asset_sources.exists():
            asset_from_site(site=self.site, **self.by(role))

    def prepare(self, role):
        values = {"upkeep_party": self.world.companies[0], "warranty_until": DAY}
        handover_prepare(site=self.site, values=values, **self.by(role))

    def sign_all(self, role):
        if handover := Handover.objects.filter(site=self.key).first():
            sources = self.site.asset_sources.select_related("asset")
            handover_update(
                handover=handover,
                values={},
                assets=[source.asset for source in sources],
                **self.by(role),
            )
            for party in PARTIES:
                handover_sign(handover=handover, party=party, name="甲", on=DAY, **self.by(role))

    def complete(self, role):
        if handover := Handover.objects.filter(site=self.key).first():
            handover_complete(handover=handover, on=DAY, **self.by(role))


def _arguments():
    stages = st.sampled_from(AcceptanceStage.values)
    everybody = st.just(TeamRole.values)
    return {
        "open": stages,
        "fill": st.sampled_from(["3.000", "2.940"]),
        "explain": None,
        "sign": everybody | st.just(["township"]),
        "conclude": st.sampled_from(Verdict.values),
        "find": None,
        "rectify": None,
        "recheck": st.booleans(),
        "move": st.sampled_from([State.COMPLETED, State.RECTIFYING, State.SETTLED, *GRANTED]),
        "build": None,
        "make_asset": None,
        "prepare": None,
        "sign_all": None,
        "complete": None,
    }


STEPS = st.one_of(
    *(
        st.tuples(st.just(name), st.sampled_from(ROLES), *([] if given is None else [given]))
        for name, given in _arguments().items()
    )
)
GOOD_ROUND = [
    ("fill", "district_planner", "3.000"),
    ("sign", "district_planner", TeamRole.values),
    ("conclude", "district_planner", "passed"),
]
WAY = [
    ("open", "district_planner", "preliminary"),
    *GOOD_ROUND,
    ("open", "district_planner", "final"),
    *GOOD_ROUND,
    ("move", "district_planner", State.SETTLED),
    ("build", "district_planner"),
    ("make_asset", "district_planner"),
    ("prepare", "district_planner"),
    ("sign_all", "district_planner"),
    ("complete", "district_planner"),
    ("move", "district_planner", State.CLOSED),
]
"""The way that leads to the end; steps are dropped from it and others come between."""


@st.composite
def attempts(draw):
    """The right way with some steps missing and anything else in between."""
    found = []
    for step in WAY:
        found += draw(st.lists(STEPS, max_size=2))
        if draw(st.integers(0, 9)):
            found.append(step)
    return found


def play(player, steps):
    for name, role, *rest in steps:
        try:
            with transaction.atomic():
                getattr(player, name)(role, *rest)
        except ServiceError:
            continue


def require_sound(site):
    """What must hold at any moment, read from the rows alone."""
    state = ProjectSite.objects.values_list("state", flat=True).get(pk=site.pk)
    changes = list(StateChange.objects.filter(site=site).order_by("id"))
    at = "completed"
    for change in changes:
        assert change.from_state == at
        assert change.role in TRANSITIONS[(at, change.to_state)].roles
        at = change.to_state
    assert at == state
    rounds = Acceptance.objects.filter(site=site)
    for acceptance in rounds.filter(verdict=Verdict.PASSED):
        require_sound_pass(acceptance)
    if State.ACCEPTED in {change.to_state for change in changes}:
        passed = set(rounds.filter(verdict="passed").values_list("stage", flat=True))
        assert passed == set(AcceptanceStage.values)
        findings = Finding.objects.filter(acceptance__site=site)
        assert set(findings.values_list("state", flat=True)) <= {FindingState.CLOSED}
    if State.HANDED_OVER in {change.to_state for change in changes}:
        assert Handover.objects.get(site=site).completed_on
    if state == State.CLOSED:
        now = ProjectSite.objects.get(pk=site.pk)
        assert now.actual_geometry
        assets = [source.asset for source in now.asset_sources.select_related("asset")]
        assert assets
        assert all(a.owner_id and a.upkeep_party_id and a.warranty_until for a in assets)
    for finding in Finding.objects.filter(acceptance__site=site):
        require_whole_history(finding)


def require_sound_pass(acceptance):
    members = list(acceptance.members.all())
    assert all(member.signed_at for member in members)
    assert TeamRole.VILLAGER in {member.role for member in members}
    assert all(check.result for check in acceptance.checks.all())
    difference = abs(acceptance.measured_quantity - acceptance.claimed_quantity)
    assert difference <= Decimal("0.030") or acceptance.discrepancy_reason


def require_whole_history(finding):
    steps = list(finding.changes.order_by("at", "id"))
    assert steps[0].to_state == FindingState.OPEN
    for before, after in pairwise(steps):
        assert after.from_state == before.to_state
        if after.to_state == FindingState.CLOSED:
            assert after.actor_id != before.actor_id
    assert steps[-1].to_state == finding.state


@pytest.fixture
def player(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    photo = kept_photo(uploaded_by=world.users["company_member"])
    site = completed_road(world)
    money_line(site)
    return Player(world, site, photo)


def test_the_right_way_leads_to_the_end(player):
    play(player, WAY)
    assert player.site.state == State.CLOSED
    require_sound(player.site)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=attempts())
def test_no_path_skips_a_check(player, steps):
    with transaction.atomic():
        play(player, steps)
        require_sound(player.site)
        transaction.set_rollback(True)
