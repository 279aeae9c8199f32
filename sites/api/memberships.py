"""Memberships over HTTP: who holds which role, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers

from sites.api.fields import AreaField, OrganisationField, ReferenceField, StrictSerializer
from sites.api.parameters import one_of
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.filters import SiteFilter
from sites.kinds import Role
from sites.models import Membership
from sites.problems import Problem
from sites.services import membership_create, membership_remove, membership_update

MAX_PARTS = 200


@extend_schema_field(OpenApiTypes.STR)
class UserField(ReferenceField):
    """A person by user name."""

    attribute = "username"

    def records(self) -> QuerySet[Any]:
        """Return everybody who may sign in; only who may give roles gets this far."""
        return get_user_model()._default_manager.filter(is_active=True)


class MembershipSerializer(StrictSerializer):
    """A role held by a person within areas (by code) and organisations (by identifier)."""

    id = serializers.UUIDField(read_only=True)
    user = UserField()
    role = serializers.ChoiceField(Role.choices)
    areas = serializers.ListField(child=AreaField(), max_length=MAX_PARTS, default=list)
    organisations = serializers.ListField(
        child=OrganisationField(), max_length=MAX_PARTS, default=list
    )
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True, default=None)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def to_representation(self, instance: Membership) -> dict[str, Any]:
        """Return a membership with the codes and identifiers of its parts."""
        moment = serializers.DateTimeField().to_representation
        return {
            "id": str(instance.pk),
            "user": instance.user.get_username(),
            "role": instance.role,
            "areas": sorted(area.code for area in instance.areas.all()),
            "organisations": sorted(str(body.pk) for body in instance.organisations.all()),
            "valid_from": instance.valid_from.isoformat(),
            "valid_to": instance.valid_to.isoformat() if instance.valid_to else None,
            "version": instance.version,
            "updated_at": moment(instance.updated_at),
        }


class MembershipResource(Resource):
    """Memberships."""

    serializer_class = MembershipSerializer
    parameters: ClassVar[frozenset[str]] = frozenset({"area", "role", "updated_since"})

    def rows(self) -> Any:
        """Return the memberships that the caller may see."""
        found = Membership.objects.visible_to(self.scope)
        return found.select_related("user").prefetch_related("areas", "organisations__area")

    def require_create(self) -> None:
        """Only who manages the register gives roles."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: Membership) -> None:
        """A role is changed by who could have given the whole of it."""
        codes = [area.code for area in row.areas.all()]
        codes += [body.area.code if body.area else "" for body in row.organisations.all()]
        if not self.scope.manages_register or not all(map(self.scope.manages_area, codes)):
            raise Problem("forbidden")


@extend_schema(tags=["memberships"])
@collection(
    "membership",
    MembershipSerializer,
    parameters=[
        parameter("area", "Area codes of scopes with all below them, separated by commas."),
        parameter("role", "A role.", enum=Role.values),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class MembershipCollection(MembershipResource, WritableCollection):
    """Roles that people hold."""

    def narrowed(self, rows: Any) -> Any:
        """Return the memberships that the parameters ask for."""
        chosen = SiteFilter.from_query(self.params)
        role = one_of(self.params, "role", Role.values)
        conditions = Q()
        if role:
            conditions &= Q(role=role)
        if chosen.area:
            within = Q()
            for code in chosen.area:
                within |= Q(areas__code__startswith=code)
            conditions &= Q(pk__in=Membership.objects.filter(within).values("pk"))
        if chosen.updated_since:
            conditions &= Q(updated_at__gte=chosen.updated_since)
        return rows.filter(conditions)

    def created(self, values: Mapping[str, Any]) -> Membership:
        """Give the role."""
        return membership_create(values=values, scope=self.scope)


@extend_schema(tags=["memberships"])
@record("membership", MembershipSerializer)
class MembershipRecord(MembershipResource, WritableRecord):
    """One role of one person."""

    def changed(self, row: Membership, values: Mapping[str, Any]) -> Membership:
        """Change the role, its extent or its dates; the person stays."""
        return membership_update(
            membership=row, values=values, scope=self.scope, expected_version=row.version
        )

    def removed(self, row: Membership) -> None:
        """Take the role back."""
        membership_remove(membership=row, scope=self.scope, expected_version=row.version)
