"""The parameters of the filter of assets: how each is read and which assets it means."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assets.kinds import AssetState, OperatingClass
from assets.models import AssetSource, RoadSection, WaterWorks
from sites.access import code_prefix_condition
from sites.filter_parameter import Meaning, Parameter, chosen
from sites.filter_values import (
    AREA_CODE,
    box_of,
    matching,
    moment_of,
    parsed,
    text_condition,
    text_of,
)
from sites.functions import BoxInMapProjection
from sites.geometry import Box
from sites.kinds import Kind, Pavement, RoadClass

ROUTE_NUMBER = re.compile(r"^[GSXYCZ][0-9A-Z]{3,9}$", re.ASCII)
SITE_CODE = re.compile(r"^[^\s,;\x00-\x1f\ud800-\udfff]{1,60}$")


class WarrantyState(TextChoices):
    """Whether an asset's warranty runs on a day."""

    RUNNING = "running", pgettext_lazy("warranty", "Running")
    ENDED = "ended", pgettext_lazy("warranty", "Ended")
    NONE = "none", pgettext_lazy("warranty", "Not known")


class ScaleClass(TextChoices):
    """Scale class of a water works, from its capacity (see `assets.models.WaterWorks`)."""

    I = "I", _("Class I (10,000 m³/d and more)")  # noqa: E741  (the class is called so)
    II = "II", _("Class II (5,000 to 10,000 m³/d)")
    III = "III", _("Class III (1,000 to 5,000 m³/d)")
    IV = "IV", _("Class IV (100 to 1,000 m³/d)")
    V = "V", _("Class V (10 to 100 m³/d)")


def _column(path: str) -> Meaning:
    return lambda values, _day: Q(**{f"{path}__in": values})


def _part(rows: QuerySet[Any], path: str) -> Meaning:
    """Return the condition that a part of the asset has one of the values."""
    return lambda values, _day: Q(
        Exists(rows.filter(**{"asset": OuterRef("pk"), f"{path}__in": values}))
    )


def _key(name: str, label: str | Promise, path: str, description: str) -> Parameter:
    return Parameter(
        name, label, lambda params: parsed(params, name, UUID), _column(path), description
    )


def _area(name: str, label: str | Promise, description: str) -> Parameter:
    return Parameter(
        name,
        label,
        lambda params: matching(params, name, AREA_CODE),
        lambda codes, _day: code_prefix_condition("area_code", codes),
        description,
    )


def _key_or(pattern: re.Pattern[str], text: str) -> UUID | str:
    try:
        return UUID(text)
    except ValueError:
        if pattern.match(text):
            return text
        raise


def _route(text: str) -> UUID | str:
    return _key_or(ROUTE_NUMBER, text if len(text) > 12 else text.upper())


def _named(values: tuple[UUID | str, ...], key: str, name: str) -> Q:
    keys = [value for value in values if isinstance(value, UUID)]
    names = [value for value in values if isinstance(value, str)]
    return Q(**{f"{key}__in": keys}) | Q(**{f"{name}__in": names})


def _on_routes(values: tuple[UUID | str, ...], _day: datetime.date) -> Q:
    sections = RoadSection.objects.filter(_named(values, "route_id", "route__route_no"))
    return Q(pk__in=sections.values("pk"))


def _of_sites(values: tuple[UUID | str, ...], _day: datetime.date) -> Q:
    sources = AssetSource.objects.filter(_named(values, "site_id", "site__code"))
    return Q(pk__in=sources.values("asset_id"))


def _warranty(values: tuple[str, ...], day: datetime.date) -> Q:
    meaning = {
        WarrantyState.RUNNING: Q(warranty_until__gte=day),
        WarrantyState.ENDED: Q(warranty_until__lt=day),
        WarrantyState.NONE: Q(warranty_until__isnull=True),
    }
    condition = Q()
    for value in values:
        condition |= meaning[WarrantyState(value)]
    return condition


def _in_box(box: Box, _day: datetime.date) -> Q:
    envelope = BoxInMapProjection(box.west, box.south, box.east, box.north)
    return Q(geometry_3857__bboverlaps=envelope)


def _sections_on_routes(beginning: str) -> QuerySet[Any]:
    return RoadSection.objects.filter(route__route_no__startswith=beginning).values("pk")


_LIST = (
    chosen("kind", _("Kind"), Kind, _column("kind")),
    chosen("state", _("State"), AssetState, _column("state")),
    chosen("operating_class", _("Operating class"), OperatingClass, _column("operating_class")),
    chosen(
        "road_class",
        _("Road class"),
        RoadClass,
        _part(RoadSection.objects.all(), "route__road_class"),
    ),
    chosen("pavement", _("Pavement"), Pavement, _part(RoadSection.objects.all(), "pavement")),
    chosen(
        "scale_class", _("Scale class"), ScaleClass, _part(WaterWorks.objects.all(), "scale_class")
    ),
    chosen("warranty", _("Warranty"), WarrantyState, _warranty),
    _area("area", _("Area"), "Area codes with all below them, separated by commas."),
    _area("township", _("Township"), "Township codes, separated by commas."),
    _key("owner", _("Owner"), "owner_id", "Identifiers of organisations, separated by commas."),
    _key(
        "upkeep_party",
        _("Upkeep party"),
        "upkeep_party_id",
        "Identifiers of organisations, separated by commas.",
    ),
    Parameter(
        "route",
        _("Route"),
        lambda params: parsed(params, "route", _route),
        _on_routes,
        "Route numbers such as Y012, or identifiers of routes, separated by commas.",
    ),
    Parameter(
        "site",
        _("Project site"),
        lambda params: parsed(params, "site", partial(_key_or, SITE_CODE)),
        _of_sites,
        "Codes or identifiers of the project sites that built the assets, separated by commas.",
    ),
    _key("id", _("Assets"), "pk", "Identifiers of assets, separated by commas."),
    Parameter(
        "q",
        _("Search"),
        lambda params: text_of(params, "q"),
        lambda text, _day: text_condition(text, _sections_on_routes),
        "Words of name, code or route number.",
        nothing="",
    ),
    Parameter(
        "bbox",
        _("Window of the map"),
        box_of,
        _in_box,
        "west,south,east,north in degrees.",
        nothing=None,
    ),
    Parameter(
        "updated_since",
        _("Changed since"),
        lambda params: moment_of(params, "updated_since"),
        lambda moment, _day: Q(updated_at__gte=moment),
        "RFC 3339 time with offset.",
        nothing=None,
    ),
)
PARAMETERS: Final[Mapping[str, Parameter]] = {parameter.name: parameter for parameter in _LIST}
