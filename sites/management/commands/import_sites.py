"""`import_sites FILE --kind K --programme CODE`: a survey file into the register."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.imports import runs, terminal
from sites.imports.outcome import Outcome
from sites.imports.problems import FileProblemError, QuestionError
from sites.imports.site_import import SiteImport, import_sites
from sites.kinds import Kind
from sites.models import Programme


class Command(BaseCommand):
    help = "Import sites from GeoJSON, GeoPackage, zipped Shapefile, CSV or Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        terminal.add_options(parser)
        parser.add_argument(
            "--kind",
            required=True,
            choices=[*Kind.values, "mixed"],
            help="kind of the sites; mixed: each row says it, as in our own exports",
        )
        parser.add_argument("--programme", help="code of the programme they belong to")
        parser.add_argument("--mapping", type=Path, help="JSON file: our field to the column")
        parser.add_argument("--source", default="", help="name of the source; else the layer's")

    def handle(self, *args: Any, **options: Any) -> None:
        request = SiteImport(
            path=options["file"],
            kind=None if options["kind"] == "mixed" else options["kind"],
            programme=_programme(options["programme"]),
            options=terminal.read_options(options),
            source=options["source"],
            mapping=_mapping(options["mapping"]),
            accept_good_rows=options["accept_good_rows"],
            dry_run=options["dry_run"],
            on_written=lambda outcome: record(outcome),
        )

        def record(outcome: Outcome) -> None:
            runs.run_record(
                kind=options["kind"],
                programme=request.programme,
                file_name=request.path.name,
                size=request.path.stat().st_size,
                outcome=outcome,
            )

        try:
            with terminal.Bar() as bar:
                outcome = import_sites(request, scope=Scope.internal(), actor=None, watch=bar)
        except QuestionError as error:
            raise terminal.question(error) from error
        except FileProblemError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Cancelled: nothing was imported."), returncode=130) from error
        terminal.tell(self.stdout, outcome, options)


def _programme(code: str | None) -> Programme | None:
    if code is None:
        return None
    found: Programme | None = Programme.objects.filter(code=code).first()
    if found is None:
        raise CommandError(str(FileProblemError("programme_missing", programme=code)))
    return found


def _mapping(path: Path | None) -> Any:
    if path is None:
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
