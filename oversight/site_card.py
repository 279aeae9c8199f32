"""The card of the responsibility matrix on a site's page."""

from __future__ import annotations

from django.utils import timezone

from oversight.matrix import Cell, cells_of
from oversight.services.access import may_name
from sites.access import Scope
from sites.models import ProjectSite
from sites.site_sections import Section


def responsibility_card(site: ProjectSite, scope: Scope) -> Section:
    """Return who answers for the site, role by role, blanks included."""
    cells: tuple[Cell, ...] = cells_of([site], scope, timezone.localdate())[site.pk]
    return Section(
        "oversight/partials/_responsibility_card.html",
        {"cells": cells, "site": site, "may_name": may_name(scope, site=site)},
    )
