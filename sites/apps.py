"""Django's registration of the `sites` app."""

from __future__ import annotations

from django.apps import AppConfig


class SitesApp(AppConfig):
    """The `sites` app."""

    name = "sites"
    label = "sites"
