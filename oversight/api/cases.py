"""Cases of accountability over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from oversight.api.case_fields import (
    CaseMoveSerializer,
    CaseSerializer,
    LetterDraftSerializer,
    OverdueRaisedSerializer,
)
from oversight.case_filter import CASE_PARAMETERS, CaseFilter
from oversight.case_moves import move_made
from oversight.case_roles import is_accused, leads
from oversight.letter_drafts import next_letter
from oversight.models import AccountabilityCase
from oversight.services.case_grounds import Grounds
from oversight.services.cases import case_raise
from oversight.services.overdue_cases import overdue_raise
from sites.api.idempotency import once
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView, Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.problems import Problem

OF_GROUNDS = (
    "cause",
    "organisation",
    "person",
    "site",
    "area",
    "decision",
    "milestone",
    "plan",
    "finding",
)

HEAVY = (
    "area__boundary",
    "organisation__area__boundary",
    "site__planned_geometry",
    "site__actual_geometry",
    "site__geometry_3857",
)


class CaseResource(Resource):
    """Cases that the caller may see."""

    serializer_class = CaseSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(CASE_PARAMETERS)

    def rows(self) -> Any:
        """Return the cases with their steps and evidence."""
        rows = AccountabilityCase.objects.visible_to(self.scope)
        return (
            rows.select_related("area", "site", "organisation__area")
            .prefetch_related("steps__actor", "steps__evidence")
            .defer(*HEAVY)
        )

    def require_create(self) -> None:
        """Only a planner raises cases; for which area is the service's to judge."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: AccountabilityCase) -> None:
        """The office and the body act here; what each may do is the service's to judge."""
        if not (
            leads(self.scope, row)
            or is_accused(self.scope, row)
            or self.scope.manages_area(row.area_code)
        ):
            raise Problem("forbidden")


@extend_schema(tags=["accountability"])
@collection(
    "accountability_case",
    CaseSerializer,
    parameters=[parameter(name, words) for name, words in CASE_PARAMETERS.items()],
)
class CaseCollection(CaseResource, WritableCollection):
    """Cases, in the order in which they were raised."""

    def narrowed(self, rows: Any) -> Any:
        """Return the cases that the shared filter asks for."""
        return CaseFilter.from_query(self.params).apply(rows)

    def created(self, values: Mapping[str, Any]) -> AccountabilityCase:
        """Raise the case; nothing is sent yet."""
        rest = {name: value for name, value in values.items() if name not in OF_GROUNDS}
        return case_raise(
            grounds=Grounds(**{name: values[name] for name in OF_GROUNDS}),
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            **rest,
        )


@extend_schema(tags=["accountability"])
@record("accountability_case", CaseSerializer)
class CaseRecord(CaseResource, Record):
    """One case with all its steps."""


class CaseMoves(CaseResource, Action):
    """Moves of one case."""

    input_class = CaseMoveSerializer

    @extend_schema(
        tags=["accountability"],
        operation_id="accountability_case_move",
        parameters=[IDEMPOTENCY_KEY],
        request=CaseMoveSerializer,
        responses=CaseSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Send a letter, reply, go a level up, appeal, decide an appeal, or close the case."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Make the move."""
        return move_made(
            row,
            values["move"],
            values,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            expected_version=expected_version,
        )


class CaseLetterDraft(CaseResource):
    """The letter that would be sent next."""

    @extend_schema(
        tags=["accountability"],
        operation_id="accountability_case_letter_draft",
        responses=LetterDraftSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the letter of the case's level, or of the next one once a letter is out."""
        refuse_unknown(self.params, ())
        case = self.rows().get(pk=pk)
        if not leads(self.scope, case):
            raise Problem("forbidden")
        draft = next_letter(case, on=timezone.localdate())
        if draft is None:
            raise Problem("conflict")
        return Response(dict(LetterDraftSerializer(draft).data))


class OverdueRun(ApiView):
    """The rule that turns missed decisions into cases, run by hand."""

    @extend_schema(
        tags=["accountability"],
        operation_id="accountability_overdue_run",
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses=OverdueRaisedSerializer,
    )
    def post(self, request: Request) -> Response:
        """Raise and send what is overdue today in the caller's area; twice finds nothing more."""
        refuse_unknown(self.params, ())
        if not self.scope.manages_register:
            raise Problem("forbidden")
        return once(request, self._run)

    def _run(self) -> Response:
        done = overdue_raise(as_of=timezone.localdate(), actor=self.actor, scope=self.scope)
        return Response(dict(OverdueRaisedSerializer(done).data))
