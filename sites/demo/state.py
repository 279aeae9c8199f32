"""Whether this database holds the demo district."""

from __future__ import annotations

from django.conf import settings

from sites.models import Area, DemoMarker, ProjectSite

SOURCE = "demo"
"""What areas and sites of the demo carry as their source."""


def is_demo_district() -> bool:
    """Whether one click may sign anybody in: the demo's data, under settings that allow it."""
    return bool(getattr(settings, "DEMO_SIGN_IN", False)) and DemoMarker.objects.exists()


def seeded_as() -> DemoMarker | None:
    """The mark that seeding left, if this is a demo database."""
    return DemoMarker.objects.first()


def holds_other_data() -> bool:
    """Whether areas or sites are here that no demo made."""
    return (
        Area.objects.exclude(source=SOURCE).exists()
        or ProjectSite.objects.exclude(source=SOURCE).exists()
    )
