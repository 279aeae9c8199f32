"""Findings of acceptances over HTTP: raised, rectified with photos, rechecked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.acceptance_roles import builds, raises_findings, rechecks, rectifies
from assets.api.actions import Action
from assets.api.chain_parameters import CHAIN, CHAIN_PARAMETERS, of_sites
from assets.api.references import OwnPhotosField
from assets.kinds import FindingState, Severity
from assets.models import Acceptance, Finding
from assets.services.findings import finding_raise, finding_recheck, finding_rectify
from sites.api.fields import StrictSerializer, TextField
from sites.api.parameters import one_of
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.problems import Problem


class AcceptanceField(serializers.PrimaryKeyRelatedField[Acceptance]):
    """An acceptance by its identifier, within what the caller may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            pk_field=serializers.UUIDField(), queryset=Acceptance.objects.none(), **options
        )

    def get_queryset(self) -> Any:
        """Return the acceptances in scope."""
        return Acceptance.objects.visible_to(self.context["scope"])


class FindingStepSerializer(serializers.Serializer[Any]):
    """One step of a finding: raised, rectified, sent back or closed."""

    from_state = serializers.ChoiceField(FindingState.choices)
    to_state = serializers.ChoiceField(FindingState.choices)
    effective_on = serializers.DateField()
    note = serializers.CharField(allow_blank=True)
    actor = serializers.CharField(source="actor.username", default=None)
    at = serializers.DateTimeField()


class FindingPhotoSerializer(serializers.Serializer[Any]):
    """A photo of a finding: before or after."""

    photo = serializers.UUIDField(source="photo_id")
    stage = serializers.CharField()


class FindingSerializer(StrictSerializer):
    """A finding with its photo pairs and its history."""

    id = serializers.UUIDField(read_only=True)
    acceptance = AcceptanceField()
    site = serializers.UUIDField(source="acceptance.site_id", read_only=True)
    number = serializers.IntegerField(read_only=True)
    text = TextField(max_length=2000)
    severity = serializers.ChoiceField(Severity.choices, default=Severity.MODERATE)
    due_on = serializers.DateField()
    raised_on = serializers.DateField(default=timezone.localdate, write_only=True)
    state = serializers.ChoiceField(FindingState.choices, read_only=True)
    is_overdue = serializers.SerializerMethodField()
    photos = FindingPhotoSerializer(source="findingphoto_set", many=True, read_only=True)
    before_photos = OwnPhotosField(required=False)
    history = FindingStepSerializer(source="changes", many=True, read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_is_overdue(self, finding: Finding) -> bool:
        """Whether the day has passed and the finding is still to be rectified."""
        return finding.state == FindingState.OPEN and finding.due_on < timezone.localdate()


class FindingResource(Resource):
    """Findings of sites that the caller may see."""

    serializer_class = FindingSerializer
    parameters: ClassVar[frozenset[str]] = CHAIN | {"state"}

    def rows(self) -> Any:
        """Return the findings that the caller may see."""
        rows = Finding.objects.visible_to(self.scope)
        return rows.select_related("acceptance__site").prefetch_related(
            "findingphoto_set", "changes__actor"
        )

    def require_create(self) -> None:
        """Whoever holds a role may try; towards which site is the service's to judge."""
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")


@extend_schema(tags=["acceptance"])
@collection(
    "finding",
    FindingSerializer,
    parameters=[parameter("state", "A state.", enum=FindingState.values), *CHAIN_PARAMETERS],
)
class FindingCollection(FindingResource, WritableCollection):
    """Findings, the oldest first."""

    def narrowed(self, rows: Any) -> Any:
        """Return the findings that the parameters ask for."""
        state = one_of(self.params, "state", FindingState.values)
        rows = of_sites(rows, self.params, "acceptance__site")
        return rows.filter(state=state) if state else rows

    def created(self, values: Mapping[str, Any]) -> Finding:
        """Raise the finding."""
        acceptance = values["acceptance"]
        if not raises_findings(self.scope, acceptance.site):
            raise Problem("forbidden")
        return finding_raise(
            acceptance=acceptance,
            text=values["text"],
            severity=values["severity"],
            due_on=values["due_on"],
            on=values["raised_on"],
            actor=self.actor,
            scope=self.scope,
            photos=values.get("before_photos", ()),
        )


@extend_schema(tags=["acceptance"])
@record("finding", FindingSerializer)
class FindingRecord(FindingResource, Record):
    """One finding."""


class RectificationSerializer(StrictSerializer):
    """How a finding was rectified, with photos of the work afterwards."""

    note = TextField(max_length=2000, allow_blank=True, default="")
    effective_on = serializers.DateField(default=timezone.localdate)
    photos = OwnPhotosField(default=list)


class FindingRectify(FindingResource, Action):
    """Reporting a finding as rectified."""

    input_class = RectificationSerializer

    @extend_schema(
        tags=["acceptance"],
        operation_id="finding_rectify",
        parameters=[IDEMPOTENCY_KEY],
        request=RectificationSerializer,
        responses=FindingSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Report the finding as rectified; the photos were sent before."""
        return super().post(request, pk)

    def require_change(self, row: Finding) -> None:
        """The contractor rectifies, the office where there is none."""
        if not rectifies(self.scope, row.acceptance.site):
            raise Problem("forbidden")

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Report it."""
        return finding_rectify(
            finding=row,
            on=values["effective_on"],
            note=values["note"],
            photos=values["photos"],
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
        )


class RecheckSerializer(StrictSerializer):
    """Whether the rectification holds; sending back needs a reason."""

    passed = serializers.BooleanField()
    note = TextField(max_length=2000, allow_blank=True, default="")
    effective_on = serializers.DateField(default=timezone.localdate)


class FindingRecheck(FindingResource, Action):
    """Rechecking a rectified finding."""

    input_class = RecheckSerializer

    @extend_schema(
        tags=["acceptance"],
        operation_id="finding_recheck",
        parameters=[IDEMPOTENCY_KEY],
        request=RecheckSerializer,
        responses=FindingSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Close the finding, or send it back with a reason."""
        return super().post(request, pk)

    def require_change(self, row: Finding) -> None:
        """The office rechecks; the builder is told of the conflict by the service."""
        site = row.acceptance.site
        if not (rechecks(self.scope, site) or builds(self.scope, site)):
            raise Problem("forbidden")

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Recheck it."""
        return finding_recheck(
            finding=row,
            passed=values["passed"],
            on=values["effective_on"],
            note=values["note"],
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
        )
