"""Django's registration of the `reports` app."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsApp(AppConfig):
    """The `reports` app."""

    name = "reports"
    label = "reports"
