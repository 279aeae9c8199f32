"""Cases of accountability: who may do what, in which state, and what each step keeps."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from oversight.case_ladder import rung_of
from oversight.kinds import CASE_LADDER, CaseCause, CaseState, StepKind
from oversight.letters import Letter
from oversight.models import AccountabilityCase, CaseStep
from oversight.services.case_answers import case_appeal, case_decide_appeal, case_reply
from oversight.services.case_errors import (
    AccusedLeads,
    CaseWrongMoment,
    NotMissed,
    ReplyNotDue,
    TopOfLadder,
)
from oversight.services.case_grounds import Grounds
from oversight.services.cases import case_close, case_escalate, case_notify, case_raise
from oversight.services.overdue_cases import overdue_raise
from sites.access import Scope, scope_of
from sites.kinds import Role
from sites.services import ConcurrentChange, NotPermitted, ReasonMissing, RefusedByRegister
from tests.factories import build_world, member
from tests.factories.cases import DUE, government, missed, office, raised, sent, speaker
from tests.factories.photos import kept_photo
from tests.factories.records import OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_a_case_takes_site_body_and_person_from_its_decision(world):
    case = raised(world)
    assert (case.site, case.organisation.name) == (world.own, "青溪镇人民政府")
    assert (case.person, case.area, case.state) == ("孙负责", world.own.area, CaseState.RAISED)
    assert case.number == "ZR-340199-2026-0001"
    assert raised(world).number == "ZR-340199-2026-0002"


def test_the_letter_is_kept_as_it_was_sent(world):
    case = raised(world)
    letter = "请立即整改。\r\n\r\n 并书面报告。 "
    case_notify(case=case, on=DUE + 6 * DAY, letter=letter, **office(world))
    kept = Letter.parse(case.steps.get(kind=StepKind.NOTIFY).letter)
    assert kept.paragraphs == ("请立即整改。", "并书面报告。")
    assert kept.title == "关于OWN-1路未按期落实会商调度议定事项的提醒函"
    assert (kept.number, kept.addressee) == (f"{case.number}-1", "青溪镇人民政府")
    assert (kept.issuer, kept.day) == ("云溪区民生工程办公室", "2026年3月16日")
    world.own.name = "另一条路"
    world.own.save()
    assert case.steps.get(kind=StepKind.NOTIFY).letter == kept.as_text()


def test_a_letter_without_words_takes_the_template(world, settings):
    settings.REPLY_DAYS = 9
    case = sent(world)
    text = case.steps.get(kind=StepKind.NOTIFY).letter
    assert "现予提醒" in text
    assert "责成责任人孙负责" in text
    assert "2026年3月24日前书面回复" in text
    assert case.reply_due_on == datetime.date(2026, 3, 24)
    assert len(Letter.parse(text).paragraphs) == 4


def test_the_body_is_told_only_when_the_letter_goes_out(world):
    case = raised(world)
    officer = speaker(world)
    assert not AccountabilityCase.objects.visible_to(officer["scope"]).exists()
    case_notify(case=case, on=case.raised_on, **office(world))
    assert AccountabilityCase.objects.visible_to(officer["scope"]).get() == case
    for role in ("company_member", "association_member", "cooperative_member"):
        assert not AccountabilityCase.objects.visible_to(world.users[role]).exists()
    assert AccountabilityCase.objects.visible_to(world.users["evaluator"]).get() == case


def test_a_case_about_a_restricted_site_is_unknown_to_evaluators(world):
    type(world.own).objects.filter(pk=world.own.pk).update(visibility="restricted")
    case = sent(world)
    assert AccountabilityCase.objects.visible_to(world.users["township_officer"]).get() == case
    assert not AccountabilityCase.objects.visible_to(world.users["evaluator"]).exists()


def test_the_body_replies_with_evidence_and_the_office_closes(world):
    case = sent(world)
    officer = speaker(world)
    photo = kept_photo(uploaded_by=officer["actor"])
    case_reply(case=case, text="已组织施工。", on=DUE + 7 * DAY, photos=[photo], **officer)
    assert case.state == CaseState.REPLIED
    step = case.steps.get(kind=StepKind.REPLY)
    assert (step.organisation, step.evidence.get().photo) == (None, photo)
    with pytest.raises(NotPermitted):
        case_close(case=case, outcome="销号", on=DUE + 8 * DAY, **officer)
    case_close(case=case, outcome="整改到位,予以销号。", on=DUE + 8 * DAY, **office(world))
    assert (case.state, case.closed_on) == (CaseState.CLOSED, DUE + 8 * DAY)
    kinds = list(case.steps.values_list("kind", flat=True))
    assert kinds == ["raise", "notify", "reply", "close"]


def test_the_office_enters_a_reply_on_behalf_of_the_body(world):
    case = sent(world, organisation=OrganisationFactory(kind="lead_department"))
    case_reply(case=case, text="来函收悉。", on=DUE + 7 * DAY, **office(world))
    assert case.steps.get(kind=StepKind.REPLY).organisation == case.organisation
    with pytest.raises(NotPermitted):
        case_reply(case=case, text="代答", on=DUE + 7 * DAY, **speaker(world))


def test_a_case_climbs_one_level_and_only_when_silent_or_not_satisfied(world):
    case = sent(world)
    words = {"case": case, "reason": "未回复", **office(world)}
    with pytest.raises(ReplyNotDue):
        case_escalate(on=case.reply_due_on, **words)
    case_escalate(on=case.reply_due_on + DAY, **words)
    assert (case.level, case.state) == ("supervision", CaseState.NOTIFIED)
    assert "督办通知书" in case.steps.get(kind=StepKind.ESCALATE).letter
    case_reply(case=case, text="正在办理", on=case.reply_due_on, **speaker(world))
    with pytest.raises(ReasonMissing):
        case_escalate(**{**words, "reason": " ", "on": case.reply_due_on})
    for level in CASE_LADDER[2:]:
        case_escalate(on=case.reply_due_on + DAY, **words)
        assert case.level == level
    with pytest.raises(TopOfLadder):
        case_escalate(on=case.reply_due_on + DAY, **words)


def test_a_transfer_goes_to_the_discipline_inspection(world):
    case = raised(world, level="transfer")
    case_notify(case=case, on=case.raised_on, **office(world))
    assert Letter.parse(case.steps.last().letter).addressee == "纪检监察机关"
    case_close(case=case, outcome="已移送", on=case.raised_on, **office(world))
    assert case.state == CaseState.CLOSED


def test_an_appeal_stops_everything_until_it_is_decided(world):
    case = sent(world)
    on = DUE + 7 * DAY
    case_appeal(case=case, text="因连续降雨停工。", on=on, **speaker(world))
    for refused in (
        lambda: case_reply(case=case, text="x", on=on, **speaker(world)),
        lambda: case_escalate(case=case, reason="x", on=on, **office(world)),
        lambda: case_close(case=case, outcome="x", on=on, **office(world)),
        lambda: case_notify(case=case, on=on, **office(world)),
    ):
        with pytest.raises(CaseWrongMoment):
            refused()
    decide = {"case": case, "text": "理由成立", "on": on}
    with pytest.raises(NotPermitted):
        case_decide_appeal(grants=True, **decide, **speaker(world))
    case_decide_appeal(grants=True, **decide, **office(world))
    assert (case.state, case.outcome) == (CaseState.WITHDRAWN, "理由成立")


def test_a_refused_appeal_goes_on_where_it_stood(world, settings):
    settings.REPLY_DAYS = 7
    silent, replied = sent(world), sent(world)
    on = DUE + 30 * DAY
    case_reply(case=replied, text="已办", on=DUE + 6 * DAY, **speaker(world))
    for case in (silent, replied):
        case_appeal(case=case, text="不服", on=on, **speaker(world))
        case_decide_appeal(case=case, grants=False, text="不成立", on=on, **office(world))
    assert (silent.state, silent.reply_due_on) == (CaseState.NOTIFIED, on + 7 * DAY)
    assert replied.state == CaseState.REPLIED


def test_the_office_does_not_lead_a_case_about_itself(world):
    own = OrganisationFactory(name="区民生办", kind="livelihood_office", area=world.district)
    decision = missed(world, organisation=own)
    with pytest.raises(AccusedLeads):
        raised(world, decision=decision)
    result = overdue_raise(as_of=DUE + 9 * DAY, **office(world))
    assert result.raised == ()
    city = {"actor": None, "scope": Scope.internal()}
    case = case_raise(
        grounds=Grounds(CaseCause.DECISION, decision=decision), facts="x", on=DUE + DAY, **city
    )
    case_notify(case=case, on=DUE + DAY, **city)
    case_appeal(case=case, text="申诉", on=DUE + DAY, **office(world))
    with pytest.raises(AccusedLeads):
        case_decide_appeal(case=case, grants=True, text="x", on=DUE + DAY, **office(world))


@pytest.mark.parametrize("role", ["township_officer", "evaluator", "company_member"])
def test_only_a_planner_of_the_area_raises_cases(world, role):
    decision = missed(world)
    with pytest.raises(NotPermitted):
        case_raise(
            grounds=Grounds(CaseCause.DECISION, decision=decision),
            facts="x",
            on=DUE + DAY,
            **speaker(world, role),
        )
    abroad = member(Role.DISTRICT_PLANNER, areas=[world.foreign_district], username="abroad")
    with pytest.raises(NotPermitted):
        case_notify(case=raised(world), on=DUE + 5 * DAY, actor=abroad, scope=scope_of(abroad))


def test_grounds_must_hold(world):
    decision, milestone = missed(world), world.own.milestones.create(kind="start", due_on=DUE)

    def attempt(on=DUE + DAY, **grounds):
        case_raise(grounds=Grounds(**grounds), facts="x", on=on, **office(world))

    with pytest.raises(NotMissed):
        attempt(on=DUE, cause="decision", decision=decision)
    with pytest.raises(NotMissed):
        attempt(on=DUE, cause="milestone", milestone=milestone, organisation=decision.organisation)
    for grounds in (
        {"cause": "decision"},
        {"cause": "milestone", "milestone": milestone},
        {"cause": "other", "decision": decision},
        {"cause": "other"},
        {"cause": "decision", "decision": decision, "site": world.sibling},
        {"cause": "other", "organisation": OrganisationFactory(kind="company")},
    ):
        with pytest.raises(RefusedByRegister):
            attempt(**grounds)
    attempt(cause="milestone", milestone=milestone, organisation=decision.organisation)
    attempt(cause="decision", decision=decision)
    with pytest.raises(RefusedByRegister):
        attempt(cause="decision", decision=decision)


def test_days_run_forward_and_versions_are_kept(world):
    case = sent(world)
    with pytest.raises(RefusedByRegister):
        case_reply(case=case, text="x", on=case.raised_on - DAY, **speaker(world))
    with pytest.raises(ConcurrentChange):
        case_reply(
            case=case,
            text="x",
            on=case.raised_on,
            expected_version=case.version - 1,
            **speaker(world),
        )
    other = raised(world)
    for due_on in (other.raised_on, other.raised_on + 400 * DAY):
        with pytest.raises(RefusedByRegister):
            case_notify(case=other, on=other.raised_on, due_on=due_on, **office(world))


def test_a_missed_decision_becomes_a_reminder_and_then_a_supervision(world, settings):
    settings.DECISION_GRACE_DAYS, settings.REPLY_DAYS = 5, 7
    decision = missed(world)
    assert overdue_raise(as_of=DUE + 4 * DAY).raised == ()
    first = overdue_raise(as_of=DUE + 5 * DAY)
    case = AccountabilityCase.objects.get(pk=first.raised[0])
    assert (case.decision, case.level, case.state) == (decision, "reminder", "notified")
    assert "已逾期5天" in case.steps.get(kind="notify").letter
    assert overdue_raise(as_of=DUE + 5 * DAY) == type(first)((), ())
    assert overdue_raise(as_of=DUE + 16 * DAY).escalated == ()
    assert overdue_raise(as_of=DUE + 17 * DAY).escalated == (case.pk,)
    case.refresh_from_db()
    assert (case.level, case.state) == ("supervision", "notified")
    assert overdue_raise(as_of=DUE + 300 * DAY) == type(first)((), ())


def test_what_was_withdrawn_is_not_raised_again_by_itself(world):
    case = sent(world)
    case_appeal(case=case, text="申诉", on=DUE + 6 * DAY, **speaker(world))
    case_decide_appeal(case=case, grants=True, text="成立", on=DUE + 6 * DAY, **office(world))
    assert overdue_raise(as_of=DUE + 60 * DAY).raised == ()


def test_the_button_stays_inside_the_planners_area(world):
    missed(world)
    abroad = government(world.foreign_township)
    other = missed(world, site=world.foreign, organisation=abroad)
    assert len(overdue_raise(as_of=DUE + 9 * DAY, **office(world)).raised) == 1
    rest = overdue_raise(as_of=DUE + 9 * DAY)
    assert AccountabilityCase.objects.get(pk=rest.raised[0]).decision == other


@pytest.mark.django_db(transaction=True)
def test_parallel_runs_raise_one_case_a_decision_with_numbers_of_their_own():
    world = build_world()
    for _index in range(6):
        missed(world)

    def run(_index):
        try:
            return overdue_raise(as_of=DUE + 5 * DAY).raised
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        raised_in = list(pool.map(run, range(4)))
    overdue_raise(as_of=DUE + 5 * DAY)
    assert sum(map(len, raised_in)) <= 6
    numbers = sorted(AccountabilityCase.objects.values_list("number", flat=True))
    assert numbers == [f"ZR-340199-2026-{n:04d}" for n in range(1, 7)]


class LifeOfACase(RuleBasedStateMachine):
    """Whatever people try: the level only climbs, steps add up, an ended case stays ended."""

    def __init__(self):
        super().__init__()
        self.place = transaction.savepoint()
        self.world = build_world()
        self.case = raised(self.world)
        self.day, self.rung, self.ended = self.case.raised_on, 0, False

    def attempt(self, service, who, **words):
        given = office(self.world) if who == "office" else speaker(self.world)
        try:
            service(case=self.case, on=self.day, **words, **given)
        except (CaseWrongMoment, NotPermitted, ReplyNotDue, TopOfLadder):
            return
        assert not self.ended

    @rule(days=st.integers(1, 20))
    def wait(self, days):
        self.day += days * DAY

    @rule(who=st.sampled_from(["office", "body"]))
    def notify(self, who):
        self.attempt(case_notify, who)

    @rule(who=st.sampled_from(["office", "body"]))
    def reply(self, who):
        self.attempt(case_reply, who, text="答复")

    @rule(who=st.sampled_from(["office", "body"]))
    def escalate(self, who):
        self.attempt(case_escalate, who, reason="未到位")

    @rule(who=st.sampled_from(["office", "body"]))
    def appeal(self, who):
        self.attempt(case_appeal, who, text="申诉")

    @rule(who=st.sampled_from(["office", "body"]), grants=st.booleans())
    def decide(self, who, grants):
        self.attempt(case_decide_appeal, who, text="决定", grants=grants)

    @rule(who=st.sampled_from(["office", "body"]))
    def close(self, who):
        self.attempt(case_close, who, outcome="办结")

    def teardown(self):
        transaction.savepoint_rollback(self.place)

    @invariant()
    def holds(self):
        self.case.refresh_from_db()
        rung = rung_of(self.case.level)
        assert self.rung <= rung <= self.rung + 1
        self.rung = rung
        self.ended = self.case.state in (CaseState.CLOSED, CaseState.WITHDRAWN)
        assert self.ended == bool(self.case.closed_on and self.case.outcome)
        climbs = CaseStep.objects.filter(case=self.case, kind=StepKind.ESCALATE)
        assert climbs.count() == rung
        assert not climbs.filter(letter="").exists()


@pytest.mark.django_db
def test_the_life_of_a_case_keeps_its_rules():
    run_state_machine_as_test(
        LifeOfACase,
        settings=hypothesis_settings(
            max_examples=8, stateful_step_count=15, deadline=None, database=None
        ),
    )
