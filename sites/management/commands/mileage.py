"""`manage.py mileage`: the mileage of rural roads by township and class."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sites.access import Scope
from sites.filters import ParameterError, SiteFilter
from sites.formatting import kilometres, signed_percent
from sites.mileage import Mileage, MileageRow, mileage
from sites.townships import township_names

COLUMNS = (
    "township",
    "township_name",
    "road_class",
    "roads",
    "declared_km",
    "measured_km",
    "difference_km",
    "difference_percent",
    "finished_roads",
    "finished_declared_km",
    "finished_measured_km",
)


class Command(BaseCommand):
    help = "Prints the mileage of rural roads by township and class, declared and measured."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", help="years, separated by commas")
        parser.add_argument("--township", help="township codes, separated by commas")
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in ("year", "township") if options[name]}
        try:
            found = mileage(Scope.internal(), SiteFilter.from_query(given))
        except ParameterError as error:
            raise CommandError(f"--{error.parameter}: {error.message}") from error
        names = township_names(row.township_code for row in found.rows)
        write = {"table": self._table, "csv": self._csv, "json": self._json}[options["format"]]
        write(found, names)

    def _table(self, found: Mileage, names: dict[str, str]) -> None:
        self.stdout.write(
            f"{'township':<10} {'class':<9} {'roads':>7} {'declared':>12} {'measured':>12}"
            f" {'diff':>8} {'finished':>12}  name"
        )
        total = found.total
        for row in (*found.rows, total):
            code = "total" if row is total else row.township_code or "-"
            self.stdout.write(
                f"{code:<10} {row.road_class or '-':<9} {row.every.sites:>7}"
                f" {kilometres(row.every.declared_m):>12} {kilometres(row.every.measured_m):>12}"
                f" {signed_percent(row.every.difference_percent):>8}"
                f" {kilometres(row.finished.declared_m):>12}"
                f"  {names.get(row.township_code, '')}"
            )

    def _csv(self, found: Mileage, names: dict[str, str]) -> None:
        writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_record(row, names) for row in found.rows)

    def _json(self, found: Mileage, names: dict[str, str]) -> None:
        rows = [_record(row, names) for row in found.rows]
        total = _record(found.total, names)
        self.stdout.write(json.dumps({"rows": rows, "total": total}, ensure_ascii=False))


def _record(row: MileageRow, names: dict[str, str]) -> dict[str, Any]:
    percent = row.every.difference_percent
    values = (
        row.township_code,
        names.get(row.township_code, ""),
        row.road_class,
        row.every.sites,
        _km(row.every.declared_m),
        _km(row.every.measured_m),
        _km(row.every.difference_m),
        None if percent is None else round(percent, 3),
        row.finished.sites,
        _km(row.finished.declared_m),
        _km(row.finished.measured_m),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _km(metres: Any) -> float:
    return round(float(metres) / 1000, 4)
