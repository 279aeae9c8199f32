"""What this database holds: the demo, something else, or nothing."""

from __future__ import annotations

from sites.models import Area, DemoMarker, ProjectSite

SOURCE = "demo"
"""What areas and sites of the demo carry as their source."""


def seeded_as() -> DemoMarker | None:
    """The mark that seeding left, if this is a demo database."""
    return DemoMarker.objects.first()


def holds_other_data() -> bool:
    """Whether areas or sites are here that no demo made."""
    return (
        Area.objects.exclude(source=SOURCE).exists()
        or ProjectSite.objects.exclude(source=SOURCE).exists()
    )
