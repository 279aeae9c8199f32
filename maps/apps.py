"""Django's registration of the `maps` app."""

from __future__ import annotations

from django.apps import AppConfig


class MapsApp(AppConfig):
    """The `maps` app."""

    name = "maps"
    label = "maps"
