"""Stretches of a section, checked before anything is written on them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from assets.chainage import ChainageError, ChainageRange
from assets.models import RoadSection

Problems = list[tuple[str, str, str]]


def stretch_problems(
    section: RoadSection, start_m: Decimal | None, end_m: Decimal | None, *, optional: bool = False
) -> Problems:
    """Return what is wrong with a stretch: field, code and sentence of each problem.

    It must lie within the section. An optional one may be left out whole, which means all of it.
    """
    missing = [name for name, end in (("start_m", start_m), ("end_m", end_m)) if end is None]
    if len(missing) == 2 and optional:
        return []
    if start_m is None or end_m is None:
        return [(name, "required", _("Give both ends of the stretch.")) for name in missing]
    try:
        stretch = ChainageRange(start_m, end_m)
    except ChainageError as error:
        return [
            ("end_m" if error.code == "chainage_order" else "start_m", error.code, error.reason)
        ]
    whole = ChainageRange(section.start_m, section.end_m)
    if whole.covers(stretch):
        return []
    outside = "start_m" if start_m < section.start_m or start_m > section.end_m else "end_m"
    sentence = _("The stretch %(stretch)s is not wholly within the section %(section)s.")
    return [(outside, "off_the_section", sentence % {"stretch": stretch, "section": whole})]
