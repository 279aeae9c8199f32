"""Fields of reports: exact numbers as text, periods, and references by code."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.models import FigureDefinition, Report, ReportTemplate
from reports.periods import Period
from sites.api.fields import ReferenceField
from sites.filter_values import ParameterError

EXACT: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")


def plain_text(value: Decimal | None) -> str | None:
    """Return a number as text without empty decimals; None for nothing."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@extend_schema_field(OpenApiTypes.DECIMAL)
class ExactField(serializers.Field[Any, Any, Any, Any]):
    """An exact number given and answered as text: "678.8"; money in yuan, lengths in km."""

    default_error_messages = {"invalid": _("Give a decimal number as text.")}

    def to_internal_value(self, data: Any) -> Decimal:
        """Return the number."""
        if not isinstance(data, str) or not EXACT.fullmatch(data):
            self.fail("invalid")
        return Decimal(data)

    def to_representation(self, value: Any) -> str | None:
        """Return the number as text."""
        return plain_text(value)


@extend_schema_field(OpenApiTypes.STR)
class PeriodField(serializers.Field[Any, Any, Any, Any]):
    """A period as text: "2026", "2026-H1" or "2026-06"; other days are answered as "a..b"."""

    default_error_messages = {
        "invalid": _("Give a year, a half-year or a month: 2026, 2026-H1 or 2026-06.")
    }

    def to_internal_value(self, data: Any) -> dict[str, Period]:
        """Return the period under its own name."""
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            return {"period": Period.parse(data)}
        except ParameterError:
            self.fail("invalid")

    def to_representation(self, value: Report) -> str:
        """Return the report's period as text."""
        return Period(value.period_start, value.period_end).as_text()


@extend_schema_field(OpenApiTypes.STR)
class TemplateField(ReferenceField):
    """A template in use, by its code."""

    def records(self) -> QuerySet[Any]:
        """Return the templates."""
        rows: QuerySet[Any] = ReportTemplate.objects.visible_to(self.context["scope"])
        return rows.filter(is_active=True)


@extend_schema_field(OpenApiTypes.STR)
class FigureKeyField(ReferenceField):
    """A figure by its key."""

    attribute = "key"

    def records(self) -> QuerySet[Any]:
        """Return the figures."""
        rows: QuerySet[Any] = FigureDefinition.objects.visible_to(self.context["scope"])
        return rows
