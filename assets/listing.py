"""Assets in an order, page after page, and the orders in words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.functions import warranty_or_never
from assets.models import Asset
from sites import keyset_list
from sites.functions import in_pinyin_order
from sites.keyset_list import Column, Cursor, KeysetPage, keyset_page

LISTED_COLUMNS: Final = (
    "code",
    "name",
    "name_en",
    "kind",
    "state",
    "area_code",
    "township_code",
    "declared_length_m",
    "measured_length_m",
    "warranty_until",
    "updated_at",
    "upkeep_party__name",
    "upkeep_party__name_en",
    "road_section__start_m",
    "road_section__end_m",
    "road_section__route__route_no",
)


COLUMNS: Final[Mapping[str, Column]] = {
    "code": Column(lambda: F("code"), lambda asset: asset.code, str),
    "name": Column(lambda: in_pinyin_order("name"), lambda asset: asset.name, str),
    "length": Column(
        lambda: F("measured_length_m"),
        lambda asset: asset.measured_length_m,
        float,
        descending=True,
    ),
    "warranty": Column(
        warranty_or_never,
        lambda asset: asset.warranty_until or datetime.date.max,
        datetime.date.fromisoformat,
    ),
    "updated": Column(
        lambda: F("updated_at"),
        lambda asset: asset.updated_at.isoformat(),
        datetime.datetime.fromisoformat,
        descending=True,
    ),
}
ORDER_WORDS: Final[Mapping[str, tuple[Promise, Promise, Promise]]] = {
    "code": (_("Code"), _("Code, ascending"), _("Code, descending")),
    "name": (_("Name"), _("Name, A to Z by pinyin"), _("Name, Z to A by pinyin")),
    "length": (_("Length (km)"), _("Longest first"), _("Shortest first")),
    "warranty": (_("Warranty"), _("Warranty ending first"), _("Warranty ending last")),
    "updated": (_("Changed"), _("Most recently changed first"), _("Least recently changed first")),
}
"""The heading of a column, its natural direction, and the other one."""


@dataclass(frozen=True, slots=True)
class Order(keyset_list.Order):
    """An order of assets."""

    columns: ClassVar[Mapping[str, Column]] = COLUMNS


def asset_page(
    assets: QuerySet[Asset], *, order: Order, cursor: Cursor | None, limit: int, few: bool = False
) -> KeysetPage:
    """Return one page of at most `limit` assets, each with what the list shows of it."""
    rows = assets.select_related("upkeep_party", "road_section__route").only(*LISTED_COLUMNS)
    return keyset_page(rows, order=order, cursor=cursor, limit=limit, few=few)
