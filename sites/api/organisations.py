"""Organisations over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from sites.access import code_prefix_condition
from sites.api.fields import AreaField, StrictSerializer, TextField
from sites.api.parameters import one_of
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.filters import SiteFilter
from sites.kinds import OrganisationKind
from sites.models import Organisation
from sites.problems import Problem
from sites.services import organisation_create, organisation_remove, organisation_update


class OrganisationSerializer(StrictSerializer):
    """A body that plans, builds, supervises or keeps up sites."""

    id = serializers.UUIDField(read_only=True)
    name = TextField(max_length=200)
    name_en = TextField(max_length=200, allow_blank=True, default="")
    kind = serializers.ChoiceField(OrganisationKind.choices)
    credit_code = TextField(max_length=18, allow_blank=True, default="")
    area = AreaField(allow_null=True, default=None)
    contact = TextField(max_length=200, allow_blank=True, default="")
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class OrganisationResource(Resource):
    """Organisations."""

    serializer_class = OrganisationSerializer
    parameters: ClassVar[frozenset[str]] = frozenset({"area", "kind", "q", "updated_since"})

    def rows(self) -> Any:
        """Return the organisations that the caller may see."""
        found = Organisation.objects.visible_to(self.scope)
        return found.select_related("area").defer("area__boundary", "area__centre")

    def require_create(self) -> None:
        """Only who manages the register writes organisations."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: Organisation) -> None:
        """Only who manages the register where the body has its seat changes it."""
        seat = row.area
        if not (self.scope.everything or (seat and self.scope.manages_area(seat.code))):
            raise Problem("forbidden")


@extend_schema(tags=["organisations"])
@collection(
    "organisation",
    OrganisationSerializer,
    parameters=[
        parameter("area", "Area codes of seats with all below them, separated by commas."),
        parameter("kind", "A kind of organisation.", enum=OrganisationKind.values),
        parameter("q", "Part of a name."),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class OrganisationCollection(OrganisationResource, WritableCollection):
    """Offices, departments, companies, associations and cooperatives."""

    def narrowed(self, rows: Any) -> Any:
        """Return the organisations that the parameters ask for."""
        kind = one_of(self.params, "kind", OrganisationKind.values)
        chosen = SiteFilter.from_query(
            {name: self.params.get(name, "") for name in ("area", "q", "updated_since")}
        )
        conditions = Q()
        if kind:
            conditions &= Q(kind=kind)
        if chosen.area:
            conditions &= code_prefix_condition("area__code", chosen.area)
        if chosen.q:
            conditions &= Q(name__icontains=chosen.q) | Q(name_en__icontains=chosen.q)
        if chosen.updated_since:
            conditions &= Q(updated_at__gte=chosen.updated_since)
        return rows.filter(conditions)

    def created(self, values: Mapping[str, Any]) -> Organisation:
        """Create the organisation."""
        return organisation_create(values=values, scope=self.scope)


@extend_schema(tags=["organisations"])
@record("organisation", OrganisationSerializer)
class OrganisationRecord(OrganisationResource, WritableRecord):
    """One organisation."""

    def changed(self, row: Organisation, values: Mapping[str, Any]) -> Organisation:
        """Change the organisation."""
        return organisation_update(
            organisation=row, values=values, scope=self.scope, expected_version=row.version
        )

    def removed(self, row: Organisation) -> None:
        """Remove an organisation that nothing refers to."""
        organisation_remove(organisation=row, scope=self.scope, expected_version=row.version)
