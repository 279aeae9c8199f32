"""Who answers for what over HTTP: named, ended, and the matrix of one site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from oversight.api.references import SiteKey
from oversight.kinds import ResponsibleRole
from oversight.matrix import cells_of
from oversight.models import Responsibility
from oversight.responsible import in_force
from oversight.services.access import may_end, sees_phones
from oversight.services.responsibilities import (
    responsibility_end,
    responsibility_set,
    responsibility_set_many,
)
from sites.api.fields import (
    AreaField,
    OrganisationField,
    ProgrammeField,
    StrictSerializer,
    TextField,
)
from sites.api.idempotency import once
from sites.api.paging import BY_ID
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView, Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.filter_parameter import day_of
from sites.filter_values import AREA_CODE, choices, matching, parsed
from sites.filters import PROGRAMME_CODE
from sites.models import ProjectSite
from sites.problems import Problem

PARAMETERS = (
    parameter("role", f"Roles, separated by commas: {', '.join(ResponsibleRole.values)}."),
    parameter("site", "Identifiers of sites, separated by commas."),
    parameter("programme", "Codes of programmes, separated by commas."),
    parameter("area", "Codes of townships whose part is meant, separated by commas."),
    parameter("on", "Only what stands on a day, such as 2026-11-23."),
)


class ResponsibilitySerializer(StrictSerializer):
    """A person in a role for a site, a programme, or a programme's part in a township."""

    id = serializers.UUIDField(read_only=True)
    role = serializers.ChoiceField(ResponsibleRole.choices)
    site = SiteKey(allow_null=True, default=None)
    programme = ProgrammeField(allow_null=True, default=None)
    area = AreaField(allow_null=True, default=None)
    person = TextField(max_length=60)
    post = TextField(max_length=120, allow_blank=True, default="")
    phone = TextField(max_length=30, allow_blank=True, default="")
    organisation = OrganisationField(allow_null=True, default=None)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, default=None)
    version = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the row; the telephone number to the office only."""
        shown = dict(super().to_representation(instance))
        if not sees_phones(self.context["scope"]):
            shown["phone"] = ""
        return shown


class EndSerializer(StrictSerializer):
    """The last day on which a person answers; everything else stays as it was named."""

    ends_on = serializers.DateField()


class ManySerializer(StrictSerializer):
    """One person in one role for many sites."""

    sites = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=500)
    role = serializers.ChoiceField(ResponsibleRole.choices)
    person = TextField(max_length=60)
    post = TextField(max_length=120, allow_blank=True, default="")
    phone = TextField(max_length=30, allow_blank=True, default="")
    organisation = OrganisationField(allow_null=True, default=None)
    starts_on = serializers.DateField()


class NamedSerializer(StrictSerializer):
    """How many sites a person was named for."""

    number = serializers.IntegerField(read_only=True)


class CellSerializer(StrictSerializer):
    """One role of a site's matrix; nobody holds it where `person` is null."""

    role = serializers.ChoiceField(ResponsibleRole.choices)
    person = serializers.CharField(allow_null=True)
    responsibility = serializers.UUIDField(allow_null=True)
    is_own = serializers.BooleanField()


class MatrixSerializer(StrictSerializer):
    """The five roles of a site on a day."""

    site = serializers.UUIDField()
    on = serializers.DateField()
    roles = CellSerializer(many=True)


class ResponsibilityResource(Resource):
    """Responsibilities that the caller may know of."""

    serializer_class = ResponsibilitySerializer
    keys = BY_ID
    parameters: ClassVar[frozenset[str]] = frozenset({"area", "on", "programme", "role", "site"})

    def rows(self) -> Any:
        """Return the responsibilities that the caller may know of."""
        seen = Responsibility.objects.visible_to(self.scope)
        return seen.select_related("programme", "area").defer("area__boundary")

    def require_create(self) -> None:
        """The office names people."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: Responsibility) -> None:
        """The office of the subject's area changes it."""
        if not may_end(self.scope, row):
            raise Problem("forbidden")


@extend_schema(tags=["responsibility"])
@collection("responsibility", ResponsibilitySerializer, parameters=PARAMETERS)
class ResponsibilityCollection(ResponsibilityResource, WritableCollection):
    """Who answers for what."""

    def narrowed(self, rows: Any) -> Any:
        """Return what the parameters ask for."""
        condition = Q()
        for path, values in (
            ("role", choices(self.params, "role", ResponsibleRole.values)),
            ("site_id", parsed(self.params, "site", UUID)),
            ("programme__code", matching(self.params, "programme", PROGRAMME_CODE)),
            ("area__code", matching(self.params, "area", AREA_CODE)),
        ):
            if values:
                condition &= Q(**{f"{path}__in": values})
        day = day_of(self.params, "on")
        found = rows.filter(condition)
        return in_force(found, day) if day else found

    def created(self, values: Mapping[str, Any]) -> Responsibility:
        """Name a person; whoever held the role ends the day before."""
        return responsibility_set(actor=self.actor, scope=self.scope, **values)


@extend_schema(tags=["responsibility"])
@record("responsibility", ResponsibilitySerializer)
class ResponsibilityRecord(ResponsibilityResource, Record):
    """One responsibility."""


class ResponsibilityEnds(ResponsibilityResource, Action):
    """The end of a responsibility."""

    input_class = EndSerializer

    @extend_schema(
        tags=["responsibility"],
        operation_id="responsibility_end",
        parameters=[IDEMPOTENCY_KEY],
        request=EndSerializer,
        responses=ResponsibilitySerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say on which day a person answered last."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """End it."""
        return responsibility_end(
            responsibility=row,
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
            **values,
        )


class ResponsibilityMany(ApiView):
    """One person for many sites."""

    @extend_schema(
        tags=["responsibility"],
        operation_id="responsibility_name_many",
        parameters=[IDEMPOTENCY_KEY],
        request=ManySerializer,
        responses={201: NamedSerializer},
    )
    def post(self, request: Request) -> Response:
        """Name one person in one role for up to 500 sites: all of them, or none."""
        refuse_unknown(self.params, ())
        if not self.scope.edits_sites:
            raise Problem("forbidden")
        return once(request, self._named)

    def _named(self) -> Response:
        body = ManySerializer(data=self.request.data, context={"scope": self.scope})
        body.is_valid(raise_exception=True)
        values = dict(body.validated_data)
        rows = responsibility_set_many(
            site_ids=values.pop("sites"), actor=self.actor, scope=self.scope, **values
        )
        return Response({"number": len(rows)}, status=201)


class SiteMatrix(ApiView):
    """The matrix of one site."""

    @extend_schema(
        tags=["responsibility"],
        operation_id="site_responsibility",
        parameters=[parameter("on", "The day, such as 2026-11-23; today when it is left out.")],
        responses=MatrixSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer who holds each of the five roles, blanks included."""
        refuse_unknown(self.params, ("on",))
        day = day_of(self.params, "on") or timezone.localdate()
        sites = ProjectSite.objects.visible_to(self.scope)
        site = sites.only("id", "programme_id", "township_code").get(pk=pk)
        cells = cells_of([site], self.scope, day)[site.pk]
        roles = [
            {
                "role": cell.role.value,
                "person": cell.row.person if cell.row else None,
                "responsibility": cell.row.pk if cell.row else None,
                "is_own": cell.is_own,
            }
            for cell in cells
        ]
        return Response({"site": site.pk, "on": day, "roles": roles})
