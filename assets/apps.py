"""Django's registration of the `assets` app."""

from __future__ import annotations

from django.apps import AppConfig


class AssetsApp(AppConfig):
    """The `assets` app."""

    name = "assets"
    label = "assets"
