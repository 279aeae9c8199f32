"""Write the reference pages of `docs/` from the code, or check that they are up to date."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import env
from config.reference import configuration_page, data_model_page

PAGES = {
    "docs/data-model.md": data_model_page,
    "docs/configuration.md": configuration_page,
}


class Command(BaseCommand):
    help = "Write docs/data-model.md and docs/configuration.md; --check only compares."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = []
        for name, page in PAGES.items():
            path = env.ROOT / name
            text = page()
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(name)
            if not options["check"]:
                path.write_text(text, encoding="utf-8")
        if stale and options["check"]:
            raise CommandError(f"Not up to date: {', '.join(stale)}. Run script/manage write_docs.")
        self.stdout.write("written: " + ", ".join(stale) if stale else "up to date")
