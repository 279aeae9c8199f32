"""What the page of a work order shows: steps, what the viewer may do next, evidence, history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from assets.kinds import PhotoStage
from maintenance.kinds import OrderState
from maintenance.models import (
    Defect,
    DefectPhoto,
    LogPhoto,
    MaintenanceLog,
    OrderChange,
    PublicReport,
    WorkOrder,
)
from maintenance.order_moves import OrderMove, Side, moves_from_state
from maintenance.order_roles import acted_for_another, acting_on
from maintenance.parties import office_of
from sites.access import Scope
from sites.drawing import Drawing, Shape, drawing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PATH: Final = (
    (OrderState.ISSUED, Side.ISSUER, pgettext_lazy("step", "Issued")),
    (OrderState.ACCEPTED, Side.EXECUTOR, pgettext_lazy("step", "Accepted")),
    (OrderState.DOING, Side.EXECUTOR, pgettext_lazy("step", "Begun")),
    (OrderState.SUBMITTED, Side.EXECUTOR, pgettext_lazy("step", "Submitted")),
    (OrderState.INSPECTED, Side.INSPECTOR, pgettext_lazy("step", "Inspected")),
    (OrderState.CONFIRMED, Side.CONFIRMER, pgettext_lazy("step", "Confirmed")),
    (OrderState.CLOSED, Side.OFFICE, pgettext_lazy("step", "Closed")),
)
BUTTONS: Final[dict[tuple[str, str], str | Promise]] = {
    ("issued", "accepted"): _("Accept the order"),
    ("accepted", "doing"): _("Begin the work"),
    ("doing", "submitted"): _("Submit the work"),
    ("submitted", "inspected"): _("The work passes inspection"),
    ("inspected", "confirmed"): _("Confirm the work"),
    ("confirmed", "closed"): _("Close the order"),
    ("submitted", "doing"): _("Send back to the executor"),
    ("inspected", "doing"): _("Send back to the executor"),
}
CANCEL: Final = _("Cancel the order")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the order: whose it is, who made it when, and whether it is done or next."""

    label: str | Promise
    body: str
    mark: str
    who: User | None = None
    at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A move that the viewer may make, and what its button says."""

    move: OrderMove
    label: str | Promise


@dataclass(frozen=True, slots=True)
class NextMoves:
    """What the viewer may do: one main move, others beside it, or why not."""

    main: Action | None = None
    others: Sequence[Action] = ()
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class StagePhotos:
    """Photos of one stage of the work, of the defects and of the logs together."""

    label: str | Promise
    photos: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """A defect of the order with the public reports that led to it."""

    defect: Defect
    reports: Sequence[PublicReport]


def steps_of(order: WorkOrder, changes: Sequence[OrderChange]) -> list[Step]:
    """Return the line of steps; a step that was undone by a rework is to be made again."""
    states = [state.value for state, _side, _label in PATH]
    place = states.index(order.state) if order.state in states else -1
    latest = {change.to_state: change for change in changes}
    steps = []
    for number, (state, side, label) in enumerate(PATH):
        reached = number <= place or (place < 0 and state in latest)
        change = latest.get(state) if reached else None
        next_one = number == place + 1 and place >= 0
        mark = "done" if reached else ("next" if next_one else "later")
        who, at = (change.actor, change.at) if change else (None, None)
        if state == OrderState.ISSUED and change is None:
            who, at = order.issued_by, order.issued_at
        steps.append(Step(label, _body(order, side, change), mark, who, at))
    return steps


def _body(order: WorkOrder, side: Side, change: OrderChange | None) -> str:
    if side in {Side.EXECUTOR, Side.INSPECTOR, Side.CONFIRMER}:
        return str(getattr(order, side.value).label)
    if change is not None and change.organisation is not None:
        return str(change.organisation.label)
    office = pgettext("body", "Office")
    return office if change is None or not change.role else str(change.get_role_display())


def next_moves(order: WorkOrder, scope: Scope, user: User) -> NextMoves:
    """Return what the viewer may do to an order now."""
    allowed, conflict = [], False
    for move in moves_from_state(order.state):
        by = acting_on(move.side, order, scope, user)
        if by is None:
            continue
        if acted_for_another(order, by):
            conflict = True
            continue
        label = BUTTONS.get((move.from_state, move.to_state), CANCEL)
        allowed.append(Action(move, label))
    main = next((action for action in allowed if not action.move.needs_reason), None)
    return NextMoves(main, [action for action in allowed if action is not main], conflict)


def history_of(order: WorkOrder) -> list[OrderChange]:
    """Return the order's changes with who made them, the first one first."""
    rows = OrderChange.objects.filter(order=order).select_related("actor", "organisation")
    return list(rows.order_by("at", "id"))


def photos_of(order: WorkOrder, logs: QuerySet[MaintenanceLog]) -> list[StagePhotos]:
    """Return the photos before, during and after, from the defects and from the logs given."""
    found: dict[str, dict[Any, Any]] = {stage: {} for stage in PhotoStage.values}
    defects = DefectPhoto.objects.filter(defect__order=order).select_related("photo")
    logged = LogPhoto.objects.filter(log__in=logs.values("pk")).select_related("photo")
    links: list[Any] = [*defects.order_by("pk"), *logged.order_by("pk")]
    for link in links:
        found[link.stage][link.photo_id] = link.photo
    return [StagePhotos(PhotoStage(stage).label, list(found[stage].values())) for stage in found]


def causes_of(order: WorkOrder, scope: Scope) -> list[Cause]:
    """Return the order's defects with the public's reports, as far as the scope may know."""
    defects = list(Defect.objects.visible_to(scope).filter(order=order).order_by("found_at"))
    reports: dict[Any, list[PublicReport]] = {}
    if office_of(scope, order.area_code) and defects:
        rows = PublicReport.objects.visible_to(scope).filter(defect__in=defects)
        for report in rows.order_by("received_at"):
            reports.setdefault(report.defect_id, []).append(report)
    return [Cause(defect, reports.get(defect.pk, ())) for defect in defects]


def order_drawing(order: WorkOrder) -> Drawing | None:
    """Draw the order's place on its asset."""
    shapes = [
        Shape(order.asset.geometry, "actual", order.asset.label),
        Shape(order.point, "here", f"#{order.number}"),
    ]
    return drawing(shapes, focus=[order.point], height=280)


def days_late(order: WorkOrder, at: datetime.datetime) -> int:
    """Return how many days an order is past its limit, rounded up; 0 where it is not."""
    late = at - order.due_at
    return max(0, -(-late // datetime.timedelta(days=1)))
