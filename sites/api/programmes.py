"""Programmes and the categories of sites over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from sites.api.fields import (
    CategoryField,
    OrganisationField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.paging import BY_CODE
from sites.api.resource import Collection, Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.filters import SiteFilter
from sites.kinds import Kind, ProgrammeKind, ProgrammeLevel, Unit
from sites.models import Programme, SiteCategory
from sites.problems import Problem
from sites.services import programme_create, programme_remove, programme_update


class ProgrammeSerializer(StrictSerializer):
    """A programme: what is delivered in one year and in which unit it is counted."""

    id = serializers.UUIDField(read_only=True)
    code = TextField(max_length=40)
    name = TextField(max_length=200)
    name_en = TextField(max_length=200, allow_blank=True, default="")
    level = serializers.ChoiceField(ProgrammeLevel.choices)
    kind = serializers.ChoiceField(ProgrammeKind.choices, default=ProgrammeKind.ENGINEERING)
    category = CategoryField(allow_null=True, default=None)
    lead_organisation = OrganisationField(allow_null=True, default=None)
    year = WholeNumberField(min_value=1949, max_value=2100)
    measure = TextField(max_length=120, allow_blank=True, default="")
    unit = serializers.ChoiceField(Unit.choices, default=Unit.SITE)
    policy_text = TextField(max_length=20_000, allow_blank=True, default="")
    beneficiaries_text = TextField(max_length=20_000, allow_blank=True, default="")
    procedure_text = TextField(max_length=20_000, allow_blank=True, default="")
    is_published = serializers.BooleanField(default=False)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class ProgrammeResource(Resource):
    """Programmes."""

    serializer_class = ProgrammeSerializer
    keys = BY_CODE
    parameters: ClassVar[frozenset[str]] = frozenset({"kind", "q", "updated_since", "year"})

    def rows(self) -> Any:
        """Return the programmes that the caller may see."""
        found = Programme.objects.visible_to(self.scope)
        return found.select_related("category")

    def require_create(self) -> None:
        """Only who manages the register writes programmes."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: Programme) -> None:
        """Only who manages the register writes programmes."""
        self.require_create()


@extend_schema(tags=["programmes"])
@collection(
    "programme",
    ProgrammeSerializer,
    parameters=[
        parameter("year", "Years, separated by commas."),
        parameter("kind", "Kinds of sites that the programme's category has, by commas."),
        parameter("q", "Part of a name or the beginning of a code."),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class ProgrammeCollection(ProgrammeResource, WritableCollection):
    """Programmes of all levels and years."""

    def narrowed(self, rows: Any) -> Any:
        """Return the programmes that the parameters ask for."""
        chosen = SiteFilter.from_query(self.params)
        conditions = Q()
        if chosen.year:
            conditions &= Q(year__in=chosen.year)
        if chosen.kind:
            conditions &= Q(category__kind__in=chosen.kind)
        if chosen.q:
            conditions &= (
                Q(name__icontains=chosen.q)
                | Q(name_en__icontains=chosen.q)
                | Q(code__istartswith=chosen.q)
            )
        if chosen.updated_since:
            conditions &= Q(updated_at__gte=chosen.updated_since)
        return rows.filter(conditions)

    def created(self, values: Mapping[str, Any]) -> Programme:
        """Create the programme."""
        return programme_create(values=values, scope=self.scope)


@extend_schema(tags=["programmes"])
@record("programme", ProgrammeSerializer)
class ProgrammeRecord(ProgrammeResource, WritableRecord):
    """One programme."""

    def changed(self, row: Programme, values: Mapping[str, Any]) -> Programme:
        """Change the programme; its code stays."""
        return programme_update(
            programme=row, values=values, scope=self.scope, expected_version=row.version
        )

    def removed(self, row: Programme) -> None:
        """Remove a programme without sites."""
        programme_remove(programme=row, scope=self.scope, expected_version=row.version)


class CategorySerializer(StrictSerializer):
    """A category of sites as the yearly report names it."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(Kind.choices, read_only=True)
    is_private = serializers.BooleanField(read_only=True)


@extend_schema(tags=["programmes"])
@collection("category", CategorySerializer)
class CategoryCollection(Collection):
    """Categories of sites; they are kept in the administration."""

    serializer_class = CategorySerializer
    keys = BY_CODE

    def rows(self) -> Any:
        """Return all categories: they are no secret to people who have signed in."""
        return SiteCategory.objects.all()
