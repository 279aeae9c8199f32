"""What the public's map reads beside tiles and counts: a list of sites, and houses by village."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from maps.api.doors import PublicDoor
from sites.api.geojson import write_geometry
from sites.api.paging import BY_CODE, read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.projections import AsRfc7946
from sites.api.site_parameters import site_parameters
from sites.filters import SiteFilter, parameter_names
from sites.functions import shown_geometry
from sites.models import ProjectSite
from sites.public_totals import SMALLEST_TOLD, housing_totals
from sites.townships import township_names

PUBLIC_FIELDS = (
    "code",
    "name",
    "kind",
    "state",
    "year",
    "delay",
    "days_late",
    "progress_percent",
    "measured_length_m",
)
"""What everybody may read of a site; no people, no organisations, no notes, no sources."""

HOUSING_TOTALS = inline_serializer(
    "HousingTotals",
    {
        "smallest_told": serializers.IntegerField(),
        "villages": inline_serializer(
            "VillageHousing",
            {
                "code": serializers.CharField(),
                "name": serializers.CharField(),
                "name_en": serializers.CharField(),
                "township": serializers.CharField(),
                "township_name": serializers.CharField(),
                "count": serializers.IntegerField(allow_null=True),
            },
            many=True,
        ),
    },
)


class PublicSitesView(PublicDoor):
    """Sites that are open to everybody, with the few fields that are."""

    @extend_schema(
        operation_id="public_sites",
        auth=[],
        parameters=site_parameters(public=True),
        responses={(200, "application/geo+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        """Return one page of Features, ordered by code."""
        params = request._request.GET
        refuse_unknown(params, parameter_names(public=True) | PAGING)
        sites = SiteFilter.from_query(params).apply(ProjectSite.objects.visible_to(self.scope))
        rows = sites.values(
            "id",
            "township_code",
            "road__road_class",
            *PUBLIC_FIELDS,
            shape=AsRfc7946(shown_geometry()),
        )
        page = read_page(rows, BY_CODE, params)
        townships = township_names({row["township_code"] for row in page.rows})
        features = [_feature(row, townships) for row in page.rows]
        body = {"type": "FeatureCollection", "features": features, **page.links(request)}
        response = Response(body)
        response.content_type = "application/geo+json"
        return response


class PublicHousingTotalsView(PublicDoor):
    """Houses made safe, as totals of villages."""

    @extend_schema(operation_id="public_housing_totals", auth=[], responses=HOUSING_TOTALS)
    def get(self, request: Request) -> Response:
        """Return the totals; a null count is under `smallest_told`."""
        villages = [asdict(village) for village in housing_totals()]
        return Response({"smallest_told": SMALLEST_TOLD, "villages": villages})


def _feature(row: dict[str, Any], townships: dict[str, str]) -> dict[str, Any]:
    properties = {name: row[name] for name in PUBLIC_FIELDS}
    properties["progress_percent"] = float(row["progress_percent"])
    properties["road_class"] = row["road__road_class"] or ""
    properties["township"] = row["township_code"]
    properties["township_name"] = townships.get(row["township_code"], "")
    return {
        "type": "Feature",
        "id": str(row["id"]),
        "geometry": write_geometry(row["shape"]),
        "properties": properties,
    }
