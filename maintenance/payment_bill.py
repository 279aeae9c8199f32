"""A payment as a bill: each line of the calculation, each signature, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from maintenance.kinds import PaymentState, PriceBasis
from maintenance.models import PaymentChange, PaymentRequest
from maintenance.money import base_by_orders, base_by_time, to_fen
from maintenance.payment_blocks import period_covered
from maintenance.payment_figures import orders_to_pay
from maintenance.payment_moves import JUDGING, OPEN_STATES, PaymentMove, moves_from_state
from maintenance.payment_roles import PaymentParties, PaymentSide, acted_for_another
from sites.access import Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_ORDERS = 100
PLACES = Decimal("0.0001")
WAY = (
    (PaymentState.DRAFTED, PaymentSide.DRAFTER),
    (PaymentState.VERIFIED, PaymentSide.VERIFIER),
    (PaymentState.CONFIRMED, PaymentSide.CONFIRMER),
    (PaymentState.APPROVED, PaymentSide.OFFICE),
    (PaymentState.PAID, PaymentSide.OFFICE),
)
"""The signatures that a payment needs, and who gives each."""


@dataclass(frozen=True, slots=True)
class Bill:
    """The lines of the calculation, in yuan; `months` only where the price is by time.

    `assessed` is base × coefficient as shown. `is_rounded` says that the shown lines do not add
    up to the fen, because the payable amount is rounded once from the exact base.
    """

    months: Decimal | None
    is_part: bool
    orders: tuple[Any, ...]
    assessed: Decimal | None
    is_rounded: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One signature: the state that it gives, and the move that gave it, or whom it waits for."""

    state: PaymentState
    change: PaymentChange | None
    bodies: tuple[Any, ...]
    is_done: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class Powers:
    """What the viewer may do with a payment now."""

    moves: tuple[PaymentMove, ...]
    deduct: bool
    refresh: bool
    assess: bool

    def to(self, state: str) -> PaymentMove | None:
        """Return the move to a state, if the viewer may make it."""
        return next((move for move in self.moves if move.to_state == state), None)

    @property
    def forward(self) -> PaymentMove | None:
        """The move on the way to the money."""
        onward = [state for state, _side in WAY[1:]]
        return next((move for move in self.moves if move.to_state in onward), None)


def bill_of(payment: PaymentRequest) -> Bill:
    """Return the calculation of a payment; at most one query, for orders that are paid singly."""
    agreement, period = payment.agreement, period_covered(payment)
    if agreement.price_basis == PriceBasis.PER_ORDER:
        orders = tuple(orders_to_pay(agreement, period).order_by("number")[:MOST_ORDERS])
        exact = base_by_orders([payment.base])
        return _bill(payment, exact, None, orders)
    exact = base_by_time(unit_price=agreement.unit_price, quantity=payment.quantity, period=period)
    return _bill(payment, exact, period.months, ())


def _bill(
    payment: PaymentRequest, exact: Fraction, months: Fraction | None, orders: tuple[Any, ...]
) -> Bill:
    assessed = None
    if payment.coefficient is not None:
        assessed = to_fen(exact * Fraction(payment.coefficient))
    shown = max((assessed or Decimal(0)) - payment.deductions_total, Decimal(0))
    return Bill(
        months=None if months is None else _decimal(months),
        is_part=months is not None and months.denominator != 1,
        orders=orders,
        assessed=assessed,
        is_rounded=assessed is not None and shown != payment.payable,
    )


def _decimal(months: Fraction) -> Decimal:
    return (Decimal(months.numerator) / months.denominator).quantize(PLACES)


def steps_of(payment: PaymentRequest, parties: PaymentParties) -> list[Step]:
    """Return the signatures of a payment since it last went back to the draft; one query."""
    changes = list(
        PaymentChange.objects.filter(payment=payment)
        .select_related("actor", "organisation")
        .order_by("recorded_at", "id")
    )
    standing: dict[str, PaymentChange] = {}
    for change in changes:
        if change.to_state == PaymentState.DRAFTED and change.from_state:
            standing = {state: c for state, c in standing.items() if state == PaymentState.DRAFTED}
        else:
            standing[change.to_state] = change
    states = [state for state, _side in WAY]
    reached = states.index(PaymentState(payment.state)) if payment.state in states else len(WAY)
    return [
        Step(
            state,
            standing.get(state.value),
            tuple(_bodies(parties, side)),
            is_done=place <= reached < len(WAY),
            is_next=place == reached + 1,
        )
        for place, (state, side) in enumerate(WAY)
    ]


def _bodies(parties: PaymentParties, side: PaymentSide) -> list[Any]:
    if side == PaymentSide.VERIFIER:
        return parties.holders(parties.verifying_role)
    if side == PaymentSide.CONFIRMER:
        return parties.holders(parties.confirming_role)
    return parties.holders("client")


def powers_of(
    payment: PaymentRequest, parties: PaymentParties, scope: Scope, actor: User | None
) -> Powers:
    """Return what the viewer may do with a payment now; the services decide it again."""
    is_open = payment.state in OPEN_STATES
    return Powers(
        moves=tuple(
            move
            for move in moves_from_state(payment.state)
            if may_move(move, payment, parties, scope, actor)
        ),
        deduct=is_open and _judges(PaymentSide.DEDUCTER, payment, parties, scope, actor),
        refresh=payment.state == PaymentState.DRAFTED
        and parties.acting(PaymentSide.DRAFTER, scope, actor) is not None,
        assess=is_open
        and not parties.carries_out(scope)
        and parties.acting(PaymentSide.VERIFIER, scope, actor) is not None,
    )


def may_move(
    move: PaymentMove,
    payment: PaymentRequest,
    parties: PaymentParties,
    scope: Scope,
    actor: User | None,
) -> bool:
    """Whether the viewer stands where a move is made."""
    if len(move.sides) == 1 and move.sides[0] in JUDGING:
        return _judges(move.sides[0], payment, parties, scope, actor)
    return any(parties.acting(side, scope, actor) for side in move.sides)


def _judges(
    side: PaymentSide,
    payment: PaymentRequest,
    parties: PaymentParties,
    scope: Scope,
    actor: User | None,
) -> bool:
    by = parties.acting(side, scope, actor)
    return by is not None and not parties.carries_out(scope) and not acted_for_another(payment, by)
