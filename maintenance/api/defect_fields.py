"""How defects look over HTTP: points with flat properties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from rest_framework import serializers

from assets.chainage import Chainage
from assets.kinds import PhotoStage, Severity
from maintenance.api.field_references import AssetKey, DefectKey, StructureKey, SurveyKey
from maintenance.api.photo_fields import PhotosField, PhotoToComeSerializer, photos_to_come
from maintenance.kinds import DefectKind, DefectSource, DefectState
from maintenance.models import Defect, DefectPhoto, PromisedPhoto
from sites.api.features import feature
from sites.api.fields import (
    GeometryField,
    NumberField,
    OrganisationField,
    StrictSerializer,
    TextField,
)
from sites.api.geojson import write_geometry
from sites.api.projections import AsRfc7946
from sites.kinds import Role

LONGEST_TEXT = 2000
REPORTED_SOURCES = [
    (source.value, source.label)
    for source in (DefectSource.PATROL, DefectSource.SURVEY, DefectSource.OFFICE)
]
"""Sources that somebody names; the others follow from an inspection or a public report."""


class DefectPhotoSerializer(StrictSerializer):
    """A photo of a defect: its identifier and the moment of the work."""

    id = serializers.UUIDField()
    stage = serializers.ChoiceField(PhotoStage.choices)


class DefectProperties(StrictSerializer):
    """The flat properties of a defect; the place is the geometry, the chainage, or neither."""

    number = serializers.IntegerField(read_only=True)
    asset = AssetKey()
    asset_code = serializers.CharField(read_only=True)
    asset_name = serializers.CharField(read_only=True)
    area = serializers.CharField(read_only=True)
    township = serializers.CharField(read_only=True)
    agreement = serializers.UUIDField(read_only=True, allow_null=True)
    order = serializers.UUIDField(read_only=True, allow_null=True)
    duplicate_of = serializers.UUIDField(read_only=True, allow_null=True)
    inspection = serializers.UUIDField(read_only=True, allow_null=True)
    kind = serializers.ChoiceField(DefectKind.choices)
    severity = serializers.ChoiceField(Severity.choices)
    source = serializers.ChoiceField(  # type: ignore[assignment]
        REPORTED_SOURCES, default=DefectSource.PATROL
    )
    state = serializers.ChoiceField(DefectState.choices, read_only=True)
    structure = StructureKey(allow_null=True, default=None)
    survey = SurveyKey(allow_null=True, default=None)
    organisation = OrganisationField(allow_null=True, default=None)
    chainage_m = NumberField(
        max_digits=9, decimal_places=1, min_value=0, allow_null=True, default=None
    )
    chainage = serializers.CharField(read_only=True, allow_null=True)
    needs_review = serializers.BooleanField(read_only=True)
    description = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    found_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    photos = DefectPhotoSerializer(many=True, read_only=True)
    photos_to_come = PhotoToComeSerializer(many=True, read_only=True)
    add_photos = PhotosField(default=list)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class DefectFeature(StrictSerializer):
    """A defect as a Feature; a client may bring its own identifier, and send it twice."""

    type = serializers.ChoiceField(["Feature"], default="Feature")
    id = serializers.UUIDField(required=False)
    geometry = GeometryField(types=("Point",), allow_null=True, default=None)
    properties = DefectProperties()


class DefectPlaceProperties(StrictSerializer):
    """The chainage to which a defect is moved."""

    chainage_m = NumberField(
        max_digits=9, decimal_places=1, min_value=0, allow_null=True, default=None
    )


class DefectPlaceFeature(StrictSerializer):
    """Where a defect really is: a point, a chainage, or both."""

    type = serializers.ChoiceField(["Feature"], default="Feature")
    geometry = GeometryField(types=("Point",), allow_null=True, default=None)
    properties = DefectPlaceProperties(default=dict)


class DefectMoveSerializer(StrictSerializer):
    """Where to and why; a duplicate names the other defect."""

    to_state = serializers.ChoiceField(DefectState.choices)
    reason = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    duplicate_of = DefectKey(allow_null=True, default=None)


class DefectPhotosSerializer(StrictSerializer):
    """Photos of the caller, and the moment of the work that they show."""

    photos = PhotosField(min_length=1)
    stage = serializers.ChoiceField(PhotoStage.choices, default=PhotoStage.BEFORE)


class DefectChangeSerializer(StrictSerializer):
    """One move: who, for which body, in which role, when and why."""

    id = serializers.UUIDField(read_only=True)
    from_state = serializers.ChoiceField(DefectState.choices, read_only=True)
    to_state = serializers.ChoiceField(DefectState.choices, read_only=True)
    reason = serializers.CharField(read_only=True)
    actor = serializers.CharField(
        source="actor.username", read_only=True, default=None, allow_null=True
    )
    organisation = OrganisationField(read_only=True, allow_null=True)
    role = serializers.ChoiceField(Role.choices, read_only=True)
    at = serializers.DateTimeField(read_only=True)


class NearDefectSerializer(StrictSerializer):
    """A defect nearby and how many metres away it is."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    metres = serializers.FloatField(read_only=True)
    kind = serializers.ChoiceField(DefectKind.choices, read_only=True)
    severity = serializers.ChoiceField(Severity.choices, read_only=True)
    state = serializers.ChoiceField(DefectState.choices, read_only=True)
    found_at = serializers.DateTimeField(read_only=True)
    description = serializers.CharField(read_only=True)


class NearDefectsSerializer(StrictSerializer):
    """What may be the same defect, the nearest first."""

    items = NearDefectSerializer(many=True, read_only=True)


def with_feature_columns(defects: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with what a Feature needs: the asset's names and the geometry as text."""
    rows: QuerySet[Any] = (
        defects.select_related("inspection_answer")
        .annotate(
            geojson=AsRfc7946(F("point")),
            asset_code=F("asset__code"),
            asset_name=F("asset__name"),
        )
        .defer("point", "point_3857")
    )
    return rows


def defect_features(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return defects as Features; the photos of all of them in one statement each."""
    found = list(rows)
    photos: dict[Any, list[dict[str, Any]]] = {}
    links = DefectPhoto.objects.filter(defect__in=[row.pk for row in found]).order_by("pk")
    for link in links:
        photos.setdefault(link.defect_id, []).append({"id": link.photo_id, "stage": link.stage})
    awaited = _awaited(found)
    return [
        feature(
            row.pk,
            write_geometry(row.geojson),
            _properties(row, photos.get(row.pk, []), awaited.get(row.pk, [])),
        )
        for row in found
    ]


def _awaited(rows: Iterable[Any]) -> dict[Any, list[dict[str, Any]]]:
    promises = PromisedPhoto.objects.filter(
        defect__in=[row.pk for row in rows], arrived_at__isnull=True
    )
    found: dict[Any, list[dict[str, Any]]] = {}
    for promise in promises.order_by("pk"):
        found.setdefault(promise.defect_id, []).extend(photos_to_come([promise]))
    return found


def _properties(
    row: Any, photos: list[dict[str, Any]], awaited: list[dict[str, Any]]
) -> dict[str, Any]:
    answer = row.inspection_answer
    return {
        "number": row.number,
        "asset": row.asset_id,
        "asset_code": row.asset_code,
        "asset_name": row.asset_name,
        "area": row.area_code,
        "township": row.township_code,
        "agreement": row.agreement_id,
        "order": row.order_id,
        "duplicate_of": row.duplicate_of_id,
        "inspection": answer.inspection_id if answer else None,
        "kind": row.kind,
        "severity": row.severity,
        "source": row.source,
        "state": row.state,
        "structure": row.structure_id,
        "survey": row.survey_id,
        "organisation": row.organisation_id,
        "chainage_m": None if row.chainage_m is None else float(row.chainage_m),
        "chainage": None if row.chainage_m is None else str(Chainage(row.chainage_m)),
        "needs_review": row.needs_review,
        "description": row.description,
        "found_at": row.found_at,
        "closed_at": row.closed_at,
        "photos": photos,
        "photos_to_come": awaited,
        "version": row.version,
        "updated_at": row.updated_at,
    }


def near_defect(defect: Defect, metres: float) -> dict[str, Any]:
    """Return a defect nearby as the answer shows it."""
    return {
        "id": defect.pk,
        "number": defect.number,
        "metres": round(metres, 1),
        "kind": defect.kind,
        "severity": defect.severity,
        "state": defect.state,
        "found_at": defect.found_at,
        "description": defect.description,
    }
