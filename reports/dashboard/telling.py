"""The dashboard as plain values: the one answer that the page, its charts and the API share.

Lengths are metres, money is yuan to the fen, shares are percent. `lists` hold the query of the
list of sites that a number counts, `choose` the query of the dashboard with a row chosen, or left
out where it was chosen, `ledger` the query of the page of the entries that an amount sums, empty
where that page cannot pick them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from funding.kinds import SourceKind, Stage
from reports.dashboard.board import Board, PlaceRow, ProgrammeRow, SourceRow
from reports.dashboard.choice import Choice
from reports.dashboard.months import MonthRow
from reports.dashboard.reads import ZERO
from reports.dashboard.standards import Rate
from reports.dashboard.standing import COUNTED, FINISHED
from reports.dashboard.tally import Tally
from reports.dashboard.targets import ProgrammeTarget
from sites.kinds import Delay, ProgrammeLevel, Unit

FEN: Final = Decimal("0.01")
LATE: Final = (Delay.YELLOW.value, Delay.RED.value)


def told(board: Board) -> dict[str, Any]:
    """Return everything that a dashboard shows."""
    choice = board.choice
    return {
        "as_of": choice.day.isoformat(),
        "is_today": choice.month is None,
        "query": choice.to_query(),
        "total": {
            **tally_values(board.total),
            "lists": _lists(choice),
            "ledger": _ledger(choice),
        },
        "places": {
            "level": board.places.level.value,
            "parameter": board.places.parameter,
            "rows": [_place(row, board) for row in board.by_place],
        },
        "programmes": [_programme(row, choice) for row in board.by_programme],
        "sources": [_source(row, choice) for row in board.by_source],
        "money": {stage: _yuan(amount) for stage, amount in board.money_total.items()},
        "lights": _lights(board),
        "months": [_month(row, choice) for row in board.months],
        "ranking": {
            "by": str(choice.rank),
            "rows": [
                {
                    "code": row.place.code,
                    "name": row.place.name,
                    "value": _number(row.tally.measure(choice.rank)),
                }
                for row in board.ranking
            ],
        },
        "upkeep": _rate(board.upkeep),
        "rural_access": _rate(board.rural_access),
        "undated": board.undated,
        "money_lag": board.money_lag,
    }


def tally_values(tally: Tally) -> dict[str, Any]:
    """Return the numbers of a tally."""
    return {
        "sites": tally.sites,
        "finished": tally.finished,
        "finished_percent": _number(tally.finished_percent),
        "green": tally.green,
        "yellow": tally.yellow,
        "red": tally.red,
        "late": tally.late,
        "quiet": tally.quiet,
        "planned_road_m": float(tally.planned_km * 1000),
        "finished_road_m": float(tally.finished_km * 1000),
        "finished_households": int(tally.households),
        "finished_people": int(tally.people),
        "allocated": _yuan(tally.allocated),
        "paid": _yuan(tally.paid),
        "paid_percent": _number(tally.paid_percent),
    }


def _lists(choice: Choice, **narrowed: tuple[Any, ...]) -> dict[str, str]:
    """Return the queries of the lists behind the numbers of a row."""
    lists = {
        "sites": choice.sites(COUNTED, **narrowed),
        "finished": choice.sites(FINISHED, **narrowed),
    }
    lights = narrowed.get("delay", choice.filter.delay)
    for colour in Delay.values:
        shown = (colour,) if not lights or colour in lights else ()
        if shown:
            lists[colour] = choice.sites(COUNTED, **{**narrowed, "delay": shown})
    late = tuple(colour for colour in LATE if not lights or colour in lights)
    if late:
        lists["late"] = choice.sites(COUNTED, **{**narrowed, "delay": late})
    return lists


def _place(row: PlaceRow, board: Board) -> dict[str, Any]:
    values = {
        "code": row.place.code,
        "name": row.place.name,
        "is_chosen": row.is_chosen,
        **tally_values(row.tally),
    }
    if not row.place.code:
        return {**values, "lists": {}, "ledger": {}, "choose": ""}
    choice, name = board.choice, board.places.parameter
    own = {name: (row.place.code,)}
    chosen = choice.toggled(name, row.place.code) if name == "township" else None
    opened = chosen or choice.replaced("area", (row.place.code,))
    return {
        **values,
        "lists": _lists(choice, **own),
        "ledger": _ledger(choice, area=(row.place.code,)),
        "choose": opened.to_query(),
    }


def _programme(row: ProgrammeRow, choice: Choice) -> dict[str, Any]:
    programme = row.programme
    return {
        "code": programme.code,
        "name": programme.label,
        "year": programme.year,
        "level": programme.level,
        "level_name": str(ProgrammeLevel(programme.level).label),
        "is_chosen": row.is_chosen,
        **tally_values(row.tally),
        "target": _target(row.target, programme.unit),
        "lists": _lists(choice, programme=(programme.code,)),
        "ledger": _ledger(choice, programme=(programme.code,)),
        "choose": choice.toggled("programme", programme.code).to_query(),
    }


def _target(target: ProgrammeTarget | None, unit: str) -> dict[str, Any] | None:
    if target is None:
        return None
    return {
        "unit": unit,
        "unit_name": str(Unit(unit).label),
        "assigned": str(target.assigned.normalize() + 0),
        "executed": str(target.executed.normalize() + 0),
        "verified": str(target.verified.normalize() + 0),
        "percent": _number(target.percent),
    }


def _source(row: SourceRow, choice: Choice) -> dict[str, Any]:
    return {
        "level": row.level.value,
        "name": str(row.level.label),
        "is_chosen": row.is_chosen,
        "is_empty": row.is_empty,
        **_stages(row.money),
        "kinds": [
            {"kind": kind, "name": str(SourceKind(kind).label), **_stages(money)}
            for kind, money in row.kinds
        ],
        "ledger": _ledger(choice, level=(row.level.value,)),
        "choose": choice.toggled("source", row.level.value).to_query(),
    }


def _stages(money: dict[str, Decimal]) -> dict[str, str]:
    return {stage: _yuan(money.get(stage, ZERO)) for stage in Stage.values}


def _lights(board: Board) -> list[dict[str, Any]]:
    choice = board.choice
    return [
        {
            "light": light.value,
            "name": str(light.label),
            "sites": board.lights.lights.get(light.value, 0),
            "is_chosen": light.value in choice.filter.delay,
            "list": choice.sites(COUNTED, delay=(light.value,)),
            "choose": choice.toggled("delay", light.value).to_query(),
        }
        for light in Delay
    ]


def _month(row: MonthRow, choice: Choice) -> dict[str, Any]:
    is_past = row.end < choice.today
    shown = choice.replaced("month", None if choice.month == row.end else row.end)
    return {
        "month": row.end.strftime("%Y-%m"),
        "is_future": row.is_future,
        "is_chosen": choice.month == row.end,
        "planned": row.planned,
        "finished": None if row.is_future else row.finished,
        "added": row.added,
        "planned_road_m": float(row.planned_km * 1000),
        "finished_road_m": None if row.is_future else float(row.finished_km * 1000),
        "allocated": None if row.is_future else _yuan(row.allocated),
        "paid": None if row.is_future else _yuan(row.paid),
        "list": "" if row.is_future else choice.replaced("month", row.end).sites(FINISHED),
        "ledger": {} if row.is_future else _ledger(_until(choice, row)),
        "choose": shown.to_query() if is_past else "",
    }


def _ledger(choice: Choice, **narrowed: tuple[Any, ...]) -> dict[str, str]:
    """Return the query of the ledger's page by stage."""
    queries = {stage: choice.ledger(stage, **narrowed) for stage in Stage.values}
    return {stage: query for stage, query in queries.items() if query}


def _until(choice: Choice, row: MonthRow) -> Choice:
    """Return the choice with the end of a month that has ended, else with today."""
    return choice.replaced("month", row.end if row.end < choice.today else None)


def _rate(rate: Rate | None) -> dict[str, Any] | None:
    if rate is None:
        return None
    return {
        "percent": _number(rate.percent),
        "numerator": str(rate.numerator),
        "denominator": str(rate.denominator),
        "as_of": rate.day.isoformat(),
        "address": rate.address,
    }


def _yuan(amount: Decimal) -> str:
    return str(amount.quantize(FEN))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
