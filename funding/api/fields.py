"""References to other records of money, within what the caller may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from funding.models import FundingSource
from sites.api.fields import ReferenceField


class RowField(serializers.PrimaryKeyRelatedField[Any]):
    """Another record by its identifier, within what the caller may see."""

    def __init__(self, model: Any, **options: Any) -> None:
        self.rows_of = model
        super().__init__(pk_field=serializers.UUIDField(), queryset=model.objects.none(), **options)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the records in scope."""
        found: QuerySet[Any] = self.rows_of.objects.visible_to(self.context["scope"])
        return found


@extend_schema_field(OpenApiTypes.STR)
class SourceField(ReferenceField):
    """A source of money by its code."""

    def records(self) -> QuerySet[Any]:
        """Return the sources in scope."""
        return FundingSource.objects.visible_to(self.context["scope"])
