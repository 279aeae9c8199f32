"""Django's registration of the `funding` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FundingApp(AppConfig):
    """The `funding` app."""

    name = "funding"
    label = "funding"

    def ready(self) -> None:
        """Load the usual sources after a migration, and tell the apps below what money adds."""
        from funding.services.default_sources import sources_after_migrate

        post_migrate.connect(sources_after_migrate, sender=self)
