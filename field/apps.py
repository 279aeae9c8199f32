"""Django's registration of the `field` app."""

from __future__ import annotations

from django.apps import AppConfig


class FieldApp(AppConfig):
    """The `field` app."""

    name = "field"
    label = "field"
