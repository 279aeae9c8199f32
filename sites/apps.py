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
        """Add the parameters that need more than a site's own columns."""
        from sites.filters import register
        from sites.progress_filter import PARAMETERS

        register(*PARAMETERS)
