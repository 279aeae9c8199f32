"""Django's registration of the `maps` app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsApp(AppConfig):
    """The `maps` app."""

    name = "maps"
    label = "maps"
    verbose_name = _("Map")
