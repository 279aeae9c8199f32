"""`export_layers LAYER --format F --output FILE`: a layer to a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from pyproj.exceptions import CRSError
from tqdm import tqdm

from maps.exports.choice import ExportChoice, parse_names
from maps.exports.formats import FORMATS
from maps.layers import EXPORT_LAYERS, LAYERS
from maps.subjects import subject_of
from sites.access import Scope, scope_of
from sites.filters import ParameterError
from sites.geometry import STORED_SRID


class Command(BaseCommand):
    help = "Export a layer to a file; the file appears whole or not at all."
    # They would load every page of the service first; nothing here depends on them.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("layer", choices=EXPORT_LAYERS)
        parser.add_argument("--format", choices=list(FORMATS), required=True)
        parser.add_argument("--output", type=Path, required=True)
        parser.add_argument(
            "--filter", nargs="*", default=[], metavar="NAME=VALUE", action="extend"
        )
        parser.add_argument("--fields", default="", help="names separated by commas")
        parser.add_argument("--srid", type=int, default=STORED_SRID, help="EPSG code to write in")
        parser.add_argument("--user", help="export what this user may see; without it, everything")

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        if not output.parent.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": output.parent})
        try:
            choice = _choice(options)
            count = self._write(choice, options["format"], output)
        except ParameterError as error:
            raise CommandError(f"{error.parameter}: {error.message}") from error
        except (CRSError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("%(count)s rows written to %(file)s.") % {"count": count, "file": output}
        )

    def _write(self, choice: ExportChoice, form: str, output: Path) -> int:
        if not sys.stderr.isatty():
            return FORMATS[form].write(choice, output, lambda count: None)
        with tqdm(total=choice.rows().count(), unit="rows") as bar:
            return FORMATS[form].write(choice, output, lambda count: bar.update(count - bar.n))


def _choice(options: dict[str, Any]) -> ExportChoice:
    given: defaultdict[str, list[str]] = defaultdict(list)
    subject = subject_of(LAYERS[options["layer"]])
    for pair in options["filter"]:
        name, equals, value = pair.partition("=")
        if not equals or name not in subject.names():
            raise CommandError(_("“%(pair)s” is no filter.") % {"pair": pair})
        given[name].append(value)
    return ExportChoice.of(
        _scope(options["user"]),
        subject.read(given),
        layer=options["layer"],
        names=parse_names(options["fields"]),
        srid=options["srid"],
    )


def _scope(username: str | None) -> Scope:
    if username is None:
        return Scope.internal()
    user = get_user_model().objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no user %(name)s.") % {"name": username})
    return scope_of(user)
