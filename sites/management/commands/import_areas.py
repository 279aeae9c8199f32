"""`import_areas FILE`: administrative units with their outlines or centres."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.imports import runs, terminal
from sites.imports.area_import import AreaImport, import_areas
from sites.imports.outcome import Outcome
from sites.imports.problems import FileProblemError, QuestionError
from sites.kinds import AreaLevel


class Command(BaseCommand):
    help = "Import areas: the code's length tells the level, its beginning the parent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        terminal.add_options(parser)
        parser.add_argument("--level", choices=AreaLevel.values, help="level that all must have")
        parser.add_argument(
            "--valid-from",
            type=datetime.date.fromisoformat,
            help="first day of new codes; else the first of January",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        request = AreaImport(
            path=options["file"],
            options=terminal.read_options(options),
            level=options["level"],
            valid_from=options["valid_from"],
            accept_good_rows=options["accept_good_rows"],
            dry_run=options["dry_run"],
            on_written=lambda outcome: record(outcome),
        )

        def record(outcome: Outcome) -> None:
            runs.run_record(
                kind=runs.AREAS,
                programme=None,
                file_name=request.path.name,
                size=request.path.stat().st_size,
                outcome=outcome,
            )

        try:
            with terminal.Bar() as bar:
                outcome = import_areas(request, scope=Scope.internal(), watch=bar)
        except QuestionError as error:
            raise terminal.question(error) from error
        except FileProblemError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(_("Cancelled: nothing was imported."), returncode=130) from error
        terminal.tell(self.stdout, outcome, options)
