"""The dashboard, and the same on a big screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from funding.kinds import SourceLevel, Stage
from reports.dashboard.board import Board, board
from reports.dashboard.choice import Choice
from reports.dashboard.indicators import indicators
from reports.dashboard.kinds import Rank
from reports.dashboard.telling import told
from reports.dashboard.texts import money_table, with_texts
from sites.access import scope_of_request
from sites.filter_choices import chips, filter_choices
from sites.filter_values import ParameterError
from sites.formatting import day
from sites.kinds import Delay
from sites.rounding import ROUNDING_NOTE

REFRESH_SECONDS = 120
"""How often the big screen reads anew."""
FORM_PARAMETERS = frozenset({"year", "kind", "township", "programme", "delay", "source", "month"})
"""What the form asks for; all else is kept as it is in the address."""
TURN_SECONDS = 20
"""How long the big screen shows a panel."""


@dataclass(frozen=True, slots=True)
class ChosenChip:
    """One chosen value in words, and the address without it."""

    label: str
    address: str


@require_safe
@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the dashboard; a wrong parameter is named and left out, with status 400."""
    choice, problems = _read(request.GET)
    context = {**_context(request, choice), "problems": problems}
    return render(request, "reports/dashboard.html", context, status=400 if problems else 200)


@require_safe
@login_required
def screen(request: HttpRequest) -> HttpResponse:
    """Show the dashboard on a big screen: dark, large, turning its panels by itself."""
    choice, problems = _read(request.GET)
    context = {
        **_context(request, choice),
        "problems": problems,
        "refresh_seconds": REFRESH_SECONDS,
        "turn_seconds": TURN_SECONDS,
    }
    return render(request, "reports/screen.html", context, status=400 if problems else 200)


def _context(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    scope = scope_of_request(request)
    shown = board(scope, choice)
    values = told(shown)
    choices = filter_choices(scope, choice.filter)
    base = reverse(f"reports:{request.resolver_match.url_name}")  # type: ignore[union-attr]
    return {
        "base": base,
        "board": with_texts(values),
        "charts": {**values, "words": _words(), "urls": _urls(base, choice)},
        "indicators": indicators(shown),
        "money": money_table(values),
        "red_days": settings.DELAY_RED_DAYS,
        "kept_pairs": [pair for pair in choice.pairs() if pair[0] not in FORM_PARAMETERS],
        "chips": _chips(choice, choices, base),
        "choices": choices,
        "years": _years(choice, choices),
        "choice": choice,
        "ranks": [(rank, choice.replaced("rank", rank).to_query()) for rank in Rank],
        "month_options": _month_options(shown),
        "sources": [(level, level in choice.source) for level in SourceLevel],
        "stages": [(stage.value, stage.label, values["money"][stage.value]) for stage in Stage],
        "day": choice.day,
        "printed_at": timezone.now(),
        "rounding_note": ROUNDING_NOTE,
        "has_targets": any(row["target"] for row in values["programmes"]),
    }


def _read(query: QueryDict) -> tuple[Choice, list[ParameterError]]:
    """Read an address, leaving out each parameter that is wrong."""
    usable = query.copy()
    problems: list[ParameterError] = []
    today = timezone.localdate()
    while True:
        try:
            return Choice.from_query(usable, today=today), problems
        except ParameterError as error:
            problems.append(error)
            for name in [name for name in usable if name[:60] == error.parameter]:
                del usable[name]


def _chips(choice: Choice, choices: Any, base: str) -> list[ChosenChip]:
    def address(other: Choice) -> str:
        query = other.to_query()
        return f"{base}?{query}" if query else base

    found = [
        ChosenChip(chip.label, address(replace(choice, filter=chip.without)))
        for chip in chips(choice.filter, choices)
    ]
    for level in choice.source:
        label = _("Money: %(source)s") % {"source": SourceLevel(level).label}
        found.append(ChosenChip(label, address(choice.toggled("source", level))))
    if choice.month:
        label = _("At the end of %(day)s") % {"day": day(choice.month)}
        found.append(ChosenChip(label, address(choice.replaced("month", None))))
    return found


def _years(choice: Choice, choices: Any) -> list[tuple[str, str, bool]]:
    """Return the tabs of years: label, query, whether chosen. A month stays where it is."""
    every = choice.replaced("year", ())
    tabs = [(_("All years"), every.to_query(), not choice.filter.year)]
    for year in choices.years:
        other = choice.replaced("year", (int(year.value),))
        tabs.append((year.label, other.to_query(), choice.filter.year == (int(year.value),)))
    return tabs


def _month_options(shown: Board) -> list[tuple[str, bool]]:
    """Return the months that have ended, the latest first."""
    past = [row for row in shown.months if row.end < shown.choice.today]
    return [(row.end.strftime("%Y-%m"), row.end == shown.choice.month) for row in reversed(past)]


def _urls(base: str, choice: Choice) -> dict[str, str]:
    area = ",".join(choice.filter.area)
    shapes = reverse("api-dashboard-shapes")
    return {
        "page": base,
        "shapes": f"{shapes}?area={area}" if area else shapes,
        "today": choice.replaced("month", None).to_query(),
    }


def _words() -> dict[str, dict[str, str]]:
    return {
        "stage": {str(value): str(label) for value, label in Stage.choices},
        "rank": {str(value): str(label) for value, label in Rank.choices},
        "light": {str(value): str(label) for value, label in Delay.choices},
    }
