"""The mileage of rural roads over HTTP: numbers, and the sites behind each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView
from sites.api.site_parameters import site_parameters
from sites.filters import SiteFilter, parameter_names
from sites.mileage import Lengths, MileageRow, filter_of, mileage
from sites.townships import township_names

IDENTIFIER_LIMIT = 200
"""Up to this many identifiers stand in the answer; more are found under the row's link."""


class LengthsSerializer(serializers.Serializer[Any]):
    """Lengths in metres; the difference is over the roads that declare a length."""

    sites = serializers.IntegerField()
    undeclared = serializers.IntegerField(help_text="Roads without a declared length.")
    declared_m = serializers.FloatField()
    measured_m = serializers.FloatField()
    difference_m = serializers.FloatField()
    difference_percent = serializers.FloatField(allow_null=True)


class MileageRowSerializer(serializers.Serializer[Any]):
    """The roads of one class in one township, and which they are."""

    township = serializers.CharField(allow_blank=True)
    township_name = serializers.CharField(allow_blank=True)
    road_class = serializers.CharField(allow_blank=True)
    all = LengthsSerializer()
    finished = LengthsSerializer()
    sites_url = serializers.CharField(allow_null=True, help_text="Lists exactly these sites.")
    ids = serializers.ListField(
        child=serializers.UUIDField(),
        allow_null=True,
        help_text=f"The identifiers, null when there are more than {IDENTIFIER_LIMIT}.",
    )
    ids_sha256 = serializers.CharField(
        help_text="SHA-256 of all identifiers in ascending order, joined by line feeds."
    )


class MileageSerializer(serializers.Serializer[Any]):
    """The mileage under a filter."""

    rows = MileageRowSerializer(many=True)
    total = MileageRowSerializer()


class MileageView(ApiView):
    """Mileage by township and road class."""

    @extend_schema(
        tags=["figures"],
        operation_id="mileage",
        parameters=site_parameters(),
        responses=MileageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer the mileage of the roads that the caller sees under the filter."""
        refuse_unknown(self.params, parameter_names())
        chosen = SiteFilter.from_query(self.params)
        found = mileage(self.scope, chosen, with_identifiers=True)
        townships = township_names(row.township_code for row in found.rows)
        total = {**_row(found.total, chosen, townships), "sites_url": _address(chosen)}
        rows = [_row(row, chosen, townships) for row in found.rows]
        return Response({"rows": rows, "total": total})


def _row(row: MileageRow, chosen: SiteFilter, townships: dict[str, str]) -> dict[str, Any]:
    own = filter_of(row, chosen)
    few = len(row.identifiers) <= IDENTIFIER_LIMIT
    return {
        "township": row.township_code,
        "township_name": townships.get(row.township_code, ""),
        "road_class": row.road_class,
        "all": _lengths(row.every),
        "finished": _lengths(row.finished),
        "sites_url": _address(own) if own else None,
        "ids": [str(identifier) for identifier in row.identifiers] if few else None,
        "ids_sha256": row.identifiers_sha256,
    }


def _lengths(lengths: Lengths) -> dict[str, Any]:
    percent = lengths.difference_percent
    return {
        "sites": lengths.sites,
        "undeclared": lengths.undeclared,
        "declared_m": round(float(lengths.declared_m), 1),
        "measured_m": round(lengths.measured_m, 1),
        "difference_m": round(lengths.difference_m, 1),
        "difference_percent": None if percent is None else round(percent, 3),
    }


def _address(chosen: SiteFilter) -> str:
    return f"/api/v1/sites?{replace(chosen, kind=('road',)).to_query()}"
