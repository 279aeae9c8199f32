"""Texts beside the told values, for the tables of the page: money, targets, ranks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from funding.kinds import Stage
from funding.sums import UPPER_LEVELS
from reports.dashboard.kinds import Rank
from sites.formatting import NOTHING, money, plain
from sites.rounding import rounded_parts

TEN_THOUSAND = 10_000
MONEY_TEXTS = ("allocated", "paid")


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Money in 万元 by source and stage; the parts of a stage sum to its total as shown."""

    rows: list[tuple[dict[str, Any], list[tuple[str, str]]]]
    """A source with the text of each stage and the query of its entries."""
    upper: list[str]
    total: list[str]


def with_texts(values: dict[str, Any]) -> dict[str, Any]:
    """Return the told values with the texts that tables show beside them."""
    places = {**values["places"], "rows": [_with_money(row) for row in values["places"]["rows"]]}
    return {
        **values,
        "total": _with_money(values["total"]),
        "places": places,
        "programmes": [_with_target(_with_money(row)) for row in values["programmes"]],
        "months": [_with_money(row) for row in values["months"]],
        "ranking": _ranking(values["ranking"]),
    }


def money_table(values: dict[str, Any]) -> MoneyTable:
    """Return the money of the told values in 万元."""
    sources = values["sources"]
    columns = {stage: _rounded(row[stage] for row in sources) for stage in Stage.values}
    rows = []
    for number, source in enumerate(sources):
        kinds = [(kind, [_wan(kind[stage]) for stage in Stage.values]) for kind in source["kinds"]]
        texts = [
            (_text(columns[stage][number]), source["ledger"].get(stage, ""))
            for stage in Stage.values
        ]
        rows.append(({**source, "kind_rows": kinds}, texts))
    upper = [number for number, row in enumerate(sources) if row["level"] in UPPER_LEVELS]
    rolled = [
        _text(sum((columns[stage][number] for number in upper), Decimal(0)))
        for stage in Stage.values
    ]
    total = [_text(sum(columns[stage], Decimal(0))) for stage in Stage.values]
    return MoneyTable(rows, rolled, total)


def _rounded(amounts: Iterable[str]) -> list[Decimal]:
    return rounded_parts([Decimal(amount) / TEN_THOUSAND for amount in amounts], 2)


def _wan(amount: str) -> str:
    return _text((Decimal(amount) / TEN_THOUSAND).quantize(Decimal("0.01")))


def _text(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _with_money(row: dict[str, Any]) -> dict[str, Any]:
    texts = {
        f"{name}_text": NOTHING if row[name] is None else money(Decimal(row[name]))
        for name in MONEY_TEXTS
    }
    return {**row, **texts}


def _with_target(row: dict[str, Any]) -> dict[str, Any]:
    target = row["target"]
    if target is None:
        return row
    texts = {f"{name}_text": plain(Decimal(target[name])) for name in ("assigned", "executed")}
    return {**row, "target": {**target, **texts}}


def _ranking(ranking: dict[str, Any]) -> dict[str, Any]:
    rows = [{**row, "text": _rank_text(ranking["by"], row["value"])} for row in ranking["rows"]]
    largest = max((row["value"] for row in rows), default=0)
    return {**ranking, "rows": rows, "largest": largest or 1}


def _rank_text(rank: str, value: float) -> str:
    number = Decimal(str(value))
    if rank == Rank.PAID:
        return money(number)
    if rank == Rank.LATE:
        return plain(int(value))
    if rank == Rank.KILOMETRES:
        return f"{number:,.2f} km"
    return f"{number:.1f} %"
