"""The lights of progress: behind the planned curve, and quiet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.formatting import plain
from sites.kinds import Delay
from sites.models import ProjectSite
from sites.progress_curve import UNFINISHED, behind_condition, planned_percent_on
from sites.quiet import quiet_condition
from sites.site_lights import Light, register_light


def register() -> None:
    """Add the register's own lights; called when the app starts."""
    register_light(behind)
    register_light(quiet)


def behind(
    sites: Sequence[ProjectSite], scope: Scope, as_of: datetime.date
) -> Mapping[UUID, Light]:
    """Yellow where a site is further behind its planned curve than is tolerated."""
    open_sites = [site.pk for site in sites if site.state in UNFINISHED]
    rows = ProjectSite.objects.visible_to(scope).filter(pk__in=open_sites)
    rows = rows.filter(behind_condition(as_of)).annotate(planned=planned_percent_on(as_of))
    told = {}
    for pk, planned, percent in rows.values_list("pk", "planned", "progress_percent"):
        words = _("planned %(planned)s %%, done %(done)s %%")
        detail = words % {"planned": plain(round(planned, 1)), "done": plain(percent)}
        told[pk] = Light("behind", Delay.YELLOW, _("Behind its curve"), detail)
    return told


def quiet(sites: Sequence[ProjectSite], scope: Scope, as_of: datetime.date) -> Mapping[UUID, Light]:
    """Yellow where nothing has been heard of a site at work for some time."""
    open_sites = [site.pk for site in sites if site.state in UNFINISHED]
    rows = ProjectSite.objects.visible_to(scope).filter(pk__in=open_sites)
    rows = rows.filter(quiet_condition(as_of))
    detail = _("no evidence for %(days)s days") % {"days": settings.QUIET_DAYS}
    light = Light("quiet", Delay.YELLOW, _("Quiet"), detail)
    return dict.fromkeys(rows.values_list("pk", flat=True), light)
