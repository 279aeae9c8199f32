"""Django's registration of the `reports` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportsApp(AppConfig):
    """The `reports` app."""

    name = "reports"
    label = "reports"

    def ready(self) -> None:
        """Tell the apps below by what else sites are found, and bring the default templates."""
        from reports.dashboard.changes import CHANGED
        from reports.dashboard.standing import STOOD
        from reports.figure_parameter import FIGURE, FINISHED_BY
        from reports.services.defaults import defaults_after_migrate
        from sites.filters import register

        register(FIGURE, FINISHED_BY, STOOD, CHANGED)
        post_migrate.connect(defaults_after_migrate, sender=self)
