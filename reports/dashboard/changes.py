"""What changed between two dates: which sites entered a state or were drawn elsewhere.

A change of state counts for the day on which it took effect. Geometry is compared as it was when
the first day began and when the last one ended, from the history that triggers keep, so a line
that was moved and moved back is no change.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.dashboard.kinds import ChangeKind
from reports.dashboard.standing import read_day
from sites.filter_parameter import Parameter
from sites.filter_values import ParameterError, Params, values_of
from sites.formatting import day as in_words
from sites.history import GeometryMark
from sites.kinds import STATES_BEFORE_WORK, STATES_VERIFIED, State
from sites.models import StateChange

HISTORY: Final = "ProjectSiteEvent"
ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first: datetime.date
    last: datetime.date

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    @property
    def begins_at(self) -> datetime.datetime:
        """The moment at which the first day begins on the office's clock."""
        return timezone.make_aware(datetime.datetime.combine(self.first, datetime.time.min))

    @property
    def ends_at(self) -> datetime.datetime:
        """The moment at which the last day is over."""
        following = self.last + datetime.timedelta(days=1)
        return timezone.make_aware(datetime.datetime.combine(following, datetime.time.min))


@dataclass(frozen=True, slots=True)
class Change:
    """Kinds of change in a span of days, any of which is met.

    Written `finished.cancelled@2026-01-01..2026-03-31`; all kinds together are `any`.
    """

    kinds: tuple[ChangeKind, ...]
    span: Span

    def __str__(self) -> str:
        text = ANY if set(self.kinds) == set(ChangeKind) else ".".join(self.kinds)
        return f"{text}@{self.span}"

    @property
    def label(self) -> str:
        """The change in words."""
        every = set(self.kinds) == set(ChangeKind)
        words = _("Any change") if every else " / ".join(str(k.label) for k in self.kinds)
        return _("%(change)s from %(first)s to %(last)s") % {
            "change": words,
            "first": in_words(self.span.first),
            "last": in_words(self.span.last),
        }

    def condition(self) -> Q:
        """Return the condition on sites."""
        met, states = Q(), Q()
        for kind in self.kinds:
            if kind == ChangeKind.MOVED:
                met |= moved(self.span)
            else:
                states |= move_condition(kind)
        if states:
            met |= Q(Exists(moves(self.span).filter(states, site=OuterRef("pk"))))
        return met


def moves(span: Span) -> QuerySet[Any]:
    """Return the changes of state that took effect in the span."""
    return StateChange.objects.filter(effective_on__gte=span.first, effective_on__lte=span.last)


def move_condition(kind: ChangeKind) -> Q:
    """Return which changes of state are of a kind; every one is of exactly one."""
    meanings = {
        ChangeKind.STARTED: Q(to_state=State.UNDER_CONSTRUCTION, from_state__in=STATES_BEFORE_WORK),
        ChangeKind.FINISHED: Q(to_state=State.COMPLETED) & ~Q(from_state=State.RECTIFYING),
        ChangeKind.ACCEPTED: Q(to_state__in=STATES_VERIFIED),
        ChangeKind.SUSPENDED: Q(to_state=State.SUSPENDED),
        ChangeKind.CANCELLED: Q(to_state=State.CANCELLED),
    }
    if kind in meanings:
        return meanings[kind]
    other = Q()
    for condition in meanings.values():
        other &= ~condition
    return other


def kind_of(move: StateChange) -> ChangeKind:
    """Return the kind of one change of state."""
    if move.to_state == State.UNDER_CONSTRUCTION and move.from_state in STATES_BEFORE_WORK:
        return ChangeKind.STARTED
    if move.to_state == State.COMPLETED and move.from_state != State.RECTIFYING:
        return ChangeKind.FINISHED
    if move.to_state in STATES_VERIFIED:
        return ChangeKind.ACCEPTED
    named = {State.SUSPENDED: ChangeKind.SUSPENDED, State.CANCELLED: ChangeKind.CANCELLED}
    return named.get(State(move.to_state), ChangeKind.STATE)


def moved(span: Span) -> Q:
    """Return the condition on sites whose geometry differs between the ends of the span.

    A row of the history holds the values from before a change: the first one since a moment shows
    how the site was at that moment, and the site itself where none follows.
    """
    history = apps.get_model("sites", HISTORY)._default_manager.filter(pgh_obj=OuterRef("pk"))
    ordered = history.order_by("pgh_created_at", "pgh_id").values(mark=_mark())
    inside = history.filter(pgh_created_at__gte=span.begins_at, pgh_created_at__lt=span.ends_at)
    before = Subquery(ordered.filter(pgh_created_at__gte=span.begins_at)[:1])
    after = Subquery(ordered.filter(pgh_created_at__gte=span.ends_at)[:1])
    return Q(Exists(inside)) & ~Q(Exact(before, Coalesce(after, _mark())))


def _mark() -> Combinable:
    """Return a text that differs when the planned or the actual geometry does."""
    nothing = Value("-", output_field=TextField())
    return Concat(
        Coalesce(GeometryMark(F("planned_geometry")), nothing),
        Value("/"),
        Coalesce(GeometryMark(F("actual_geometry")), nothing),
        output_field=TextField(),
    )


def read_span(parameter: str, text: str) -> Span:
    """Return two days such as `2026-01-01..2026-03-31`, in order; raises `ParameterError`."""
    first, dots, last = text.partition("..")
    span = Span(read_day(parameter, first), read_day(parameter, last if dots else ""))
    return checked(parameter, span)


def checked(parameter: str, span: Span) -> Span:
    """Return the span, if its days are in order."""
    if span.first > span.last:
        raise ParameterError(
            parameter, "days_out_of_order", _("The first day must not come after the last.")
        )
    return span


def read_changes(params: Params) -> tuple[Change, ...]:
    """Return the parameter `changed`."""
    return tuple(map(_change, values_of(params, "changed")))


def _change(text: str) -> Change:
    words, at, span = text.partition("@")
    kinds = tuple(ChangeKind.values) if words == ANY else tuple(words.split("."))
    if not at or not set(kinds) <= set(ChangeKind.values):
        raise ParameterError(
            "changed",
            "unknown_value",
            _("“%(value)s” is not one of: %(allowed)s.")
            % {"value": words[:60], "allowed": ", ".join([ANY, *ChangeKind.values])},
        )
    return Change(tuple(map(ChangeKind, kinds)), read_span("changed", span))


def _any_of(changes: tuple[Change, ...], _as_of: datetime.date) -> Q:
    condition = Q()
    for change in changes:
        condition |= change.condition()
    return condition


CHANGED = Parameter(
    "changed",
    gettext_lazy("What changed"),
    read_changes,
    _any_of,
    f"{ANY}, {', '.join(ChangeKind.values)}, joined by a dot, with @ and two days:"
    " finished.cancelled@2026-01-01..2026-03-31. Any is met.",
    words=lambda changes: ", ".join(change.label for change in changes),
)
"""The parameter of the filter of sites with which list and map show what changed."""
