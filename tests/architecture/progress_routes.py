"""Who may do what at the addresses of progress, plans and quantities; see `route_table`.

Each site has an entry that a company reported and nobody has reviewed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.utils import timezone

from sites.models import ProgressEntry
from tests.architecture.route_table import (
    COMPLETES_WORK,
    OFFICE,
    THINGS,
    Route,
    api,
    changing,
    changing_page,
    creating,
    page,
    read,
    site_api,
    site_page,
)

REPORTING = frozenset({*OFFICE, "company_member"})

PROGRESS_ROUTES: Mapping[str, Route] = {
    "api/v1/milestones": read(api),
    "api/v1/sites/<uuid:pk>/milestones": Route({"GET": site_api, "PUT": changing(428)}, "site"),
    "api/v1/sites/<uuid:pk>/curve": Route({"GET": site_api, "PUT": changing(428)}, "site"),
    "api/v1/progress": Route({"GET": api, "POST": creating(422, REPORTING)}),
    "api/v1/progress/<uuid:pk>": read(site_api, names="progress"),
    "api/v1/progress/<uuid:pk>/review": Route({"POST": changing(422)}, "progress"),
    "progress/": read(page),
    "progress/<uuid:pk>/": read(site_page, names="progress"),
    "progress/<uuid:pk>/review/": Route({"POST": changing_page(422)}, "progress", form=True),
    "sites/<uuid:pk>/progress/new/": Route(
        {"GET": changing_page(200, COMPLETES_WORK), "POST": changing_page(422, COMPLETES_WORK)},
        "site",
        form=True,
    ),
    "sites/<uuid:pk>/plan/": Route(
        {"GET": site_page, "POST": changing_page(409)}, "site", form=True
    ),
    "quantities/": read(page),
}


def progress_rows(world):
    """An entry of each site that waits for review, by site."""
    day = timezone.localdate() - datetime.timedelta(days=3)
    values = {"reported_on": day, "percent": 10, "needs_review": True}
    return {
        "progress": {
            name: ProgressEntry.objects.create(site=getattr(world, name), **values).pk
            for name in THINGS[:-1]
        }
    }
