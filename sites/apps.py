"""Django's registration of the `sites` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesApp(AppConfig):
    """The `sites` app."""

    name = "sites"
    label = "sites"
    verbose_name = _("Livelihood projects")

    def ready(self) -> None:
        """Add what needs more than a site's own columns: parameters, events, lights."""
        from sites import progress_lights, timeline_events
        from sites.filters import register
        from sites.progress_filter import PARAMETERS

        register(*PARAMETERS)
        timeline_events.register()
        progress_lights.register()
