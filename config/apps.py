"""Django's registration of the `config` app."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """The `config` app."""

    name = "config"
    label = "config"
