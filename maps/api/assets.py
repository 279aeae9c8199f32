"""What the map reads of assets beside tiles: a list that says how each stands with its upkeep."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Value
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from assets.models import RoadClosure
from maps.api.doors import MapView, PublicDoor
from maps.api.files import ASSET_PARAMETERS
from maps.layers import Topic
from maps.subjects import SUBJECTS
from maps.subjects.assets import gap_or_nothing, has_open_defects
from sites.api.geojson import write_geometry
from sites.api.paging import BY_CODE, read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.projections import AsRfc7946
from sites.townships import township_names

COLUMNS = ("id", "code", "name", "name_en", "kind", "state", "measured_length_m", "township_code")
FROM_PATHS = {
    "road_class": "road_section__route__road_class",
    "route_no": "road_section__route__route_no",
    "start_m": "road_section__start_m",
    "end_m": "road_section__end_m",
}
FOR_ROLES = {
    "upkeep_party_name": "upkeep_party__name",
    "agreement_number": "upkeep_status__agreement__number",
    "last_inspected_on": "upkeep_status__last_inspected_on",
    "next_due_on": "upkeep_status__next_due_on",
}
"""What people with a role read besides; an agreement only where it is theirs to see."""


class MapAssetsView(MapView):
    """Assets as the map lists them: few fields, and how each stands with its upkeep."""

    @extend_schema(
        operation_id="map_assets",
        tags=["assets"],
        parameters=[*ASSET_PARAMETERS],
        responses={(200, "application/geo+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        """Return one page of Features, ordered by code."""
        subject = SUBJECTS[Topic.ASSETS]
        params = request._request.GET
        refuse_unknown(params, subject.names(public=self.is_public) | PAGING)
        rows = subject.rows(self.scope, subject.read(params))
        page = read_page(rows.values(*COLUMNS, **self._columns()), BY_CODE, params)
        townships = township_names({row["township_code"] for row in page.rows})
        closed = _closures([row["id"] for row in page.rows], public=self.is_public)
        features = [_feature(row, townships, closed) for row in page.rows]
        body = {"type": "FeatureCollection", "features": features, **page.links(request)}
        response = Response(body)
        response.content_type = "application/geo+json"
        return response

    def _columns(self) -> dict[str, Any]:
        columns: dict[str, Any] = {name: F(path) for name, path in FROM_PATHS.items()}
        columns["shape"] = AsRfc7946(F("geometry"))
        if self.is_public:
            return {**columns, "plate": F("plate_code")}
        columns |= {name: F(path) for name, path in FOR_ROLES.items()}
        if self.scope.organisation_ids():
            # Which agreement covers an asset is not told to those who are no party of it.
            columns["agreement_number"] = Value("")
        columns["gap"] = gap_or_nothing(timezone.localdate())
        columns["has_defects"] = has_open_defects(self.scope)
        return columns


@extend_schema_view(get=extend_schema(operation_id="public_assets", auth=[]))
class PublicAssetsView(PublicDoor, MapAssetsView):
    """Assets that are open to everybody, with the plate that leads to the public's page."""


def _closures(assets: list[Any], *, public: bool) -> dict[Any, list[dict[str, Any]]]:
    """Return the closures in force today of some assets."""
    rows = RoadClosure.objects.filter(asset__in=assets).in_force(timezone.localdate())
    if public:
        rows = rows.filter(is_public=True)
    found: dict[Any, list[dict[str, Any]]] = {}
    names = ("asset_id", "kind", "start_m", "end_m", "from_date", "until_date", "reason", "detour")
    for row in rows.order_by("from_date", "pk").values(*names):
        closure = {name: row[name] for name in names[1:]}
        closure |= {name: float(row[name]) for name in ("start_m", "end_m")}
        found.setdefault(row["asset_id"], []).append(closure)
    return found


def _feature(
    row: dict[str, Any], townships: dict[str, str], closed: dict[Any, list[dict[str, Any]]]
) -> dict[str, Any]:
    properties = {name: value for name, value in row.items() if name not in {"id", "shape"}}
    for name in ("start_m", "end_m"):
        properties[name] = None if row[name] is None else float(row[name])
    properties["township"] = properties.pop("township_code")
    properties["township_name"] = townships.get(row["township_code"], "")
    properties["closures"] = closed.get(row["id"], [])
    return {
        "type": "Feature",
        "id": str(row["id"]),
        "geometry": write_geometry(row["shape"]),
        "properties": properties,
    }
