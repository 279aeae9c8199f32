"""Django's registration of the `maintenance` app."""

from __future__ import annotations

from django.apps import AppConfig


class MaintenanceApp(AppConfig):
    """The `maintenance` app."""

    name = "maintenance"
    label = "maintenance"
