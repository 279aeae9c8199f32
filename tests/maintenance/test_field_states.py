"""Defects and reports in every order of events: no path skips a check, and history is whole."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from maintenance.kinds import DefectState, OrderState, ReportState
from maintenance.models import Defect, DefectChange, PublicReport, ReportChange, WorkOrder
from maintenance.services import (
    defect_move,
    order_cancel,
    order_issue,
    report_answer,
    report_link,
    report_open_defect,
    report_reopen,
)
from sites.services.errors import ServiceError
from tests.factories import build_world
from tests.factories.field import opened, public_report, reported
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import PATH, advance, by

PEOPLE = (
    "district_planner",
    "township_officer",
    "company_member",
    "association_member",
    "cooperative_member",
    "evaluator",
)
CHECKERS = {"district_planner", "township_officer", "association_member"}


class FieldLife(RuleBasedStateMachine):
    """Two defects and two reports of one road, handled by everybody in any order."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.world = build_world()
        self.agreement = signed_agreement(self.world, assets=[self.world.own_asset])
        opened(self.world.own_asset)
        self.now = timezone.now()
        self.defects = [reported(self.world), reported(self.world)]
        self.reports = [public_report(self.world.own_asset) for _turn in range(2)]

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def attempt(self, work):
        """Do something; a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                work()
        except ServiceError:
            return False
        return True

    @rule(
        which=st.integers(0, 1),
        to_state=st.sampled_from(DefectState.values),
        who=st.sampled_from(PEOPLE),
        reason=st.sampled_from(["", "有理由"]),
    )
    def move_a_defect(self, which, to_state, who, reason):
        defect = Defect.objects.get(pk=self.defects[which].pk)
        before = defect.state
        moved = self.attempt(
            lambda: defect_move(
                defect=defect,
                to_state=to_state,
                reason=reason,
                duplicate_of=self.defects[1 - which],
                at=self.now,
                **by(self.world.users[who]),
            )
        )
        if moved:
            assert who in CHECKERS
            assert to_state not in {DefectState.ORDERED, DefectState.REPAIRED}
            assert to_state != DefectState.CLOSED, "an agreement covers the place"
        else:
            assert Defect.objects.get(pk=defect.pk).state == before

    @rule(which=st.integers(0, 1))
    def issue_an_order(self, which):
        defect = Defect.objects.get(pk=self.defects[which].pk)
        issued = self.attempt(
            lambda: order_issue(
                agreement=self.agreement,
                asset=self.world.own_asset,
                title="修补",
                kind="minor_repair",
                priority="normal",
                at=self.now,
                due_at=self.now + datetime.timedelta(days=2),
                defects=[defect],
                **by(self.world.users["township_officer"]),
            )
        )
        assert issued == (defect.state == DefectState.VERIFIED)

    @rule(steps=st.integers(1, 6))
    def work_on_an_order(self, steps):
        order = WorkOrder.objects.exclude(state__in=["closed", "cancelled"]).first()
        if order is not None:
            place = min(PATH.index(OrderState(order.state)) + steps, len(PATH) - 1)
            advance(self.world, order, PATH[place])

    @rule()
    def cancel_an_order(self):
        order = WorkOrder.objects.exclude(state__in=["closed", "cancelled"]).first()
        if order is not None:
            officer = by(self.world.users["township_officer"])
            self.attempt(lambda: order_cancel(order=order, reason="-", at=self.now, **officer))

    @rule(
        which=st.integers(0, 1),
        what=st.sampled_from(["link", "open", "answer", "reject", "reopen"]),
        who=st.sampled_from(PEOPLE),
    )
    def work_on_a_report(self, which, what, who):
        report = PublicReport.objects.get(pk=self.reports[which].pk)
        common = {"report": report, "at": self.now, **by(self.world.users[who])}
        works = {
            "link": lambda: report_link(defect=self.defects[which], **common),
            "open": lambda: report_open_defect(kind="crack", severity="minor", **common),
            "answer": lambda: report_answer(answer="好的", **common),
            "reject": lambda: report_answer(answer="不属于", rejects=True, **common),
            "reopen": lambda: report_reopen(report=report, reason="没修", at=self.now),
        }
        done = self.attempt(works[what])
        if done and what != "reopen":
            assert who in {"district_planner", "township_officer"}

    @invariant()
    def every_state_has_its_record(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model, changes, key, first in (
            (Defect, DefectChange, "defect_id", DefectState.REPORTED),
            (PublicReport, ReportChange, "report_id", ReportState.RECEIVED),
        ):
            for row in model.objects.all():
                state = first
                rows = changes.objects.filter(**{key: row.pk}).order_by("recorded_at", "id")
                for change in rows:
                    assert change.from_state == state
                    state = change.to_state
                assert state == row.state

    @invariant()
    def a_closed_defect_went_through_all_checks(self):
        for defect in Defect.objects.filter(state=DefectState.CLOSED):
            assert defect.closed_at is not None
            assert defect.order.state == OrderState.CLOSED
            reached = set(defect.order.changes.values_list("to_state", flat=True))
            assert {"submitted", "inspected", "confirmed", "closed"} <= reached

    @invariant()
    def an_ordered_defect_has_an_open_order(self):
        for defect in Defect.objects.filter(state__in=["ordered", "repaired"]):
            assert defect.order.state not in {OrderState.CLOSED, OrderState.CANCELLED}
        assert not Defect.objects.filter(state="verified", order__isnull=False).exists()

    @invariant()
    def an_answered_report_has_words_and_a_date(self):
        for report in PublicReport.objects.filter(state__in=["answered", "rejected"]):
            assert report.answer
            assert report.answered_at is not None
        assert not PublicReport.objects.filter(
            defect__state="closed", state__in=["linked"]
        ).exists(), "who reported it is told when the defect is closed"

    @invariant()
    def a_report_never_hangs_on_a_duplicate(self):
        assert not PublicReport.objects.filter(defect__state="duplicate").exists()


@pytest.mark.django_db
def test_no_path_skips_a_check():
    run_state_machine_as_test(
        FieldLife,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
