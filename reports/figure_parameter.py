"""Parameters of the filter of sites: the sites behind a figure, and those finished by a day."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Func, Q, UUIDField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import ReportFigure
from sites.filter_parameter import Parameter, day_of
from sites.filter_values import Params, parsed
from sites.formatting import day as day_words


def _read(params: Params) -> tuple[UUID, ...]:
    return parsed(params, "figure", UUID)


MANY_SITES = 20_000
"""From so many sites on, the register is walked in the list's order and each site looked up."""


class Unnested(Func):
    """Each value of an array as a row."""

    function = "unnest"
    output_field = UUIDField()


class LookedUp(Func):
    """A condition that is asked row by row, and not made a join first."""

    template = "(%(expressions)s) IS TRUE"
    output_field = BooleanField()


def _of_figures(keys: tuple[UUID, ...], _day: datetime.date) -> Q:
    kept = ReportFigure.objects.filter(pk__in=keys).order_by()
    members = Q(pk__in=kept.values_list(Unnested(F("identifiers")), flat=True))
    # The planner takes every array for a short one: it would join and sort a million sites for
    # the first fifty of them.
    if max(kept.values_list("site_count", flat=True), default=0) < MANY_SITES:
        return members
    return Q(LookedUp(ExpressionWrapper(members, output_field=BooleanField())))


def _words(keys: tuple[UUID, ...]) -> str:
    """Return which figure it is in words: its name and its report's."""
    found = ReportFigure.objects.filter(pk__in=keys).select_related("report")
    rows = found.defer("identifiers", "amounts")
    return ", ".join(
        _("%(figure)s (%(report)s)") % {"figure": row.label, "report": row.report.label}
        for row in rows
    )


FIGURE = Parameter(
    "figure",
    gettext_lazy("Figure"),
    _read,
    _of_figures,
    "Identifier of a report's figure: exactly the sites that are kept with it.",
    words=_words,
)
FINISHED_BY = Parameter(
    "finished_by",
    gettext_lazy("Finished by"),
    lambda params: day_of(params, "finished_by"),
    lambda day, _as_of: Q(actual_finish__lte=day) | Q(actual_finish__isnull=True),
    "A day such as 2026-11-23: not finished after it; sites without a day of finishing count.",
    nothing=None,
    words=day_words,
)
"""Unlike `finished_to` it keeps sites whose day nobody wrote down, as every sum of works does."""
