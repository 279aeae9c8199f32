"""Handovers over HTTP: prepared, signed, completed; and what a site lacks for its next states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.acceptance_roles import hands_over, holds_office, signs_for
from assets.api.actions import Action
from assets.api.chain_parameters import CHAIN, CHAIN_PARAMETERS, of_sites
from assets.api.references import AssetsField, SiteField
from assets.kinds import DocumentKind
from assets.models import Handover
from assets.services.handover import (
    PARTIES,
    handover_complete,
    handover_missing,
    handover_prepare,
    handover_sign,
    handover_update,
)
from sites.api.fields import OrganisationField, StrictSerializer, TextField
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView, Resource, WritableCollection, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, FieldProblemSerializer, collection, record
from sites.kinds import State
from sites.models import ProjectSite
from sites.problems import Problem
from sites.services.gates import site_missing

GATES = (State.ACCEPTED, State.HANDED_OVER, State.CLOSED)


class DocumentSerializer(serializers.Serializer[Any]):
    """A document that goes with a handover; `url` is where its file is read, if it has one."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(DocumentKind.choices)
    title = serializers.CharField()
    number = serializers.CharField(allow_blank=True)
    issued_on = serializers.DateField(allow_null=True)
    file_name = serializers.CharField(allow_blank=True)
    content_type = serializers.CharField(allow_blank=True)
    size_bytes = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(allow_blank=True)


class HandoverSerializer(StrictSerializer):
    """A handover: parties, assets, warranty, signatures."""

    id = serializers.UUIDField(read_only=True)
    site = SiteField()
    site_code = serializers.CharField(source="site.code", read_only=True)
    from_organisation = OrganisationField(allow_null=True, required=False)
    owner = OrganisationField(allow_null=True, required=False)
    upkeep_party = OrganisationField(allow_null=True, required=False)
    warranty_until = serializers.DateField(allow_null=True, required=False)
    assets = AssetsField(required=False)
    note = TextField(max_length=2000, allow_blank=True, required=False)
    from_name = serializers.CharField(read_only=True)
    from_signed_on = serializers.DateField(read_only=True)
    owner_name = serializers.CharField(read_only=True)
    owner_signed_on = serializers.DateField(read_only=True)
    upkeep_name = serializers.CharField(read_only=True)
    upkeep_signed_on = serializers.DateField(read_only=True)
    completed_on = serializers.DateField(read_only=True)
    documents = DocumentSerializer(many=True, read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class HandoverResource(Resource):
    """Handovers of sites that the caller may see."""

    serializer_class = HandoverSerializer
    parameters: ClassVar[frozenset[str]] = CHAIN

    def rows(self) -> Any:
        """Return the handovers that the caller may see."""
        rows = Handover.objects.visible_to(self.scope)
        return rows.select_related("site").prefetch_related("assets", "documents")

    def require_create(self) -> None:
        """Only the office prepares handovers; where is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: Handover) -> None:
        """Only the office in whose area the site lies changes it."""
        if not holds_office(self.scope, row.site):
            raise Problem("forbidden")


@extend_schema(tags=["handover"])
@collection("handover", HandoverSerializer, parameters=CHAIN_PARAMETERS)
class HandoverCollection(HandoverResource, WritableCollection):
    """Handovers, the oldest first."""

    def narrowed(self, rows: Any) -> Any:
        """Return the handovers that the parameters ask for."""
        return of_sites(rows, self.params, "site")

    def created(self, values: Mapping[str, Any]) -> Handover:
        """Prepare the handover."""
        given = dict(values)
        return handover_prepare(
            site=given.pop("site"),
            assets=given.pop("assets", None),
            values=given,
            actor=self.actor,
            scope=self.scope,
        )


@extend_schema(tags=["handover"])
@record("handover", HandoverSerializer)
class HandoverRecord(HandoverResource, WritableRecord):
    """One handover, to read and to change until it is completed."""

    http_method_names = ["get", "patch", "head", "options"]

    def changed(self, row: Handover, values: Mapping[str, Any]) -> Handover:
        """Change what is given; signatures of what changes are taken back."""
        given = dict(values)
        if given.pop("site", row.site) != row.site:
            raise Problem("conflict")
        return handover_update(
            handover=row,
            assets=given.pop("assets", None),
            values=given,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )


class HandoverSignatureSerializer(StrictSerializer):
    """Who signs for which party, on which day."""

    party = serializers.ChoiceField(PARTIES)
    name = TextField(max_length=60)
    effective_on = serializers.DateField(default=timezone.localdate)


class HandoverSign(HandoverResource, Action):
    """Signatures of the three parties."""

    input_class = HandoverSignatureSerializer

    @extend_schema(
        tags=["handover"],
        operation_id="handover_sign",
        parameters=[IDEMPOTENCY_KEY],
        request=HandoverSignatureSerializer,
        responses=HandoverSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Record that somebody signed for a party."""
        return super().post(request, pk)

    def require_change(self, row: Handover) -> None:
        """The office records any signature, a body its own."""
        bodies = (None, row.from_organisation_id, row.owner_id, row.upkeep_party_id)
        if not any(signs_for(self.scope, row.site, body) for body in bodies):
            raise Problem("forbidden")

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Sign."""
        return handover_sign(
            handover=row,
            party=values["party"],
            name=values["name"],
            on=values["effective_on"],
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
        )


class CompletionSerializer(StrictSerializer):
    """The day of the handover."""

    effective_on = serializers.DateField(default=timezone.localdate)


class HandoverComplete(HandoverResource, Action):
    """Completion of a handover."""

    input_class = CompletionSerializer

    @extend_schema(
        tags=["handover"],
        operation_id="handover_complete",
        parameters=[IDEMPOTENCY_KEY],
        request=CompletionSerializer,
        responses=HandoverSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Complete the handover; a refusal (`gate_not_met`) lists everything that is missing."""
        return super().post(request, pk)

    def require_change(self, row: Handover) -> None:
        """Only the district's planner completes handovers."""
        if not hands_over(self.scope, row.site):
            raise Problem("forbidden")

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Complete it."""
        return handover_complete(
            handover=row,
            on=values["effective_on"],
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
        )


class GateSerializer(serializers.Serializer[Any]):
    """What a site lacks for a state."""

    to_state = serializers.ChoiceField(State.choices)
    is_met = serializers.BooleanField()
    missing = FieldProblemSerializer(many=True)


class SiteGatesSerializer(serializers.Serializer[Any]):
    """The gates that a site has to pass, in the order of its states, and its handover's own."""

    items = GateSerializer(many=True)
    handover_missing = FieldProblemSerializer(many=True)


class SiteGates(ApiView):
    """The gates of one site."""

    @extend_schema(tags=["handover"], operation_id="site_gate", responses=SiteGatesSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer what the site lacks to be accepted, handed over and closed."""
        refuse_unknown(self.params, ())
        site = ProjectSite.objects.visible_to(self.scope).get(pk=pk)
        items = []
        for state in GATES:
            missing = _told(site_missing(site, state))
            items.append({"to_state": state.value, "is_met": not missing, "missing": missing})
        handover = Handover.objects.visible_to(self.scope).filter(site=site).first()
        waiting = handover is not None and handover.completed_on is None
        lacking = _told(handover_missing(handover)) if handover and waiting else []
        return Response({"items": items, "handover_missing": lacking})


def _told(missing: Any) -> list[dict[str, str]]:
    return [
        {"field": entry.field, "code": entry.code, "message": entry.message} for entry in missing
    ]
