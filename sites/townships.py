"""Townships by their codes: names for lists, and those that a viewer works in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from sites.access import Scope, code_prefix_condition
from sites.kinds import AreaLevel
from sites.models import Area, ProjectSite

TOWNSHIP_DIGITS = 9


def township_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each township in the language in force, the code in force last."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    found = Area.objects.filter(level=AreaLevel.TOWNSHIP, code__in=wanted)
    rows = found.order_by("valid_from").only("code", "name", "name_en")
    return {area.code: area.label for area in rows}


def townships_of(scope: Scope) -> QuerySet[Any]:
    """Return the townships that a viewer's scope touches, ordered by code.

    An area role reaches those below its areas and the one above its village; a member of a body
    reaches those where the body has sites.
    """
    townships = Area.objects.filter(level=AreaLevel.TOWNSHIP, valid_to__isnull=True)
    if scope.everything:
        return townships.order_by("code")
    codes = scope.area_codes()
    above = {code[:TOWNSHIP_DIGITS] for code in codes if len(code) >= TOWNSHIP_DIGITS}
    reached = code_prefix_condition("code", codes) | Q(code__in=above)
    if scope.organisation_ids():
        sites = ProjectSite.objects.visible_to(scope).order_by()
        reached |= Q(code__in=sites.values("township_code"))
    return townships.filter(reached).order_by("code")
