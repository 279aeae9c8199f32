"""Assessments and payments: who may do what, exact figures, and no way round a check."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from maintenance.models import (
    Assessment,
    LogPhoto,
    PaymentChange,
    PaymentDeduction,
    PaymentRequest,
    PaymentShare,
    WorkOrder,
)
from maintenance.money import Period
from maintenance.payment_blocks import payment_blocks
from maintenance.services import (
    LostPoints,
    assessment_record,
    payment_add_deduction,
    payment_draft,
    payment_move,
    payment_refresh,
    payment_remove_deduction,
)
from maintenance.services.errors import (
    AgreementNotInForce,
    PaymentBlocked,
    PeriodSettled,
    RoleConflict,
    SelfAssessment,
    WrongMoment,
)
from sites.access import Scope, scope_of
from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from tests.factories import MembershipFactory, UserFactory
from tests.factories.maintenance import draft_agreement, move_agreement
from tests.factories.money import (
    OCTOBER_1,
    SEPTEMBER,
    YEAR,
    acting,
    agreement_of_12_4_km,
    assessed,
    drafted,
    log_of,
    move_order,
    order_of,
    review,
)
from tests.factories.orders import photo_row

FIRST_OF_OCTOBER = OCTOBER_1.date()
ROLES = {"verified": "association_member", "confirmed": "cooperative_member"}


def moved(world, payment, to_state, role=None, **values):
    return payment_move(
        payment=payment,
        to_state=to_state,
        at=OCTOBER_1,
        **{**acting(world, role or ROLES.get(to_state, "township_officer")), **values},
    )


def deducted(world, payment, amount="100", role="association_member", **values):
    return payment_add_deduction(
        payment=payment,
        amount=Decimal(amount),
        at=OCTOBER_1,
        **{"reason": "涵洞堵塞", **acting(world, role), **values},
    )


def amounts(payment):
    payment.refresh_from_db()
    return [
        str(value)
        for value in (payment.base, payment.coefficient, payment.deductions_total, payment.payable)
    ]


def shares(payment):
    return {share.source: str(share.amount) for share in payment.shares.all()}


def codes(payment, on=FIRST_OF_OCTOBER):
    payment.refresh_from_db()
    return [block.code for block in payment_blocks(payment, on=on)]


@pytest.fixture
def agreement(world):
    return agreement_of_12_4_km(world)


def test_the_figures_of_journey_five(world, agreement):
    payment = drafted(world, agreement)
    assert payment.quantity == Decimal("12.4")
    assert amounts(payment) == ["3100.00", "None", "0.00", "0.00"]
    assessed(world, agreement, 86)
    assert amounts(payment) == ["3100.00", "0.9000", "0.00", "2790.00"]
    deducted(world, payment)
    assert amounts(payment) == ["3100.00", "0.9000", "100.00", "2690.00"]
    assert shares(payment) == {
        "district": "1345.00",
        "township": "807.00",
        "village": "538.00",
    }


def test_a_payment_goes_from_draft_to_paid_through_every_check(world, agreement):
    order_of(world, agreement)
    assessed(world, agreement)
    payment = drafted(world, agreement)
    for state in ("verified", "confirmed", "approved"):
        moved(world, payment, state)
    moved(world, payment, "paid", document_no="拨付〔2026〕17号", paid_on=OCTOBER_1.date())
    payment.refresh_from_db()
    assert (payment.state, payment.document_no) == ("paid", "拨付〔2026〕17号")
    changes = PaymentChange.objects.filter(payment=payment).values_list(
        "from_state", "to_state", "role"
    )
    assert list(changes) == [
        ("", "drafted", "township_officer"),
        ("drafted", "verified", "association_member"),
        ("verified", "confirmed", "cooperative_member"),
        ("confirmed", "approved", "township_officer"),
        ("approved", "paid", "township_officer"),
    ]


@pytest.mark.parametrize("role", ["company_member", "evaluator", "superuser", "nobody"])
def test_who_may_not_check_skips_no_check_from_any_state(world, agreement, role):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    user = world.users.get(role) or UserFactory(is_superuser=role == "superuser")
    checks = ["verified", "confirmed"] if role == "superuser" else [*ROLES, "approved"]
    for step in ("verified", "confirmed", "approved", None):
        for to_state in checks:
            with pytest.raises((IllegalTransition, NotPermitted)):
                moved(world, payment, to_state, actor=user, scope=scope_of(user))
        payment.refresh_from_db()
        if step:
            moved(world, payment, step)


def test_the_company_cannot_score_itself(world, agreement):
    with pytest.raises(SelfAssessment):
        assessed(world, agreement, **acting(world, "company_member"))
    assert not Assessment.objects.exists()


def test_a_person_of_both_company_and_association_cannot_score_either(world, agreement):
    user = world.users["association_member"]
    MembershipFactory(user=user, role="company_member", organisations=[world.companies[0]])
    with pytest.raises(SelfAssessment):
        assessed(world, agreement)


@pytest.mark.parametrize("role", ["district_planner", "township_officer", "cooperative_member"])
def test_nobody_scores_for_the_association(world, agreement, role):
    with pytest.raises(NotPermitted):
        assessed(world, agreement, **acting(world, role))


def test_an_administrator_scores_for_nobody(world, agreement):
    with pytest.raises(NotPermitted):
        assessed(world, agreement, actor=None, scope=Scope.internal())


def test_a_person_of_association_and_cooperative_does_not_confirm_what_they_verified(
    world, agreement
):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    user = world.users["association_member"]
    MembershipFactory(user=user, role="cooperative_member", organisations=[world.cooperatives[0]])
    moved(world, payment, "verified")
    with pytest.raises(RoleConflict):
        moved(world, payment, "confirmed", **acting(world, "association_member"))


def test_a_period_is_scored_when_it_is_over_and_once(world, agreement):
    before = datetime.datetime(2026, 9, 29, 12, tzinfo=datetime.UTC)
    with pytest.raises(WrongMoment):
        assessed(world, agreement, at=before)
    assessed(world, agreement)
    with pytest.raises(WrongMoment):
        assessed(world, agreement, 95)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-09-02", "2026-09-30"), ("2026-09-01", "2026-10-31"), ("2026-09-01", "2026-09-29")],
)
def test_other_days_than_a_payment_period_are_refused(world, agreement, first, last):
    period = Period(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    with pytest.raises(RefusedByRegister, match=r"2026-09-01 .+ 2026-09-30"):
        drafted(world, agreement, period=period)
    with pytest.raises(RefusedByRegister):
        assessed(world, agreement, period=period)


def test_a_period_outside_the_term_is_refused(world, agreement):
    move_agreement(agreement, "terminated", ended_on=datetime.date(2026, 8, 31))
    with pytest.raises(AgreementNotInForce):
        drafted(world, agreement)


def test_a_part_of_a_month_is_paid_by_its_days(world, agreement):
    move_agreement(agreement, "terminated", ended_on=datetime.date(2026, 9, 15))
    half = Period(datetime.date(2026, 9, 1), datetime.date(2026, 9, 15))
    assert drafted(world, agreement, period=half).base == Decimal("1550.00")


def test_a_draft_agreement_pays_nothing(world):
    draft = draft_agreement(world, **YEAR)
    with pytest.raises(AgreementNotInForce):
        drafted(world, draft)


def test_lost_points_sum_to_what_is_missing(world, agreement):
    with pytest.raises(RefusedByRegister) as refused:
        assessment_record(
            agreement=agreement,
            period=SEPTEMBER,
            score=Decimal(86),
            lines=[LostPoints(Decimal(13), "边沟淤塞")],
            at=OCTOBER_1,
            **acting(world, "association_member"),
        )
    assert [code for _f, code, _m in refused.value.errors] == ["lines_do_not_sum"]


def test_a_correction_supersedes_and_the_payment_is_signed_anew(world, agreement):
    first = assessed(world, agreement, 86)
    payment = drafted(world, agreement)
    moved(world, payment, "verified")
    second = assessed(world, agreement, 95, supersedes=first)
    payment.refresh_from_db()
    assert (payment.state, payment.payable, payment.assessment_id) == (
        "drafted",
        Decimal("3100.00"),
        second.pk,
    )
    with pytest.raises(WrongMoment):
        assessed(world, agreement, 90, supersedes=first)


def test_what_is_approved_keeps_its_figures(world, agreement):
    first = assessed(world, agreement)
    payment = drafted(world, agreement)
    deduction = deducted(world, payment)
    for state in ("verified", "confirmed", "approved"):
        moved(world, payment, state)
    with pytest.raises(PeriodSettled):
        assessed(world, agreement, 95, supersedes=first)
    with pytest.raises(PeriodSettled):
        deducted(world, payment)
    with pytest.raises(PeriodSettled):
        payment_remove_deduction(
            deduction=deduction, reason="误记", at=OCTOBER_1, **acting(world, "township_officer")
        )
    with pytest.raises(WrongMoment):
        payment_refresh(payment=payment, **acting(world, "township_officer"))
    assert amounts(payment)[-1] == "2690.00"


def test_a_deduction_voids_signatures_under_the_higher_amount(world, agreement):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    for state in ("verified", "confirmed"):
        moved(world, payment, state)
    deduction = deducted(world, payment, role="township_officer")
    payment.refresh_from_db()
    assert (payment.state, payment.payable) == ("drafted", Decimal("2690.00"))
    payment_remove_deduction(
        deduction=deduction, reason="误记", at=OCTOBER_1, **acting(world, "township_officer")
    )
    assert amounts(payment)[-1] == "2790.00"


@pytest.mark.parametrize("role", ["company_member", "cooperative_member", "evaluator"])
def test_only_client_and_supervisor_deduct(world, agreement, role):
    payment = drafted(world, agreement)
    with pytest.raises(NotPermitted):
        deducted(world, payment, role=role)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1000000000000000"])
def test_a_deduction_is_a_positive_amount_of_whole_fen(world, agreement, amount):
    payment = drafted(world, agreement)
    with pytest.raises(RefusedByRegister):
        deducted(world, payment, amount)


def test_a_deduction_needs_a_reason(world, agreement):
    payment = drafted(world, agreement)
    with pytest.raises(ReasonMissing):
        deducted(world, payment, reason=" ")


def test_deductions_above_the_amount_leave_nothing_to_pay(world, agreement):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    deducted(world, payment, "5000")
    assert amounts(payment)[-1] == "0.00"
    assert set(shares(payment).values()) == {"0.00"}


@pytest.mark.parametrize("role", ["association_member", "cooperative_member", "evaluator"])
def test_the_client_and_the_executor_draft(world, agreement, role):
    with pytest.raises(NotPermitted):
        drafted(world, agreement, role=role)
    assert drafted(world, agreement, role="company_member").state == "drafted"


def test_another_agreement_s_company_does_not_draft(world, agreement):
    user = UserFactory()
    MembershipFactory(user=user, role="company_member", organisations=[world.companies[1]])
    with pytest.raises(NotPermitted):
        payment_draft(
            agreement=agreement,
            period=SEPTEMBER,
            actor=user,
            scope=scope_of(user),
            at=OCTOBER_1,
        )


def test_a_period_is_paid_once_until_its_payment_is_cancelled(world, agreement):
    payment = drafted(world, agreement)
    with pytest.raises(RefusedByRegister):
        drafted(world, agreement)
    with pytest.raises(ReasonMissing):
        moved(world, payment, "cancelled")
    moved(world, payment, "cancelled", reason="重复")
    assert drafted(world, agreement).state == "drafted"


def test_nobody_verifies_what_is_not_assessed(world, agreement):
    payment = drafted(world, agreement)
    with pytest.raises(WrongMoment):
        moved(world, payment, "verified")


def test_a_stale_version_is_refused(world, agreement):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    read = payment.version
    deducted(world, payment)
    with pytest.raises(ConcurrentChange):
        moved(world, payment, "verified", expected_version=read)


def test_approval_lists_everything_that_stands_in_the_way(world, agreement):
    waits = [
        order_of(world, agreement, state="doing"),
        order_of(world, agreement, state="submitted"),
        order_of(world, agreement, state="inspected"),
    ]
    order_of(world, agreement, state="confirmed")
    bare = order_of(world, agreement, state="confirmed", logged=False)
    log_of(world, agreement, verified=False)
    assessed(world, agreement)
    payment = drafted(world, agreement)
    for state in ("verified", "confirmed"):
        moved(world, payment, state)
    with pytest.raises(PaymentBlocked) as refused:
        moved(world, payment, "approved")
    errors = refused.value.errors
    assert [code for _field, code, _message in errors] == [
        "order_not_submitted",
        "order_not_inspected",
        "order_not_confirmed",
        "order_without_log",
        "logs_not_verified",
    ]
    assert [
        f"#{order.number}" in message
        for order, (_f, _c, message) in zip([*waits, bare], errors, strict=False)
    ] == [True] * 4
    assert world.cooperatives[0].name in errors[2][2]
    payment.refresh_from_db()
    assert payment.state == "confirmed"


def test_a_block_goes_when_its_reason_goes(world, agreement):
    order = order_of(world, agreement, state="inspected")
    log = log_of(world, agreement, verified=False)
    payment = drafted(world, agreement)
    assert codes(payment) == ["not_assessed", "order_not_confirmed", "logs_not_verified"]
    move_order(order, "confirmed")
    assessed(world, agreement)
    review(log, "returned", "位置不对")
    assert codes(payment) == ["logs_not_verified"]
    review(log, "verified")
    assert codes(payment) == []
    assert codes(payment, on=datetime.date(2026, 9, 29)) == ["period_not_over"]


def test_a_repair_needs_a_photo_from_after_the_work(world, agreement):
    order_of(world, agreement, kind="minor_repair")
    assessed(world, agreement)
    assert codes(drafted(world, agreement)) == ["order_without_photo"]


def test_a_photo_of_an_entry_that_was_returned_or_corrected_proves_nothing(world, agreement):
    order = order_of(world, agreement, kind="minor_repair", logged=False)
    log = log_of(world, agreement, order=order)
    LogPhoto.objects.create(log=log, photo=photo_row(world.users["company_member"]), stage="after")
    assessed(world, agreement)
    payment = drafted(world, agreement)
    assert codes(payment) == []
    newer = log_of(world, agreement, order=order, corrects=log)
    assert codes(payment) == ["order_without_photo"]
    photo = photo_row(world.users["company_member"])
    LogPhoto.objects.create(log=newer, photo=photo, stage="after")
    assert codes(payment) == []
    review(newer, "returned", "看不清")
    assert codes(payment) == ["order_without_log", "logs_not_verified"]


@pytest.mark.parametrize("year", [1970, 2100])
def test_a_wrong_clock_takes_no_entry_out_of_the_period(world, agreement, year):
    """Nobody is paid on an entry that nobody verified, whatever year the phone shows."""
    order = order_of(world, agreement, logged=False)
    shown = datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)
    log = log_of(world, agreement, order=order, verified=False, device_time=shown)
    assessed(world, agreement)
    payment = drafted(world, agreement)
    assert codes(payment) == ["logs_not_verified"]
    review(log, "verified")
    assert codes(payment) == []
    came = datetime.datetime(2026, 9, 20, 12, tzinfo=datetime.UTC)
    log_of(world, agreement, verified=False, device_time=shown, received_at=came)
    assert codes(payment) == ["logs_not_verified"]


def test_work_due_after_the_period_blocks_nothing(world, agreement):
    order_of(
        world,
        agreement,
        state="doing",
        logged=False,
        due_at=datetime.datetime(2026, 9, 30, 16, tzinfo=datetime.UTC),
    )
    assessed(world, agreement)
    assert codes(drafted(world, agreement)) == []


def test_an_agreement_paid_by_order_pays_the_orders_closed_in_the_period(world):
    agreement = agreement_of_12_4_km(world, price_basis="per_order", unit_price=Decimal(0))
    order_of(world, agreement, agreed_price=Decimal("199.99"))
    order_of(world, agreement, agreed_price=Decimal("1500.50"))
    order_of(world, agreement, agreed_price=Decimal(999), state="confirmed")
    assessed(world, agreement)
    payment = drafted(world, agreement)
    assert (payment.quantity, payment.base, payment.payable) == (
        2,
        Decimal("1700.49"),
        Decimal("1530.44"),
    )
    order_of(world, agreement)
    assert codes(payment) == ["order_without_price"]
    order_of(world, agreement, agreed_price=Decimal(1))
    assert codes(payment) == ["figures_changed", "order_without_price"]
    payment_refresh(payment=payment, **acting(world, "township_officer"))
    assert codes(payment) == ["order_without_price"]


def test_an_agreement_paid_by_asset_counts_assets(world):
    agreement = agreement_of_12_4_km(
        world, price_basis="per_site_year", unit_price=Decimal(1200), payment_cycle="quarter"
    )
    quarter = Period(datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    payment = drafted(world, agreement, period=quarter)
    assert (payment.quantity, payment.base) == (2, Decimal("600.00"))


def test_the_database_refuses_shares_that_do_not_sum_to_what_is_payable(world, agreement):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    share = payment.shares.first()

    @transaction.atomic
    def committed(change):
        change()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    for change in (
        lambda: PaymentShare.objects.filter(pk=share.pk).update(amount=share.amount + 1),
        lambda: PaymentShare.objects.filter(pk=share.pk).delete(),
        lambda: PaymentRequest.objects.filter(pk=payment.pk).update(payable=1),
    ):
        with pytest.raises(IntegrityError) as refused:
            committed(change)
        assert refused.value.__cause__.diag.constraint_name == "payment_shares_sum_to_payable"


def test_history_keeps_what_a_deduction_was(world, agreement):
    payment = drafted(world, agreement)
    deduction = deducted(world, payment)
    payment_remove_deduction(
        deduction=deduction, reason="误记", at=OCTOBER_1, **acting(world, "township_officer")
    )
    assert not PaymentDeduction.objects.exists()
    event = PaymentDeduction.pgh_event_model.objects.get()
    assert (event.amount, event.pgh_context.metadata["reason"]) == (Decimal(100), "误记")


def test_a_deduction_names_only_records_of_its_agreement(world, agreement):
    other = agreement_of_12_4_km(world, index=1)
    foreign = order_of(world, other)
    payment = drafted(world, agreement)
    with pytest.raises(RefusedByRegister):
        deducted(world, payment, order=foreign)
    own = WorkOrder.objects.get(pk=order_of(world, agreement).pk)
    assert deducted(world, payment, order=own).order_id == own.pk
