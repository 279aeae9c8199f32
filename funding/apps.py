"""Django's registration of the `funding` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FundingApp(AppConfig):
    """The `funding` app."""

    name = "funding"
    label = "funding"

    def ready(self) -> None:
        """Load the usual sources after a migration, and tell the register what money adds."""
        from funding import programme_section, site_section, timeline_events
        from funding.gate_checks import register_gates
        from funding.money_lag import MONEY_LAG, lag_light
        from funding.services.default_sources import sources_after_migrate
        from sites.filters import register
        from sites.site_lights import register_light

        post_migrate.connect(sources_after_migrate, sender=self)
        register(MONEY_LAG)
        register_light(lag_light)
        register_gates()
        site_section.register()
        programme_section.register()
        timeline_events.register()
