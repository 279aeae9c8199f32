"""Inspections over HTTP: recorded once under the sender's identifier, read, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from assets.kinds import CheckResult
from maintenance.api.field_references import AssetKey, InspectionKey, PatrolKey, StandardKey
from maintenance.api.photo_fields import PhotosField, PhotoToComeSerializer, photos_to_come
from maintenance.api.set_aside import SetsAside
from maintenance.inspection_filter import NAMES, InspectionFilter
from maintenance.inspection_rules import Answer
from maintenance.kinds import FieldEntity, InspectionKind
from maintenance.models import (
    CheckAnswer,
    ChecklistItem,
    Inspection,
    InspectionPhoto,
    PromisedPhoto,
)
from maintenance.services import inspection_record
from maintenance.services.failed_items import Outcome, findings_of
from sites.api.fields import (
    GeometryField,
    NumberField,
    OrganisationField,
    StrictSerializer,
    TextField,
)
from sites.api.geojson import write_geometry
from sites.api.projections import AsRfc7946
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import collection, parameter, record
from sites.identifiers import new_id
from sites.problems import Problem, invalid

LARGEST_ACCURACY_M = 100_000


class AnswerSerializer(StrictSerializer):
    """The answer to one item of the checklist."""

    item = serializers.UUIDField()
    result = serializers.ChoiceField(CheckResult.choices)
    chainage_m = NumberField(
        max_digits=9, decimal_places=1, min_value=0, allow_null=True, default=None
    )
    note = TextField(max_length=2000, allow_blank=True, default="")
    add_photos = PhotosField(default=list)
    photos = serializers.ListField(child=serializers.UUIDField(), read_only=True)
    photos_to_come = PhotoToComeSerializer(many=True, read_only=True)


class FailedItemSerializer(StrictSerializer):
    """What a failed item led to: a defect, a work order, and what happened in one word."""

    item = serializers.UUIDField(read_only=True)
    outcome = serializers.ChoiceField([word.value for word in Outcome], read_only=True)
    defect = serializers.UUIDField(read_only=True)
    order = serializers.UUIDField(read_only=True, allow_null=True)


class InspectionRow(StrictSerializer):
    """An inspection without its answers."""

    id = serializers.UUIDField(required=False)
    asset = AssetKey()
    standard = StandardKey()
    kind = serializers.ChoiceField(InspectionKind.choices)
    inspected_at = serializers.DateTimeField()
    score = NumberField(max_digits=5, decimal_places=2, read_only=True)
    position = GeometryField(types=("Point",), allow_null=True, default=None)
    accuracy_m = serializers.FloatField(
        min_value=0, max_value=LARGEST_ACCURACY_M, allow_null=True, default=None
    )
    note = TextField(max_length=2000, allow_blank=True, default="")
    organisation = OrganisationField(allow_null=True, default=None)
    patrol = PatrolKey(allow_null=True, default=None)
    corrects = InspectionKey(allow_null=True, default=None)
    agreement = serializers.UUIDField(source="agreement_id", read_only=True, allow_null=True)
    performed_by = serializers.CharField(
        source="performed_by.username", read_only=True, default=None, allow_null=True
    )
    received_at = serializers.DateTimeField(read_only=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the inspection with its position as the database wrote it."""
        shown = super().to_representation(instance)
        return {**shown, "position": write_geometry(instance.geojson)}


class InspectionSerializer(InspectionRow):
    """An inspection with its answers and what the failed ones led to."""

    answers = serializers.ListField(child=AnswerSerializer(), min_length=1, max_length=200)
    add_photos = PhotosField(default=list)
    photos = serializers.ListField(child=serializers.UUIDField(), read_only=True)
    photos_to_come = PhotoToComeSerializer(many=True, read_only=True)
    findings = FailedItemSerializer(many=True, read_only=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the inspection, its answers with their photos, and the findings."""
        plain = InspectionRow(instance, context=self.context).data
        links = list(InspectionPhoto.objects.filter(inspection=instance).order_by("pk"))
        promises = PromisedPhoto.objects.filter(inspection=instance, arrived_at__isnull=True)
        awaited = list(promises.order_by("pk"))
        answers = CheckAnswer.objects.filter(inspection=instance).order_by("item__position", "pk")
        return {
            **plain,
            "photos": [str(link.photo_id) for link in links if link.answer_id is None],
            "photos_to_come": photos_to_come(row for row in awaited if row.answer_id is None),
            "answers": [_answer(row, links, awaited) for row in answers],
            "findings": [
                {
                    "item": str(found.answer.item_id),
                    "outcome": found.outcome.value,
                    "defect": str(found.defect.pk),
                    "order": str(found.order.pk) if found.order else None,
                }
                for found in findings_of(instance)
            ],
        }


def _answer(
    row: CheckAnswer, links: Sequence[InspectionPhoto], awaited: Sequence[PromisedPhoto]
) -> dict[str, Any]:
    return {
        "item": str(row.item_id),
        "result": row.result,
        "chainage_m": None if row.chainage_m is None else float(row.chainage_m),
        "note": row.note,
        "photos": [str(link.photo_id) for link in links if link.answer_id == row.pk],
        "photos_to_come": photos_to_come(one for one in awaited if one.answer_id == row.pk),
    }


class InspectionResource(Resource):
    """Inspections that the caller may see."""

    serializer_class: ClassVar[type[StrictSerializer]] = InspectionSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(NAMES)

    def rows(self) -> Any:
        """Return the inspections with their position as text."""
        rows = Inspection.objects.visible_to(self.scope).annotate(geojson=AsRfc7946(F("position")))
        return rows.select_related("performed_by").defer("position")

    def version_of(self, row: Inspection) -> int:
        """Return 1: an inspection never changes."""
        return 1

    def require_create(self) -> None:
        """Whoever holds a role may check something; what and where is the service's to judge."""
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")


@extend_schema(tags=["inspections"])
@collection(
    "inspection",
    InspectionSerializer,
    parameters=[
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("asset", "Identifiers of assets, separated by commas."),
        parameter("agreement", "Identifiers of agreements, separated by commas."),
        parameter("standard", "Identifiers of standards, separated by commas."),
        parameter("kind", f"Kinds, separated by commas: {', '.join(InspectionKind.values)}."),
        parameter("inspected_since", "RFC 3339 time with offset."),
    ],
)
class InspectionCollection(SetsAside, InspectionResource, WritableCollection):
    """Inspections in the order in which they were entered; a list leaves out the answers."""

    entity = FieldEntity.INSPECTION

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return rows of a list in short, a new inspection in full."""
        is_list = self.request.method != "POST"
        serializer = InspectionRow if is_list else InspectionSerializer
        return [dict(serializer(row, context=self.serializer_context()).data) for row in rows]

    def narrowed(self, rows: Any) -> Any:
        """Return the inspections that the shared filter asks for."""
        return InspectionFilter.from_query(self.params).apply(rows)

    def _create(self) -> Response:
        """Record an inspection: 201, or 200 when the same one was sent before."""
        values = self.parsed()
        standard = values["standard"]
        outcome = inspection_record(
            identifier=values.pop("id", None) or new_id(),
            answers=read_answers(standard.pk, values.pop("answers")),
            photos=values.pop("add_photos"),
            at=timezone.now(),
            actor=self.actor,
            scope=self.scope,
            **values,
        )
        pk = outcome.inspection.pk
        answer = self.answer(self.row(pk), status=201 if outcome.is_new else 200)
        answer.headers["Location"] = f"{self.request.path}/{pk}"
        return answer


@extend_schema(tags=["inspections"])
@record("inspection", InspectionSerializer)
class InspectionDetail(InspectionResource, Record):
    """One inspection with its answers."""


def read_answers(standard: UUID, given: Sequence[Mapping[str, Any]]) -> list[Answer]:
    """Return a body's answers with their items; raises `Problem` 422 for an unknown item."""
    items = {item.pk: item for item in ChecklistItem.objects.filter(standard_id=standard)}
    for place, entry in enumerate(given):
        if entry["item"] not in items:
            sentence = _("There is no such record.")
            raise invalid(f"answers.{place}.item", "does_not_exist", sentence)
    return [
        Answer(
            item=items[entry["item"]],
            result=entry["result"],
            chainage_m=entry["chainage_m"],
            note=entry["note"],
            photos=entry["add_photos"],
        )
        for entry in given
    ]
