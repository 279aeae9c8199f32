"""Django's registration of the `assets` app."""

from __future__ import annotations

from django.apps import AppConfig


class AssetsApp(AppConfig):
    """The `assets` app."""

    name = "assets"
    label = "assets"

    def ready(self) -> None:
        """Say which records of this app hold photos, and what states of sites ask for."""
        from assets import gate_checks, photo_links

        photo_links.register_links()
        gate_checks.register_gates()
