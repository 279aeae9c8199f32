"""How field entries look over HTTP: Features with flat properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import F, Prefetch, QuerySet
from rest_framework import serializers

from assets.models import Asset
from maintenance.api.photo_fields import (
    PhotoToComeSerializer,
    StagedPhotosField,
    photos_to_come,
)
from maintenance.kinds import QuantityUnit, ReviewVerdict, UpkeepTask
from maintenance.log_review import LogMark, LogStanding, marks_of, standing_of, with_standing
from maintenance.models import (
    Agreement,
    LogPhoto,
    LogReview,
    MaintenanceLog,
    PromisedPhoto,
    WorkOrder,
)
from sites.api.features import FeatureSerializer, feature
from sites.api.fields import GeometryField, NumberField, StrictSerializer, TextField
from sites.api.geojson import write_geometry
from sites.api.known_rows import known_row
from sites.api.projections import AsRfc7946
from sites.api.rows_in_scope import row_in_scope

LARGEST_ACCURACY_M = 1_000_000


IDENTIFIER = serializers.UUIDField()


class RowField(serializers.PrimaryKeyRelatedField[Any]):
    """Another record by its identifier, within what the caller may see."""

    def __init__(self, model: Any, **options: Any) -> None:
        self.rows_of = model
        super().__init__(pk_field=serializers.UUIDField(), queryset=model.objects.none(), **options)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records in scope."""
        found: QuerySet[Any] = self.rows_of.objects.visible_to(self.context["scope"])
        return found

    def to_internal_value(self, data: Any) -> Any:
        """Return the record; one that was read for all bodies of the request is not read again."""
        known = known_row(self.context, self.rows_of, data)
        return super().to_internal_value(data) if known is None else known


class AssetField(RowField):
    """An asset, of which an entry needs no more than its key."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the asset with nothing but its key loaded."""
        known = known_row(self.context, Asset, data)
        if known is not None:
            return known
        key = IDENTIFIER.to_internal_value(data)
        found = row_in_scope(Asset, self.context["scope"], key)
        if found is None:
            self.fail("does_not_exist", pk_value=key)
        return found


class LogProperties(StrictSerializer):
    """The properties of a field entry."""

    order = RowField(WorkOrder, allow_null=True, default=None)
    agreement = RowField(Agreement, allow_null=True, default=None)
    asset = AssetField(Asset, allow_null=True, default=None)
    task = serializers.ChoiceField(UpkeepTask.choices)
    device_time = serializers.DateTimeField()
    received_at = serializers.DateTimeField(read_only=True)
    server_seq = serializers.IntegerField(read_only=True)
    accuracy_m = serializers.FloatField(
        min_value=0, max_value=LARGEST_ACCURACY_M, allow_null=True, default=None
    )
    clock_skew_s = serializers.FloatField(read_only=True, allow_null=True)
    distance_m = serializers.FloatField(read_only=True)
    chainage_m = NumberField(
        max_digits=9, decimal_places=1, min_value=0, allow_null=True, default=None
    )
    quantity = NumberField(
        max_digits=12, decimal_places=2, min_value=0, allow_null=True, default=None
    )
    unit = serializers.ChoiceField(QuantityUnit.choices, allow_blank=True, default="")
    labour_days = NumberField(
        max_digits=7, decimal_places=2, min_value=0, allow_null=True, default=None
    )
    material = TextField(max_length=200, allow_blank=True, default="")
    note = TextField(max_length=5000, allow_blank=True, default="")
    device_id = TextField(max_length=80, allow_blank=True, default="")
    corrects = RowField(MaintenanceLog, allow_null=True, default=None)
    photos = StagedPhotosField(default=list)
    photos_to_come = PhotoToComeSerializer(many=True, read_only=True)
    worker = serializers.CharField(source="worker.username", read_only=True, default=None)
    organisation = serializers.UUIDField(source="organisation_id", read_only=True)
    organisation_name = serializers.CharField(read_only=True)
    standing = serializers.ChoiceField(LogStanding.choices, read_only=True)
    marks = serializers.ListField(child=serializers.ChoiceField(LogMark.choices), read_only=True)
    area = serializers.CharField(source="area_code", read_only=True)


class LogFeature(FeatureSerializer):
    """A field entry as a Feature; its geometry is where the device was, if it knew."""

    geometry = GeometryField(types=("Point",), allow_null=True, required=False)
    properties = LogProperties()


class LogReviewSerializer(StrictSerializer):
    """A review of an entry; the latest one holds."""

    id = serializers.UUIDField(read_only=True)
    verdict = serializers.ChoiceField(ReviewVerdict.choices)
    reason = TextField(max_length=2000, allow_blank=True, default="")
    at = serializers.DateTimeField(read_only=True)
    reviewer = serializers.CharField(source="reviewer.username", read_only=True, default=None)
    organisation = serializers.UUIDField(source="organisation_id", read_only=True)


def with_columns(logs: QuerySet[Any]) -> QuerySet[Any]:
    """Add to entries what their Features show, in a fixed number of queries."""
    awaited = PromisedPhoto.objects.filter(arrived_at__isnull=True).order_by("pk")
    rows: QuerySet[Any] = (
        with_standing(logs)
        .annotate(geojson=AsRfc7946(F("position")), organisation_name=F("organisation__name"))
        .select_related("worker")
        .prefetch_related(
            Prefetch("photos", LogPhoto.objects.order_by("pk")),
            Prefetch("promised_photos", awaited, to_attr="awaited_photos"),
        )
    )
    return rows


def as_first_shown(log: MaintenanceLog) -> Any:
    """Return an entry just inserted, of no photos, with the columns of `with_columns`.

    Nothing is read for it: it has no review, no correction and no photo yet.
    """
    row: Any = log
    row.verdict, row.is_corrected = None, False
    row.organisation_name = log.organisation.name
    row.geojson = _rfc7946(log.position)
    row.awaited_photos = []
    row._prefetched_objects_cache = {"photos": []}
    return row


def _rfc7946(point: Point | None) -> str | None:
    """Return what `AsRfc7946` makes of a point: seven decimals, and none where they are nought."""
    if point is None:
        return None
    numbers = [f"{number:.7f}".rstrip("0").rstrip(".") for number in point.coords]
    return f'{{"type":"Point","coordinates":[{",".join(numbers)}]}}'


@cache
def _members() -> Mapping[str, Any]:
    """Return the fields of a Feature's properties; to show a value they need no context."""
    return LogProperties().fields


def log_features(logs: Sequence[Any]) -> list[dict[str, Any]]:
    """Return entries of `with_columns` as Features."""
    members = _members()
    found = []
    for log in logs:
        computed = _computed(log)
        properties = {
            name: computed[name] if name in computed else _shown(entry, log)
            for name, entry in members.items()
        }
        found.append(feature(log.pk, write_geometry(log.geojson), properties))
    return found


def reviews_of(log: MaintenanceLog) -> QuerySet[LogReview]:
    """Return an entry's reviews with who made them."""
    return LogReview.objects.filter(log=log).select_related("reviewer")


def _computed(log: Any) -> dict[str, Any]:
    keys = {
        name: getattr(log, f"{name}_id") for name in ("order", "agreement", "asset", "corrects")
    }
    return {
        **{name: str(key) if key else None for name, key in keys.items()},
        "photos": [{"photo": str(row.photo_id), "stage": row.stage} for row in log.photos.all()],
        "photos_to_come": photos_to_come(log.awaited_photos),
        "standing": standing_of(log).value,
        "marks": [mark.value for mark in marks_of(log)],
    }


def _shown(entry: Any, log: Any) -> Any:
    if entry.field_name == "worker":
        return log.worker.username if log.worker else None
    value = entry.get_attribute(log)
    return None if value is None else entry.to_representation(value)
