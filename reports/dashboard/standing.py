"""How a site stood at the end of a day: counted, started, finished, and its traffic light.

Today is told by the state itself. A day gone by is told from `actual_start`, `actual_finish` and
the plan as it reads now, which is an approximation: a site that was suspended then, or whose plan
was moved since, may have looked different. The pages say so.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, CharField, DateField, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sites.filter_parameter import Parameter
from sites.filter_values import ParameterError, Params, values_of
from sites.formatting import day as in_words
from sites.kinds import STATES_BEFORE_WORK, STATES_FINISHED, Delay, State

COUNTED, OPEN, STARTED, FINISHED = "counted", "open", "started", "finished"
STATUSES = (COUNTED, OPEN, STARTED, FINISHED, *Delay.values)
LEAST_YEAR, LARGEST_YEAR = 1949, 2100


@dataclass(frozen=True, slots=True)
class Standing:
    """One or more statuses, any of which is met, and the day; without a day it is told by today.

    Written `yellow.red@2026-03-31`.
    """

    statuses: tuple[str, ...]
    day: datetime.date | None = None

    def __str__(self) -> str:
        text = ".".join(self.statuses)
        return f"{text}@{self.day}" if self.day else text

    @property
    def label(self) -> str:
        """The statuses in words, with the day."""
        text = " / ".join(map(_word, self.statuses))
        if self.day is None:
            return text
        return _("%(status)s on %(day)s") % {"status": text, "day": in_words(self.day)}

    def condition(self, as_of: datetime.date) -> Q:
        """Return the condition on sites; `as_of` is today where no day is named."""
        met = Q()
        for status in self.statuses:
            met |= _status_condition(status, self.day, as_of)
        return met


def _word(status: str) -> str:
    words = {
        COUNTED: pgettext("standing", "Not cancelled"),
        OPEN: pgettext("standing", "Not yet finished"),
        STARTED: pgettext("standing", "Work begun"),
        FINISHED: pgettext("standing", "Finished"),
    }
    return words.get(status) or str(Delay(status).label)


def _status_condition(status: str, day: datetime.date | None, as_of: datetime.date) -> Q:
    counted = ~Q(state=State.CANCELLED)
    if status == COUNTED:
        return counted
    if status == FINISHED:
        return finished(day)
    if status == OPEN:
        return counted & ~finished(day)
    if status == STARTED:
        return counted & started(day)
    return counted & _light_condition(status, day, day or as_of)


def finished(day: datetime.date | None) -> Q:
    """Return that the work was done by the end of the day, or is done today."""
    done = Q(state__in=STATES_FINISHED)
    return done & Q(actual_finish__lte=day) if day else done


def started(day: datetime.date | None) -> Q:
    """Return that work had begun by the end of the day, or has begun today."""
    if day:
        return Q(actual_start__lte=day) | finished(day)
    return ~Q(state__in=[*STATES_BEFORE_WORK, State.CANCELLED])


def light(day: datetime.date | None, today: datetime.date) -> Case:
    """Return the traffic light of a site at the end of the day, or today's."""
    return Case(
        *(
            When(_light_condition(colour, day, day or today), then=Value(colour))
            for colour in (Delay.RED.value, Delay.YELLOW.value)
        ),
        default=Value(Delay.GREEN.value),
        output_field=CharField(max_length=6),
    )


def _light_condition(colour: str, day: datetime.date | None, judged: datetime.date) -> Q:
    due, today = _due_or_never(day), Value(judged)
    edge = Value(judged - datetime.timedelta(days=settings.DELAY_RED_DAYS))
    if colour == Delay.RED:
        return Q(LessThan(due, edge))
    if colour == Delay.YELLOW:
        return Q(LessThan(due, today)) & Q(GreaterThanOrEqual(due, edge))
    return Q(GreaterThanOrEqual(due, today))


def _due_or_never(day: datetime.date | None) -> Combinable:
    """Return the day after which a site was late, as it stood; a day without end for none."""
    due: Combinable = F("due_on")
    if day:
        due = Case(
            When(finished(day) | Q(state=State.CANCELLED), then=Value(None)),
            When(~started(day), then=Least("planned_start", "planned_finish")),
            default=F("planned_finish"),
            output_field=DateField(),
        )
    return Coalesce(due, Value(datetime.date.max), output_field=DateField())


def read_standings(params: Params) -> tuple[Standing, ...]:
    """Return the parameter `stood`, such as `finished@2026-03-31` or `counted,yellow.red`."""
    return tuple(map(_standing, values_of(params, "stood")))


def _standing(text: str) -> Standing:
    statuses, at, day = text.partition("@")
    found = tuple(statuses.split("."))
    if not set(found) <= set(STATUSES):
        raise ParameterError(
            "stood",
            "unknown_value",
            _("“%(value)s” is not one of: %(allowed)s.")
            % {"value": statuses[:60], "allowed": ", ".join(STATUSES)},
        )
    return Standing(found, read_day("stood", day) if at else None)


def read_day(parameter: str, text: str) -> datetime.date:
    """Return a day such as 2026-11-23 of a year that the register knows."""
    try:
        day = datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not LEAST_YEAR <= day.year <= LARGEST_YEAR:
        raise ParameterError(parameter, "bad_date", _("Give a date such as 2026-11-23."))
    return day


def _conditions(standings: tuple[Standing, ...], as_of: datetime.date) -> Q:
    met = Q()
    for standing in standings:
        met &= standing.condition(as_of)
    return met


STOOD = Parameter(
    "stood",
    gettext_lazy("How it stood"),
    read_standings,
    _conditions,
    f"{', '.join(STATUSES)}: joined by a dot, any is met; with @ and a day, as of the end of it."
    " Several, separated by commas, are all met.",
    words=lambda standings: ", ".join(standing.label for standing in standings),
)
"""The parameter of the filter of sites with which a number of the dashboard names its sites."""
