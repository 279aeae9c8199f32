"""Booking money: what is taken, what is refused and with which words."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from funding.default_sources import SOURCES
from funding.models import FundAccount, FundingSource, LedgerEntry
from funding.services import (
    AlreadyReversed,
    ContractExceeded,
    EntryDiffers,
    LimitExceeded,
    NothingToTakeBack,
    ledger_post,
    ledger_return,
    ledger_reverse,
)
from sites.access import Scope, scope_of
from sites.identifiers import new_id
from sites.services.errors import NotPermitted, ReasonMissing, RefusedByRegister
from tests.factories.funding import DAY, booked, signed_contract, source_of

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2023, 12, 31)


def account(world, source="district"):
    return FundAccount.objects.get(programme=world.programme, source__code=source)


def reversed_entry(entry, **values):
    given = {"reason": "金额录错", "actor": None, "scope": Scope.internal(), "on": TODAY}
    return ledger_reverse(entry=entry, **{**given, **values})


def refusal(error):
    """The field, code and sentence of a refusal's only error."""
    [(field, code, sentence)] = error.value.errors
    return field, code, sentence


def test_the_usual_sources_are_there_after_a_migration():
    assert FundingSource.objects.count() == len(SOURCES) == 11


def test_an_entry_moves_its_account_and_nothing_else(world):
    booked(world, "100.01", stage="allocated")
    booked(world, "40.01", stage="released")
    booked(world, "0.01", stage="paid")
    kept = account(world)
    assert (kept.allocated, kept.released, kept.paid) == (
        Decimal("100.01"),
        Decimal("40.01"),
        Decimal("0.01"),
    )
    assert FundAccount.objects.count() == 1


def test_paying_more_than_was_released_is_refused_with_the_amounts(world):
    booked(world, "100.00", stage="released", upto=True)
    with pytest.raises(LimitExceeded) as error:
        booked(world, "100.01")
    field, code, sentence = refusal(error)
    assert (field, code) == ("amount", "ledger_within_account")
    assert "100.01" in sentence
    assert "0.01" in sentence
    assert LedgerEntry.objects.filter(stage="paid").count() == 0


def test_releasing_more_than_was_allocated_is_refused(world):
    booked(world, "10.00", stage="allocated")
    with pytest.raises(LimitExceeded):
        booked(world, "10.01", stage="released")


def test_a_limit_holds_for_each_source_by_itself(world):
    booked(world, "100.00", stage="released", upto=True, source="province")
    with pytest.raises(LimitExceeded):
        booked(world, "1.00", source="city")


def test_a_reason_overrides_the_limit_for_the_planner_only(world):
    officer, planner = world.users["township_officer"], world.users["district_planner"]
    given = {"override_reason": "抢险工程先付", "stage": "paid"}
    with pytest.raises(NotPermitted):
        booked(world, "5.00", actor=officer, scope=scope_of(officer), **given)
    entry = booked(world, "5.00", actor=planner, scope=scope_of(planner), **given)
    assert entry.override_reason == "抢险工程先付"
    assert account(world).paid == Decimal("5.00")


def test_an_excess_that_was_allowed_once_does_not_grow_without_a_reason(world):
    booked(world, "5.00", override_reason="抢险工程先付")
    with pytest.raises(LimitExceeded):
        booked(world, "0.01")


def test_a_reversal_carries_the_entry_with_the_other_sign_once(world):
    entry = booked(world, "70.00", upto=True)
    back = reversed_entry(entry)
    assert (back.amount, back.kind, back.booked_on) == (Decimal("-70.00"), "reversal", TODAY)
    assert account(world).paid == 0
    with pytest.raises(AlreadyReversed):
        reversed_entry(entry)
    with pytest.raises(AlreadyReversed):
        reversed_entry(back)


def test_what_was_released_is_not_reversed_under_a_payment(world):
    booked(world, "70.00", upto=True)
    released = LedgerEntry.objects.get(stage="released")
    with pytest.raises(LimitExceeded):
        reversed_entry(released)
    assert reversed_entry(released, override_reason="年末清理").amount == Decimal("-70.00")


def test_a_reversal_needs_a_reason_and_a_day_after_its_entry(world):
    entry = booked(world, "70.00", stage="budget")
    with pytest.raises(ReasonMissing):
        reversed_entry(entry, reason="  ")
    with pytest.raises(RefusedByRegister):
        reversed_entry(entry, booked_on=DAY - datetime.timedelta(days=1))


def test_money_that_comes_back_is_negative_and_never_more_than_was_booked(world):
    booked(world, "70.00", upto=True)
    given = {
        "site": world.own,
        "source": source_of(),
        "booked_on": TODAY,
        "on": TODAY,
        "actor": None,
        "scope": Scope.internal(),
    }
    back = ledger_return(stage="paid", amount=Decimal("20.00"), **given)
    assert (back.kind, back.amount) == ("return", Decimal("-20.00"))
    with pytest.raises(NothingToTakeBack) as error:
        ledger_return(stage="paid", amount=Decimal("50.01"), **given)
    assert "50.00" in refusal(error)[2]


def test_the_same_entry_twice_is_one_entry_and_another_one_is_refused(world):
    key = new_id()
    first = booked(world, "10.00", stage="budget", id=key)
    again = booked(world, "10.00", stage="budget", id=key)
    assert first.pk == again.pk
    assert LedgerEntry.objects.count() == 1
    assert account(world).budget == Decimal("10.00")
    with pytest.raises(EntryDiffers):
        booked(world, "10.01", stage="budget", id=key)


def test_who_keeps_no_books_of_the_area_books_nothing(world):
    for role, site in (
        ("evaluator", world.own),
        ("company_member", world.own),
        ("township_officer", world.sibling),
        ("district_planner", world.foreign),
    ):
        user = world.users[role]
        with pytest.raises(NotPermitted):
            booked(world, "1.00", stage="budget", site=site, actor=user, scope=scope_of(user))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal("0.001")}, "amount"),
        ({"amount": Decimal(10) ** 14}, "amount"),
        ({"stage": "spent"}, "stage"),
        ({"kind": "reversal"}, "kind"),
        ({"booked_on": TODAY + datetime.timedelta(days=1)}, "booked_on"),
        ({"booked_on": datetime.date(1900, 1, 1)}, "booked_on"),
        ({"site": None}, "programme"),
    ],
)
def test_what_is_no_entry_is_refused(world, values, field):
    given = {
        "site": world.own,
        "source": source_of(),
        "stage": "budget",
        "amount": Decimal(1),
        "booked_on": TODAY,
        "on": TODAY,
        "actor": None,
        "scope": Scope.internal(),
    }
    with pytest.raises(RefusedByRegister) as error:
        ledger_post(**{**given, **values})
    assert field in {name for name, _code, _text in error.value.errors}
    assert LedgerEntry.objects.count() == 0


def test_a_payment_on_a_contract_stays_below_its_total(world):
    contract = signed_contract(world, amount="100.00")
    booked(world, "500.00", stage="released", upto=True)
    booked(world, "60.00", contract=contract, payee=world.companies[0])
    with pytest.raises(ContractExceeded) as error:
        booked(world, "40.01", contract=contract)
    assert "0.01" in refusal(error)[2]
    booked(world, "40.01", contract=contract, override_reason="会议纪要第3号")


def test_a_contract_is_paid_for_its_own_sites_and_contractor(world):
    contract = signed_contract(world)
    with pytest.raises(RefusedByRegister):
        booked(world, "1.00", site=world.sibling, contract=contract)
    with pytest.raises(RefusedByRegister):
        booked(world, "1.00", contract=contract, payee=world.companies[1])


def test_an_entry_is_never_changed(world):
    entry = booked(world, "1.00", stage="budget")
    entry.amount = Decimal("2.00")
    with pytest.raises(Exception, match=r"append-only|Cannot update"):
        entry.save()


def test_a_source_that_is_out_of_use_takes_no_entry(world):
    FundingSource.objects.filter(code="donation").update(is_active=False)
    with pytest.raises(RefusedByRegister):
        booked(world, "1.00", stage="budget", source="donation")


def test_money_of_other_kinds_says_its_kind():
    with pytest.raises(ValidationError):
        FundingSource(code="x", name="其他", level="other").full_clean()
    assert timezone.localdate() >= TODAY
