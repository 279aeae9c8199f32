"""Upkeep coverage over HTTP: how much is managed, what is missing, what it costs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.filters import AssetFilter, parameters
from maintenance.kinds import UpkeepGap
from maintenance.upkeep_coverage import CoverageRow, Tally, upkeep_coverage
from maintenance.upkeep_gaps import GAPS
from sites.api.fields import MoneyField, StrictSerializer
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView
from sites.api.schema import parameter


class TallySerializer(StrictSerializer):
    """A number of assets, and the metres of the roads among them."""

    assets = serializers.IntegerField()
    road_m = serializers.FloatField()


class CoverageRowSerializer(StrictSerializer):
    """The assets to keep up of one township and kind; `gaps` sum to them, `lacks` may overlap."""

    township = serializers.CharField(allow_blank=True)
    kind = serializers.CharField(allow_blank=True)
    assets = serializers.IntegerField()
    road_m = serializers.FloatField()
    managed_percent = serializers.CharField(allow_null=True)
    gaps = serializers.DictField(child=TallySerializer())
    lacks = serializers.DictField(child=TallySerializer())
    cost = MoneyField(max_digits=16)
    cost_per_km = MoneyField(max_digits=16, allow_null=True)


class CoverageSerializer(StrictSerializer):
    """The coverage of a day: one row a township and kind, and their sum."""

    as_of = serializers.DateField()
    rows = CoverageRowSerializer(many=True)
    total = CoverageRowSerializer()


class CoverageView(ApiView):
    """Upkeep coverage of the assets that the caller sees."""

    @extend_schema(
        tags=["upkeep coverage"],
        operation_id="upkeep_coverage_read",
        parameters=[parameter(name, entry.description) for name, entry in parameters().items()],
        responses=CoverageSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer the coverage of today; the filter of assets narrows it down."""
        refuse_unknown(self.params, parameters())
        coverage = upkeep_coverage(self.scope, AssetFilter.from_query(self.params))
        answer = {
            "as_of": coverage.as_of,
            "rows": [_row(row) for row in coverage.rows],
            "total": _row(coverage.total),
        }
        return Response(dict(CoverageSerializer(answer).data))


def _row(row: CoverageRow) -> dict[str, Any]:
    every = row.every
    percent = row.managed_percent
    return {
        "township": row.township_code,
        "kind": row.kind,
        "assets": every.assets,
        "road_m": every.road_m,
        "managed_percent": None if percent is None else str(percent),
        "gaps": {gap: _tally(row.gap(gap)) for gap in UpkeepGap.values},
        "lacks": {gap.value: _tally(row.lack(gap)) for gap in GAPS},
        "cost": row.cost,
        "cost_per_km": row.cost_per_km,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {"assets": tally.assets, "road_m": tally.road_m}
