"""Saving the section of a road, so that two sections of one route never overlap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assets.chainage import ChainageRange
from assets.models import Asset, RoadRoute, RoadSection
from sites.access import Scope
from sites.services.errors import RefusedByRegister
from sites.services.saving import save_checked

COUNTY_DIGITS = 6
OVERLAP = "road_section_no_overlap"
"""The code of the refusal is the name of the constraint, which is the last guard."""


def section_save(asset: Asset, values: Mapping[str, Any], *, scope: Scope) -> RoadSection:
    """Create or change the section of a road asset.

    The rows of its routes are locked first, in the order of their keys: who comes second reads
    what the first one wrote, and is told which section stands in the way. Raises
    `RefusedByRegister`.
    """
    section = RoadSection.objects.filter(pk=asset.pk).first() or RoadSection(asset=asset)
    before = section.route_id
    for name, value in values.items():
        setattr(section, name, value)
    _require_stretch(section)
    _check_columns(section)
    _lock_routes({before, section.route_id} - {None})
    _require_same_county(asset, section.route)
    _refuse_overlap(section, scope)
    save_checked(section)
    return section


def section_release(asset: Asset) -> None:
    """Give the stretch of a road that ended free for another section."""
    RoadSection.objects.filter(pk=asset.pk).update(is_current=False)


def _require_stretch(section: RoadSection) -> None:
    sentence = _("A road section needs its route and the chainage of both ends.")
    missing = [
        (name, "required", sentence)
        for name, value in (
            ("route", section.route_id),
            ("start_m", section.start_m),
            ("end_m", section.end_m),
        )
        if value is None
    ]
    if missing:
        raise RefusedByRegister(missing)


def _check_columns(section: RoadSection) -> None:
    """Refuse what is no chainage before the database is asked about it."""
    try:
        section.clean_fields()
    except ValidationError as error:
        raise RefusedByRegister.from_validation(error) from error


def _lock_routes(keys: set[Any]) -> None:
    routes = RoadRoute.objects.filter(pk__in=keys).order_by("pk")
    list(routes.select_for_update(no_key=True).values_list("pk"))


def _require_same_county(asset: Asset, route: RoadRoute) -> None:
    county = asset.area.code[:COUNTY_DIGITS]
    if len(county) == COUNTY_DIGITS and route.county_code != county:
        sentence = _("The route %(route)s belongs to county %(county)s, the area to %(own)s.") % {
            "route": route.route_no,
            "county": route.county_code,
            "own": county,
        }
        raise RefusedByRegister([("route", "other_county", sentence)])


def _refuse_overlap(section: RoadSection, scope: Scope) -> None:
    if not section.is_current:
        return
    others = RoadSection.objects.filter(
        route=section.route_id,
        is_current=True,
        start_m__lt=section.end_m,
        end_m__gt=section.start_m,
    ).exclude(pk=section.pk)
    other = others.select_related("asset").order_by("start_m").first()
    if other is None:
        return
    raise RefusedByRegister([("start_m", OVERLAP, _overlap_sentence(other, scope))])


def _overlap_sentence(other: RoadSection, scope: Scope) -> str:
    """Name the section in the way; outside the scope its stretch alone."""
    words = {"stretch": ChainageRange(other.start_m, other.end_m)}
    if not Asset.objects.visible_to(scope).filter(pk=other.pk).exists():
        return _("A section outside your area covers %(stretch)s of this route.") % words
    return _("“%(name)s” (%(code)s) covers %(stretch)s of this route already.") % {
        **words,
        "name": other.asset.label,
        "code": other.asset.code,
    }
