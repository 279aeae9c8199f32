"""Django's registration of the `oversight` app."""

from __future__ import annotations

from django.apps import AppConfig


class OversightApp(AppConfig):
    """The `oversight` app."""

    name = "oversight"
    label = "oversight"
