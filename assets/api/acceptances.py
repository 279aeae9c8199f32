"""Acceptances over HTTP: opened, filled in, signed, concluded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Count, Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.acceptance_roles import concludes, signs_for
from assets.api.actions import Action
from assets.api.chain_parameters import CHAIN, CHAIN_PARAMETERS, of_sites
from assets.api.references import SiteField
from assets.kinds import AcceptanceStage, CheckResult, FindingState, TeamRole, Verdict
from assets.models import Acceptance
from assets.quantities import quantity_check
from assets.services.acceptance import (
    CheckDraft,
    MemberDraft,
    acceptance_open,
    acceptance_sign,
    acceptance_update,
)
from assets.services.conclusion import acceptance_conclude
from sites.api.fields import NumberField, OrganisationField, StrictSerializer, TextField
from sites.api.parameters import one_of
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.kinds import Unit
from sites.problems import Problem

OPEN = "open"
FIXED = ("site", "stage")


class MemberSerializer(StrictSerializer):
    """Somebody of the team; `signed_at` is set by signing only."""

    id = serializers.UUIDField(read_only=True)
    role = serializers.ChoiceField(TeamRole.choices)
    name = TextField(max_length=60)
    organisation = OrganisationField(allow_null=True, default=None)
    signed_at = serializers.DateTimeField(read_only=True)


class CheckSerializer(StrictSerializer):
    """An item of the checklist with its answer, empty while nobody answered."""

    item = TextField(max_length=200)
    item_en = TextField(max_length=200, allow_blank=True, default="")
    result = serializers.ChoiceField(CheckResult.choices, allow_blank=True, default="")
    note = TextField(max_length=2000, allow_blank=True, default="")


class AcceptanceSerializer(StrictSerializer):
    """One round of acceptance of a site, with its team and its checklist."""

    id = serializers.UUIDField(read_only=True)
    site = SiteField()
    site_code = serializers.CharField(source="site.code", read_only=True)
    stage = serializers.ChoiceField(AcceptanceStage.choices)
    round_no = serializers.IntegerField(read_only=True)
    held_on = serializers.DateField(default=timezone.localdate)
    unit = serializers.ChoiceField(Unit.choices, required=False)
    claimed_quantity = NumberField(max_digits=14, decimal_places=3, min_value=0, required=False)
    measured_quantity = NumberField(
        max_digits=14, decimal_places=3, min_value=0, required=False, allow_null=True
    )
    difference = serializers.SerializerMethodField()
    is_beyond_tolerance = serializers.SerializerMethodField()
    discrepancy_reason = TextField(max_length=2000, allow_blank=True, required=False)
    note = TextField(max_length=2000, allow_blank=True, required=False)
    members = MemberSerializer(many=True, required=False)
    checks = CheckSerializer(many=True, required=False)
    verdict = serializers.CharField(read_only=True)
    concluded_on = serializers.DateField(read_only=True)
    concluded_by = serializers.CharField(
        source="concluded_by.username", default=None, read_only=True
    )
    findings_not_closed = serializers.IntegerField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_difference(self, acceptance: Acceptance) -> float | None:
        """Measured minus claimed, in the unit."""
        check = self._check(acceptance)
        return float(check.difference) if check else None

    def get_is_beyond_tolerance(self, acceptance: Acceptance) -> bool | None:
        """Whether the difference needs a reason."""
        check = self._check(acceptance)
        return check.is_beyond if check else None

    def _check(self, acceptance: Acceptance) -> Any:
        return quantity_check(
            acceptance.claimed_quantity, acceptance.measured_quantity, acceptance.unit
        )


class AcceptanceResource(Resource):
    """Acceptances of sites that the caller may see."""

    serializer_class = AcceptanceSerializer
    parameters: ClassVar[frozenset[str]] = CHAIN | {"stage", "verdict"}

    def rows(self) -> Any:
        """Return the acceptances that the caller may see."""
        rows = Acceptance.objects.visible_to(self.scope)
        not_closed = ~Q(findings__state=FindingState.CLOSED) & Q(findings__isnull=False)
        return (
            rows.select_related("site", "concluded_by")
            .prefetch_related("members", "checks")
            .annotate(findings_not_closed=Count("findings", filter=not_closed))
        )

    def require_create(self) -> None:
        """Only the office holds acceptances; where is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: Acceptance) -> None:
        """Only who concludes the stage fills it in."""
        if not concludes(self.scope, row.site, row.stage):
            raise Problem("forbidden")


@extend_schema(tags=["acceptance"])
@collection(
    "acceptance",
    AcceptanceSerializer,
    parameters=[
        parameter("stage", "A stage.", enum=AcceptanceStage.values),
        parameter("verdict", "A verdict, or `open`.", enum=(OPEN, *Verdict.values)),
        *CHAIN_PARAMETERS,
    ],
)
class AcceptanceCollection(AcceptanceResource, WritableCollection):
    """Acceptances, the oldest first."""

    def narrowed(self, rows: Any) -> Any:
        """Return the acceptances that the parameters ask for."""
        stage = one_of(self.params, "stage", AcceptanceStage.values)
        verdict = one_of(self.params, "verdict", (OPEN, *Verdict.values))
        if stage:
            rows = rows.filter(stage=stage)
        if verdict:
            rows = rows.filter(verdict="" if verdict == OPEN else verdict)
        return of_sites(rows, self.params, "site")

    def created(self, values: Mapping[str, Any]) -> Acceptance:
        """Open the acceptance."""
        given = dict(values)
        parts = _drafts(given)
        return acceptance_open(
            site=given.pop("site"),
            stage=given.pop("stage"),
            held_on=given.pop("held_on"),
            actor=self.actor,
            scope=self.scope,
            values=given,
            members=parts["members"] or (),
            checks=parts["checks"],
        )


@extend_schema(tags=["acceptance"])
@record("acceptance", AcceptanceSerializer)
class AcceptanceRecord(AcceptanceResource, WritableRecord):
    """One acceptance, to read and to fill in while it is open."""

    http_method_names = ["get", "patch", "head", "options"]

    def changed(self, row: Acceptance, values: Mapping[str, Any]) -> Acceptance:
        """Change what is given; a list that is given replaces the one that stands."""
        given = dict(values)
        for name in FIXED:
            if name in given and given.pop(name) != getattr(row, name):
                raise Problem("conflict")
        parts = _drafts(given)
        return acceptance_update(
            acceptance=row,
            values=given,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
            **parts,
        )


class ConclusionSerializer(StrictSerializer):
    """A verdict on a day; `failed` needs a reason."""

    verdict = serializers.ChoiceField(Verdict.choices)
    effective_on = serializers.DateField(default=timezone.localdate)
    reason = TextField(max_length=2000, allow_blank=True, default="")


class AcceptanceConclude(AcceptanceResource, Action):
    """The verdict of an acceptance."""

    input_class = ConclusionSerializer

    @extend_schema(
        tags=["acceptance"],
        operation_id="acceptance_conclude",
        parameters=[IDEMPOTENCY_KEY],
        request=ConclusionSerializer,
        responses=AcceptanceSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Conclude the acceptance; a refusal lists everything that the verdict needs."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Conclude it."""
        return acceptance_conclude(
            acceptance=row,
            verdict=values["verdict"],
            on=values["effective_on"],
            reason=values["reason"],
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
        )


class TeamSignatureSerializer(StrictSerializer):
    """Who of the team signs, by identifier."""

    member = serializers.UUIDField()


class AcceptanceSign(AcceptanceResource, Action):
    """Signatures of the team."""

    input_class = TeamSignatureSerializer

    @extend_schema(
        tags=["acceptance"],
        operation_id="acceptance_sign",
        parameters=[IDEMPOTENCY_KEY],
        request=TeamSignatureSerializer,
        responses=AcceptanceSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Record that a member of the team signed what stands now."""
        return super().post(request, pk)

    def require_change(self, row: Acceptance) -> None:
        """The office records any signature, a body the one of its own people."""
        members = row.members.all()
        if not signs_for(self.scope, row.site, None) and not any(
            signs_for(self.scope, row.site, member.organisation_id) for member in members
        ):
            raise Problem("forbidden")

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Sign."""
        acceptance_sign(
            acceptance=row,
            member_id=values["member"],
            at=timezone.now(),
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
        )
        return row


def _drafts(values: dict[str, Any]) -> dict[str, Any]:
    """Take the lists out of the values, as drafts; None where a list is not given."""
    members, checks = values.pop("members", None), values.pop("checks", None)
    return {
        "members": None if members is None else [MemberDraft(**member) for member in members],
        "checks": None if checks is None else [CheckDraft(**check) for check in checks],
    }
