"""`manage.py seed_demo`: fill an empty register with the fictional demo district.

Sites are made for every district of the scale; assets and a year of upkeep for the home district.
"""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.demo.loading import load_assets
from field.demo.loading import load_field
from funding.demo.loading import load_money
from maintenance.demo.loading import load_upkeep
from maps.demo.loading import load_coverage
from oversight.demo.loading import load_steering
from reports.demo.loading import load_reports
from sites.demo.accounts import ensure_accounts
from sites.demo.density import DEFAULT_SEED, SCALES, Scale
from sites.demo.generator import generate
from sites.demo.loading import analyse, load
from sites.demo.records import DemoDistrict
from sites.demo.state import holds_other_data, seeded_as


def accounts_file() -> Path:
    """Where the demo's accounts are written."""
    return Path(settings.BASE_DIR) / ".local" / "demo-accounts.json"


class Command(BaseCommand):
    """Seed the demo, once: the same seed again changes nothing."""

    help = _("Fill an empty register with a fictional district, its sites and demo accounts.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's options."""
        parser.add_argument("--scale", choices=sorted(SCALES), default="district")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help=_("Do nothing, successfully, where the register already holds other data."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, or find that there is nothing to do."""
        if not getattr(settings, "DEMO_SIGN_IN", False):
            raise CommandError(_("These settings do not allow a demo district."))
        scale, seed = SCALES[options["scale"]], options["seed"]
        found = seeded_as()
        if found is None and holds_other_data():
            if options["if_empty"]:
                self.stdout.write(_("The register holds data; no demo district was made."))
                return
            raise CommandError(
                _("The register holds other data. Use an empty database for the demo.")
            )
        if found is not None and (found.seed, found.scale) != (seed, scale.name):
            raise CommandError(
                _(
                    "The demo here has seed %(seed)s and scale %(scale)s. "
                    "Use an empty database for another one."
                )
                % {"seed": found.seed, "scale": found.scale}
            )
        if found is None:
            self._seed(scale, seed, timezone.localdate())
        accounts = ensure_accounts(accounts_file(), scale=scale.name)
        if found is None:
            load_field(at=timezone.now())
            analyse("field")
        self.stdout.write(
            _("Demo district ready; %(count)s accounts stand in %(file)s.")
            % {"count": len(accounts), "file": ".local/demo-accounts.json"}
        )

    def _seed(self, scale: Scale, seed: int, as_of: datetime.date) -> None:
        began = monotonic()
        stored = [0, 0]

        def notice(district: DemoDistrict) -> None:
            stored[0] += 1
            stored[1] += len(district.sites)
            if scale.districts > 1:
                self.stdout.write(
                    _("%(done)s of %(all)s districts, %(sites)s sites")
                    % {"done": stored[0], "all": scale.districts, "sites": stored[1]},
                    ending="\r" if self.stdout.isatty() else "\n",
                )
                self.stdout.flush()

        with transaction.atomic():
            load(
                generate(scale, seed=seed, as_of=as_of),
                seed=seed,
                scale=scale.name,
                as_of=as_of,
                notice=notice,
            )
            analyse("sites")
            assets = load_assets(seed=seed, as_of=as_of)
            analyse("assets")
            load_money(seed=seed, as_of=as_of)
            analyse("funding")
            load_upkeep(assets, seed=seed, as_of=as_of)
            analyse("maintenance")
            load_steering(seed=seed, as_of=as_of)
            analyse("oversight")
            load_coverage(as_of=as_of)
            analyse("maps")
            load_reports(as_of=as_of)
            analyse("reports")
        self.stdout.write(
            _("%(sites)s sites and %(assets)s assets made in %(seconds)s seconds.")
            % {
                "sites": stored[1],
                "assets": len(assets),
                "seconds": f"{monotonic() - began:.1f}",
            }
        )
