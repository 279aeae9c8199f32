"""The codes of coverage and of saved views, with words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Indicator(TextChoices):
    """What a coverage run measures."""

    RURAL_ACCESS = "rural_access", _("Rural Access Index (SDG 9.1.1)")
    VILLAGES_HARD_ROAD = "villages_hard_road", _("Administrative villages on a hardened road")
    HAMLETS_HARD_ROAD = (
        "hamlets_hard_road",
        _("Natural villages of 20 households and more on a hardened road"),
    )
    TAP_WATER = "tap_water", _("Tap water rate")
    CENTRAL_SUPPLY = "central_supply", _("Central water supply rate")
    WATER_QUALITY = "water_quality", _("Water quality compliance rate")
    UPKEEP = "upkeep", _("Upkeep coverage")
    PEOPLE_SERVED = "people_served", _("People served")


class RunState(TextChoices):
    """Where a coverage run stands."""

    QUEUED = "queued", pgettext_lazy("coverage", "Waiting")
    RUNNING = "running", pgettext_lazy("coverage", "Running")
    READY = "ready", pgettext_lazy("coverage", "Ready")
    FAILED = "failed", pgettext_lazy("coverage", "Failed")


class CountedBy(TextChoices):
    """What a rate counts."""

    PEOPLE = "people", _("People")
    WORKS = "works", _("Works")


class PopulationKind(TextChoices):
    """How a population is placed."""

    POINTS = "points", _("Points of villages")
    POLYGONS = "polygons", _("Areas")
    RASTER = "raster", _("Raster cells")


class Audience(TextChoices):
    """Whom a saved view is shared with."""

    OWN = "own", pgettext_lazy("audience", "Only me")
    TOWNSHIP = "township", pgettext_lazy("audience", "My township")
    OFFICE = "office", pgettext_lazy("audience", "The office")
    PUBLIC = "public", pgettext_lazy("audience", "Everybody")
