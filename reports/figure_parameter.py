"""The parameter `figure` of the filter of sites: exactly the sites behind a figure of a report."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db.models import F, Func, Q, UUIDField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import ReportFigure
from sites.filter_parameter import Parameter
from sites.filter_values import Params, parsed


def _read(params: Params) -> tuple[UUID, ...]:
    return parsed(params, "figure", UUID)


class Unnested(Func):
    """Each value of an array as a row."""

    function = "unnest"
    output_field = UUIDField()


def _of_figures(keys: tuple[UUID, ...], _day: datetime.date) -> Q:
    kept = ReportFigure.objects.filter(pk__in=keys).order_by()
    return Q(pk__in=kept.values_list(Unnested(F("identifiers")), flat=True))


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
