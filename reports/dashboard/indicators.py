"""The indicators at the head of the dashboard: a number in words, and its list of sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from funding.kinds import Stage
from reports.dashboard.board import Board
from reports.dashboard.choice import Choice
from reports.dashboard.reads import LAGGING
from reports.dashboard.standards import Rate
from reports.dashboard.standing import COUNTED, FINISHED
from sites.formatting import NOTHING, day, kilometres, money, plain
from sites.kinds import Delay, Kind


@dataclass(frozen=True, slots=True)
class Indicator:
    """A label, a number with its unit, what stands beside it, and the page behind the number.

    `percent` draws a bar; `light` marks a traffic light with its shape.
    """

    key: str
    label: str | Promise
    text: str
    unit: str = ""
    note: str = ""
    address: str = ""
    percent: Decimal | None = None
    light: str = ""


def indicators(board: Board) -> tuple[Indicator, ...]:
    """Return the indicators of a dashboard, in the order in which they are shown."""
    return (*_works(board), *_money(board), *_warnings(board), *_rates(board))


def _works(board: Board) -> Iterator[Indicator]:
    total, choice = board.total, board.choice
    yield Indicator("sites", _("Sites"), plain(total.sites), address=_sites(choice.sites(COUNTED)))
    yield Indicator(
        "finished",
        pgettext("indicator", "Finished"),
        plain(total.finished),
        note=_share(total.finished_percent),
        address=_sites(choice.sites(FINISHED)),
        percent=total.finished_percent,
    )
    yield Indicator(
        "roads",
        _("Roads finished"),
        kilometres(total.finished_km * 1000, 2),
        _("km"),
        _("of %(km)s km planned") % {"km": kilometres(total.planned_km * 1000, 2)},
        _of_kinds(choice, Kind.ROAD),
    )
    yield Indicator(
        "households",
        _("Households renovated"),
        plain(int(total.households)),
        address=_of_kinds(choice, Kind.HOUSING),
    )
    yield Indicator(
        "people",
        _("People reached"),
        plain(int(total.people)),
        note=_("as stated by each site; some are counted twice"),
        address=_of_kinds(choice, Kind.WATER_WORKS, Kind.VILLAGE_CENTRE),
    )


def _money(board: Board) -> Iterator[Indicator]:
    total, choice = board.total, board.choice
    yield Indicator(
        "allocated",
        _("Money allocated"),
        money(total.allocated),
        address=_entries(choice, Stage.ALLOCATED),
    )
    yield Indicator(
        "paid",
        _("Money paid"),
        money(total.paid),
        note=_("%(percent)s %% of the allocated") % {"percent": total.paid_percent}
        if total.paid_percent is not None
        else "",
        address=_entries(choice, Stage.PAID),
        percent=total.paid_percent,
    )


def _warnings(board: Board) -> Iterator[Indicator]:
    total, choice = board.total, board.choice
    for light, number in ((Delay.YELLOW, total.yellow), (Delay.RED, total.red)):
        hidden = bool(choice.filter.delay) and light not in choice.filter.delay
        yield Indicator(
            light.value,
            str(light.label),
            plain(number),
            address="" if hidden else _sites(choice.sites(COUNTED, delay=(light.value,))),
            light=light.value,
        )
    if choice.month is None:
        quiet = choice.replaced("quiet", True)
        yield Indicator(
            "quiet",
            _("Quiet sites"),
            plain(total.quiet),
            note=_("at work, nothing heard of them"),
            address=_sites(quiet.sites(COUNTED)),
        )
    if board.money_lag is not None:
        lagging = choice.replaced("money_lag", LAGGING)
        yield Indicator(
            "money_lag",
            _("Paid too slowly"),
            plain(board.money_lag),
            note=_("payment behind the work by more than %(points)s points (our choice)")
            % {"points": settings.MONEY_LAG_YELLOW},
            address=_sites(lagging.sites(COUNTED)),
        )


def _rates(board: Board) -> Iterator[Indicator]:
    yield _rate("upkeep", _("Upkeep coverage"), board.upkeep)
    yield _rate("rural_access", _("Rural Access Index"), board.rural_access)


def _rate(key: str, label: str, rate: Rate | None) -> Indicator:
    if rate is None or rate.percent is None:
        return Indicator(key, label, NOTHING, note=_("not computed yet"))
    return Indicator(
        key,
        label,
        str(rate.percent),
        "%",
        _("as of %(day)s") % {"day": day(rate.day)},
        rate.address,
        rate.percent,
    )


def _share(percent: Decimal | None) -> str:
    return "" if percent is None else f"{percent} %"


def _sites(query: str) -> str:
    return f"/sites/?{query}"


def _entries(choice: Choice, stage: Stage) -> str:
    query = choice.ledger(stage.value)
    return f"{reverse('funding:entry-list')}?{query}" if query else ""


def _of_kinds(choice: Choice, *kinds: Kind) -> str:
    """Return the list of finished sites of kinds; none where the filter leaves out all of them."""
    chosen = choice.filter.kind
    left = tuple(kind.value for kind in kinds if not chosen or kind in chosen)
    return _sites(choice.sites(FINISHED, kind=left)) if left else ""
