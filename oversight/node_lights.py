"""The light of missed milestones: red while a node of a site is overdue, by itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.utils.translation import ngettext

from oversight.red_items import ENDED
from sites.access import Scope
from sites.formatting import day
from sites.models import Milestone, ProjectSite
from sites.site_lights import Light


def missed_nodes(
    sites: Sequence[ProjectSite], scope: Scope, as_of: datetime.date
) -> Mapping[UUID, Light]:
    """Return a red light for each site with overdue milestones, in one statement.

    A site whose work was accepted or given up is not red any more, as on the agenda.
    """
    keys = [site.pk for site in sites if site.state not in ENDED]
    late = Milestone.objects.filter(site__in=keys, done_on__isnull=True, due_on__lt=as_of)
    found = late.order_by().values("site_id").annotate(number=Count("pk"), first=Min("due_on"))
    return {row["site_id"]: _light(row) for row in found} if keys else {}


def _light(row: Mapping[str, Any]) -> Light:
    label = ngettext("%(number)s milestone overdue", "%(number)s milestones overdue", row["number"])
    return Light("milestones", "red", label % row, day(row["first"]))
