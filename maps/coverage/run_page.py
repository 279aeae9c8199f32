"""What the page of a run shows: its parts with names and rates, and how they changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import get_language

from maps.coverage.input_words import InputLine, input_lines
from maps.coverage.parameters import PARAMETERS, whose
from maps.coverage.runs import percent_of
from maps.coverage.sketch import MOST_SPOTS, Sketch, rate_class, sketch_of
from maps.models import CoverageGap, CoverageRule, CoverageRun
from sites.townships import township_names

SHOWN_GAPS = 50


class TownshipLine(NamedTuple):
    """One township of a run; `before` and `points` compare with another run."""

    code: str
    name: str
    numerator: Decimal
    denominator: Decimal
    rate: Decimal | None
    rate_class: str
    before: Decimal | None
    points: Decimal | None


class ParameterLine(NamedTuple):
    """One parameter of a rule: its label, its value in words, and whose choice it is."""

    label: str
    value: str
    whose: str


@dataclass(frozen=True)
class RunPage:
    """A run as its page shows it."""

    run: CoverageRun
    rate: Decimal | None
    lines: tuple[TownshipLine, ...]
    earlier: CoverageRun | None
    earlier_rate: Decimal | None
    gaps: tuple[tuple[CoverageGap, str], ...]
    more_gaps: bool
    sketch: Sketch | None
    inputs: tuple[InputLine, ...]
    parameters: tuple[ParameterLine, ...]
    method: str

    @property
    def points(self) -> Decimal | None:
        """By how many percentage points the rate changed; None where one is not defined."""
        return _change(self.earlier_rate, self.rate)

    @property
    def missing(self) -> Decimal:
        """What is not reached."""
        return (self.run.denominator or Decimal(0)) - (self.run.numerator or Decimal(0))


def run_page(run: CoverageRun, earlier: CoverageRun | None = None) -> RunPage:
    """Return what the page of a finished run shows, beside an earlier one if given."""
    rows = list(run.rows.all())
    names = township_names(row.township_code for row in rows)
    past = {row.township_code: row for row in earlier.rows.all()} if earlier else {}
    lines = tuple(_line(row, names, past.get(row.township_code)) for row in rows)
    gaps = list(CoverageGap.objects.filter(run=run).order_by("-amount", "id")[:MOST_SPOTS])
    rates = {line.code: (line.name, line.rate) for line in lines}
    return RunPage(
        run,
        percent_of(run.numerator, run.denominator),
        lines,
        earlier,
        percent_of(earlier.numerator, earlier.denominator) if earlier else None,
        tuple((gap, names.get(gap.township_code, "")) for gap in gaps[:SHOWN_GAPS]),
        len(gaps) > SHOWN_GAPS,
        sketch_of(run, rates, gaps),
        tuple(input_lines(run.inputs)),
        parameter_lines(run.rule),
        method_of(run.rule),
    )


def parameter_lines(rule: CoverageRule) -> tuple[ParameterLine, ...]:
    """Return a rule's parameters in words."""
    return tuple(
        ParameterLine(
            str(parameter.label),
            parameter.words(rule.parameters[parameter.name]),
            whose(parameter, rule.parameters[parameter.name]),
        )
        for parameter in PARAMETERS[rule.indicator]
        if parameter.name in rule.parameters
    )


def method_of(rule: CoverageRule) -> str:
    """Return the method sheet in the language in force."""
    return rule.method_en if get_language() == "en" and rule.method_en else rule.method


def _line(row: Any, names: dict[str, str], past: Any) -> TownshipLine:
    rate = percent_of(row.numerator, row.denominator)
    before = percent_of(past.numerator, past.denominator) if past else None
    return TownshipLine(
        row.township_code,
        names.get(row.township_code, row.township_code),
        row.numerator,
        row.denominator,
        rate,
        rate_class(rate),
        before,
        _change(before, rate),
    )


def _change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    return None if before is None or after is None else after - before
