"""`coverage`: compute indicators of an area and keep the runs, or tell what a population holds."""

from __future__ import annotations

import datetime
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from maps.coverage.population_file import population_from_file
from maps.coverage.rules import rule_in_use
from maps.coverage.runs import percent_of, run_coverage
from maps.kinds import Indicator
from maps.models import CoverageRun, PopulationSet
from sites.access import Scope
from sites.imports.problems import ImportStoppedError
from sites.kinds import AreaLevel
from sites.models import Area
from sites.services import ServiceError
from sites.townships import township_names


class Command(BaseCommand):
    """Print each indicator with its parts, by township and in total; runs are kept."""

    help = _("Compute coverage indicators of an area on a day; the runs are kept.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's options."""
        parser.add_argument("--area", default="", help=_("code; without it the only district"))
        parser.add_argument("--indicator", choices=Indicator.values, action="append")
        parser.add_argument("--as-of", help=_("day such as 2023-12-31; without it today"))
        parser.add_argument("--before", help=_("an earlier day to compare with"))
        parser.add_argument("--without-year", type=int, help=_("leave out the roads of a year"))
        parser.add_argument("--population", help=_("a file with people, or a population's id"))
        parser.add_argument("--people-field", default="", help=_("field of the file's people"))
        parser.add_argument("--rule", type=int, help=_("version of the rule; else the newest"))
        parser.add_argument("--json", action="store_true", help=_("print JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute, keep and print."""
        area = _area(options["area"])
        days = [day for day in (_day(options["before"]), _day(options["as_of"])) if day is not None]
        if options["as_of"] is None:
            days.append(timezone.localdate())
        try:
            population = _population(area, options)
            for indicator in options["indicator"] or Indicator.values:
                rule = rule_in_use(indicator, options["rule"])
                runs = [
                    run_coverage(
                        indicator=indicator,
                        area=area,
                        as_of=day,
                        rule=rule,
                        population=population,
                        without_year=options["without_year"],
                        actor=None,
                        scope=Scope.internal(),
                    )
                    for day in days
                ]
                self._tell(runs, as_json=options["json"])
        except (ServiceError, ImportStoppedError) as error:
            raise CommandError(str(error)) from error

    def _tell(self, runs: list[CoverageRun], *, as_json: bool) -> None:
        if as_json:
            for run in runs:
                self.stdout.write(json.dumps(_as_json(run), ensure_ascii=False))
            return
        for run in runs:
            self.stdout.write(
                f"{run.get_indicator_display()}  {run.as_of}  {_percent(run)}"
                f"  ({run.numerator:.2f} / {run.denominator:.2f})"
                f"  {_('rule')} {run.rule.number}  {run.pk}"
            )
            rows = list(run.rows.all())
            names = township_names(row.township_code for row in rows)
            for row in rows:
                rate = percent_of(row.numerator, row.denominator)
                name = names.get(row.township_code, row.township_code)
                self.stdout.write(
                    f"    {row.township_code} {name}  {_rate(rate)}"
                    f"  ({row.numerator:.2f} / {row.denominator:.2f})"
                )
        rates = [percent_of(run.numerator, run.denominator) for run in runs]
        if len(rates) == 2 and rates[0] is not None and rates[1] is not None:
            change = _("%(points)s percentage points more") % {"points": rates[1] - rates[0]}
            self.stdout.write(f"    {rates[0]} % → {rates[1]} %: {change}")


def _as_json(run: CoverageRun) -> dict[str, Any]:
    rate = percent_of(run.numerator, run.denominator)
    return {
        "id": str(run.pk),
        "indicator": run.indicator,
        "area": run.area_code,
        "as_of": run.as_of.isoformat(),
        "rule": run.rule.number,
        "population": None if run.population_id is None else str(run.population_id),
        "numerator": str(run.numerator),
        "denominator": str(run.denominator),
        "percent": None if rate is None else str(rate),
        "inputs": run.inputs,
        "inputs_sha256": run.inputs_sha256,
        "rows": [
            {
                "township": row.township_code,
                "numerator": str(row.numerator),
                "denominator": str(row.denominator),
            }
            for row in run.rows.all()
        ],
    }


def _percent(run: CoverageRun) -> str:
    return _rate(percent_of(run.numerator, run.denominator))


def _rate(rate: Any) -> str:
    return _("not defined") if rate is None else f"{rate} %"


def _area(code: str) -> Area:
    if code:
        found = Area.objects.in_force(timezone.localdate()).filter(code=code).first()
        if found is None:
            raise CommandError(_("There is no area of the code %(code)s.") % {"code": code})
        return Area.objects.get(pk=found.pk)
    districts = list(Area.objects.in_force(timezone.localdate()).filter(level=AreaLevel.DISTRICT))
    if len(districts) != 1:
        raise CommandError(_("Give --area: there is not exactly one district."))
    only: Area = districts[0]
    return only


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(_("Give a date such as 2026-11-23."))
    return day


def _population(area: Area, options: dict[str, Any]) -> PopulationSet | None:
    given = options["population"]
    if not given:
        return None
    try:
        kept = PopulationSet.objects.filter(pk=UUID(given)).first()
    except ValueError:
        kept = None
    if kept is not None:
        return PopulationSet.objects.get(pk=kept.pk)
    path = Path(given)
    if not path.is_file():
        raise CommandError(
            _("There is no population and no file called %(name)s.") % {"name": given}
        )
    today = timezone.localdate()
    return population_from_file(
        path=path,
        area=area,
        name=path.name,
        year=today.year,
        on=today,
        people_field=options["people_field"],
        actor=None,
        scope=Scope.internal(),
    )
