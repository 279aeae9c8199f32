"""Assessments over HTTP: recorded once a period, corrected by a newer one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from maintenance.api.payment_fields import AssessmentSerializer, ProposalSerializer
from maintenance.assessment_proposal import proposal_for
from maintenance.models import Agreement, Assessment
from maintenance.money import MoneyError, Period, period_of
from maintenance.payment_figures import term_of
from maintenance.payment_filter import PERIOD_PARAMETERS, PeriodFilter
from maintenance.services import LostPoints, assessment_record
from sites.api.parameters import one_day, refuse_unknown
from sites.api.resource import ApiView, Record, Resource, WritableCollection
from sites.api.schema import collection, parameter, record
from sites.problems import Problem, bad_parameter, invalid


def period_given(values: Mapping[str, Any]) -> Period:
    """Return the period of a body; raises `Problem` 422 for one that ends before it begins."""
    try:
        return Period(values["period_start"], values["period_end"])
    except MoneyError as error:
        sentence = _("The last day must not come before the first.")
        raise invalid("period_end", error.code, sentence) from error


class AssessmentResource(Resource):
    """Assessments of agreements that the caller may see."""

    serializer_class = AssessmentSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(PERIOD_PARAMETERS)

    def rows(self) -> Any:
        """Return the assessments that the caller may see."""
        newer = Assessment.objects.filter(supersedes=OuterRef("pk"))
        return (
            Assessment.objects.visible_to(self.scope)
            .annotate(is_superseded=Exists(newer))
            .select_related("assessor")
            .prefetch_related("lines")
        )

    def version_of(self, row: Assessment) -> int:
        """Return 1: an assessment never changes."""
        return 1

    def require_create(self) -> None:
        """Whoever holds a role may try; who scores which agreement is the service's to judge."""
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")


@extend_schema(tags=["payments"])
@collection(
    "assessment",
    AssessmentSerializer,
    parameters=[parameter(name, description) for name, description in PERIOD_PARAMETERS.items()],
)
class AssessmentCollection(AssessmentResource, WritableCollection):
    """Assessments, in the order in which they were recorded."""

    def narrowed(self, rows: Any) -> Any:
        """Return the assessments that the parameters ask for."""
        return PeriodFilter.from_query(self.params).apply(rows, self.scope)

    def created(self, values: Mapping[str, Any]) -> Assessment:
        """Record the assessment for the caller's own organisation."""
        return assessment_record(
            agreement=values["agreement"],
            period=period_given(values),
            score=values["score"],
            lines=[LostPoints(**line) for line in values["lines"]],
            note=values["note"],
            supersedes=values["supersedes"],
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
        )


@extend_schema(tags=["payments"])
@record("assessment", AssessmentSerializer)
class AssessmentRecord(AssessmentResource, Record):
    """One assessment."""


class AssessmentProposal(ApiView):
    """What the records of a period suggest for its assessment."""

    @extend_schema(
        tags=["payments"],
        operation_id="assessment_proposal_read",
        parameters=[parameter("period_start", "A day of the payment period.", required=True)],
        responses=ProposalSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the proposal for the payment period that holds a day."""
        refuse_unknown(self.params, {"period_start"})
        agreement: Agreement = Agreement.objects.visible_to(self.scope).get(pk=pk)
        day = one_day(self.params, "period_start")
        if day is None:
            raise bad_parameter("period_start", "required", _("Give a date such as 2026-11-23."))
        term = term_of(agreement)
        period = period_of(agreement.payment_cycle, day, term) if term else None
        if period is None:
            sentence = _("The agreement is not in force on this day.")
            raise bad_parameter("period_start", "agreement_not_in_force", sentence)
        found = proposal_for(agreement, period)
        answer = {
            "period_start": period.first,
            "period_end": period.last,
            "inspections": found.inspections,
            "score": found.score,
            "lines": found.lines,
        }
        return Response(dict(ProposalSerializer(answer).data))
