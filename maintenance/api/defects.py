"""Defects over HTTP: seen as points, reported, moved, located, and what lies near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from assets.kinds import Severity
from maintenance.api.defect_fields import (
    DefectChangeSerializer,
    DefectFeature,
    DefectMoveSerializer,
    DefectPhotosSerializer,
    DefectPlaceFeature,
    NearDefectsSerializer,
    defect_features,
    near_defect,
    with_feature_columns,
)
from maintenance.api.set_aside import SetsAside
from maintenance.defect_filter import NAMES, DefectFilter
from maintenance.kinds import DefectKind, DefectSource, DefectState, FieldEntity
from maintenance.models import Defect, DefectChange
from maintenance.nearby import possible_duplicates
from maintenance.services import (
    defect_add_photos,
    defect_move,
    defect_place,
    defect_report,
)
from sites.api.paging import read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.parsers import GeoJSONParser, StrictJSONParser
from sites.api.preconditions import require_match
from sites.api.resource import GEOJSON, Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, IF_MATCH, collection, page_of, parameter, record
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.state_changes import BY_TIME
from sites.problems import Problem
from sites.services import ConcurrentChange

PARAMETERS = (
    parameter("state", f"States, separated by commas: {', '.join(DefectState.values)}."),
    parameter("severity", f"Severities, separated by commas: {', '.join(Severity.values)}."),
    parameter("kind", f"Kinds, separated by commas: {', '.join(DefectKind.values)}."),
    parameter("source", f"Sources, separated by commas: {', '.join(DefectSource.values)}."),
    parameter("area", "Area codes with all below them, separated by commas."),
    parameter("asset", "Identifiers of assets, separated by commas."),
    parameter("agreement", "Identifiers of agreements, separated by commas."),
    parameter("route", "Route numbers such as Y012, separated by commas."),
    parameter("open", "1 for defects on which something is left to be done, 0 for the others."),
    parameter("overdue", "1 for those past their order's time limit, or unverified for 7 days."),
    parameter("bbox", "west,south,east,north in degrees."),
    parameter("updated_since", "RFC 3339 time with offset."),
)


class DefectResource(Resource):
    """Defects that the caller may see, as Features."""

    serializer_class = DefectFeature
    parser_classes = [StrictJSONParser, GeoJSONParser]
    media_type = GEOJSON
    rows_name = "features"
    parameters: ClassVar[frozenset[str]] = frozenset(NAMES)

    def rows(self) -> Any:
        """Return the defects that the caller may see."""
        return with_feature_columns(Defect.objects.visible_to(self.scope))

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return rows as Features."""
        return defect_features(rows)


@extend_schema(tags=["defects"])
@collection("defect", DefectFeature, parameters=PARAMETERS)
class DefectCollection(SetsAside, DefectResource, WritableCollection):
    """Defects from patrols, inspections, surveys, the public and the office."""

    entity = FieldEntity.DEFECT

    def narrowed(self, rows: Any) -> Any:
        """Return the defects that the shared filter asks for."""
        return DefectFilter.from_query(self.params).apply(rows)

    def require_create(self) -> None:
        """Whoever holds a role may report; where is the service's to judge."""
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")

    def _create(self) -> Response:
        """Report a defect: 201, or 200 when the same one was sent before."""
        values = self.parsed()
        given = dict(values["properties"])
        defect, is_new = defect_report(
            **{name: value for name, value in given.items() if name != "add_photos"},
            photos=given["add_photos"],
            identifier=values.get("id"),
            point=values["geometry"],
            at=timezone.now(),
            actor=self.actor,
            scope=self.scope,
        )
        answer = self.answer(self.row(defect.pk), status=201 if is_new else 200)
        answer.headers["Location"] = f"{self.request.path}/{defect.pk}"
        return answer


@extend_schema(tags=["defects"])
@record("defect", DefectFeature)
class DefectRecord(DefectResource, Record):
    """One defect."""

    @extend_schema(
        operation_id="defect_place",
        parameters=[IF_MATCH],
        request=DefectPlaceFeature,
        responses={(200, GEOJSON): DefectFeature},
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say where the defect really is; everything else moves by its states."""
        row = self.row(pk)
        if not require_match(request, row.version):
            raise self.changed_meanwhile(row)
        body = DefectPlaceFeature(data=request.data, context=self.serializer_context())
        body.is_valid(raise_exception=True)
        values = body.validated_data
        try:
            defect_place(
                defect=row,
                actor=self.actor,
                scope=self.scope,
                expected_version=row.version,
                point=values["geometry"],
                chainage_m=values["properties"].get("chainage_m"),
            )
        except ConcurrentChange as error:
            raise self.changed_meanwhile(self.row(pk)) from error
        return self.answer(self.row(pk))


class DefectAction(DefectResource, Action):
    """Something that is done to one defect; who may is the service's to judge."""

    def require_change(self, row: Defect) -> None:
        """Leave it to the service: parties act here as well as the office."""


class DefectMoves(DefectAction):
    """Moves of a defect."""

    input_class = DefectMoveSerializer

    @extend_schema(
        tags=["defects"],
        operation_id="defect_move_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(DefectChangeSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of the defect's moves, the first one first."""
        refuse_unknown(self.params, PAGING)
        defect = Defect.objects.visible_to(self.scope).only("pk").get(pk=pk)
        changes = DefectChange.objects.filter(defect=defect).select_related("actor")
        page = read_page(changes, BY_TIME, self.params)
        context = self.serializer_context()
        items = [dict(DefectChangeSerializer(row, context=context).data) for row in page.rows]
        return Response({"items": items, **page.links(request)})

    @extend_schema(
        tags=["defects"],
        operation_id="defect_move",
        parameters=[IDEMPOTENCY_KEY],
        request=DefectMoveSerializer,
        responses={(200, GEOJSON): DefectFeature},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Verify, reject, reopen, or name the defect that this one repeats."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Move the defect."""
        defect_move(
            defect=row,
            to_state=values["to_state"],
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            reason=values["reason"],
            duplicate_of=values["duplicate_of"],
            expected_version=expected_version,
        )
        return row


class DefectPhotos(DefectAction):
    """Photos that are added to a defect's thread."""

    input_class = DefectPhotosSerializer

    @extend_schema(
        tags=["defects"],
        operation_id="defect_photos_add",
        parameters=[IDEMPOTENCY_KEY],
        request=DefectPhotosSerializer,
        responses={(200, GEOJSON): DefectFeature},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add photos that were sent before; those that are there already stay as they are."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Add the photos."""
        defect_add_photos(defect=row, actor=self.actor, scope=self.scope, **values)
        return row


class DefectNearby(DefectResource):
    """What may be the same defect."""

    @extend_schema(tags=["defects"], operation_id="defect_nearby", responses=NearDefectsSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer defects of the same asset within 50 m, open or closed within 30 days."""
        refuse_unknown(self.params, ())
        defect = Defect.objects.visible_to(self.scope).get(pk=pk)
        near = possible_duplicates(
            asset_id=defect.asset_id,
            point=defect.point,
            chainage_m=defect.chainage_m,
            scope=self.scope,
            at=timezone.now(),
            excluding=defect.pk,
        )
        return Response({"items": [near_defect(entry.defect, entry.metres) for entry in near]})
