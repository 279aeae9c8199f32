"""Django's registration of the `funding` app."""

from __future__ import annotations

from django.apps import AppConfig


class FundingApp(AppConfig):
    """The `funding` app."""

    name = "funding"
    label = "funding"
