"""Django's registration of the `assets` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AssetsApp(AppConfig):
    """The `assets` app."""

    name = "assets"
    label = "assets"

    def ready(self) -> None:
        """Say which records hold photos, what states ask for, and what is known of roads."""
        from assets import (
            filters,
            gate_checks,
            photo_links,
            progress_section,
            site_section,
            timeline,
        )
        from assets.condition.grade_filter import grade_parameter
        from assets.condition.loading import load_after_migrate

        photo_links.register_links()
        gate_checks.register_gates()
        progress_section.register()
        site_section.register()
        timeline.register()
        filters.register(grade_parameter())
        post_migrate.connect(load_after_migrate, sender=self)
