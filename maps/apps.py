"""Django's registration of the `maps` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MapsApp(AppConfig):
    """The `maps` app."""

    name = "maps"
    label = "maps"
    verbose_name = _("Map")

    def ready(self) -> None:
        """Bring the first rules of coverage with a migration."""
        from maps.coverage.rules import rules_after_migrate

        post_migrate.connect(rules_after_migrate, sender=self)
