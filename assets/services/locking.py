"""The one lock of a site's chain: acceptance, findings and handover wait for each other here."""

from __future__ import annotations

from uuid import UUID

from sites.models import ProjectSite


def site_locked(site_id: UUID) -> ProjectSite:
    """Return the site as it stands, locked until the end of the transaction.

    Every service of the chain takes this lock first, so that two officers come one after the
    other and none of them decides on facts that the other is about to change.
    """
    found: ProjectSite = ProjectSite.objects.select_for_update(of=("self",)).get(pk=site_id)
    return found
