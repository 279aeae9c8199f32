"""Fields of bodies: stricter than the framework's, and references by code within the scope."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sites.api.geojson import read_geometry
from sites.models import Area, Organisation, Programme, SiteCategory

AMOUNT: Final = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,2})?")


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses members that it does not know: a typing mistake shows at once."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the values of a body; raises `ValidationError` with a code a field."""
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError(
                    {
                        name[:60]: serializers.ErrorDetail(
                            str(_("There is no such field.")), code="unknown_field"
                        )
                        for name in unknown[:20]
                    }
                )
        return super().to_internal_value(data)


class TextField(serializers.CharField):
    """A text that is given as a text: numbers and booleans are not turned into one."""

    def to_internal_value(self, data: Any) -> str:
        """Return the text."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class WholeNumberField(serializers.IntegerField):
    """A whole number given as a number."""

    def to_internal_value(self, data: Any) -> int:
        """Return the number."""
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class NumberField(serializers.DecimalField):
    """A decimal given and answered as a JSON number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce_to_string=False, **options)

    def to_internal_value(self, data: Any) -> Any:
        """Return the number as a decimal with the column's places."""
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        return super().to_internal_value(data)

    def to_representation(self, value: Any) -> Any:
        """Return the number as a JSON number."""
        return None if value is None else float(value)


class MoneyField(serializers.DecimalField):
    """An amount in yuan, to the fen, given and answered as text: "1200.50"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(decimal_places=2, coerce_to_string=True, **options)

    def to_internal_value(self, data: Any) -> Any:
        """Return the amount; a JSON number would already have been rounded on its way."""
        if not isinstance(data, str) or not AMOUNT.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class ReferenceField(serializers.Field[Any, Any, Any, Any]):
    """A reference to another record, by a stable name of it, within what the caller may see."""

    default_error_messages = {
        "invalid": _("Give text."),
        "does_not_exist": _("There is no such record."),
    }

    def records(self) -> QuerySet[Any]:
        """Return the records that the caller may refer to, the best match first."""
        raise NotImplementedError

    attribute = "code"

    def to_internal_value(self, data: Any) -> Any:
        """Return the record."""
        if not isinstance(data, str) or not data or len(data) > 60 or not data.isprintable():
            self.fail("invalid")
        record = self.records().filter(**{self.attribute: data}).first()
        if record is None:
            self.fail("does_not_exist")
        return record

    def to_representation(self, value: Any) -> str:
        """Return the record's stable name."""
        return str(getattr(value, self.attribute))


@extend_schema_field(OpenApiTypes.STR)
class AreaField(ReferenceField):
    """An area by its code; of several dated ones, the latest."""

    def records(self) -> QuerySet[Any]:
        """Return the areas in scope."""
        return Area.objects.visible_to(self.context["scope"]).order_by("-valid_from")


@extend_schema_field(OpenApiTypes.STR)
class ProgrammeField(ReferenceField):
    """A programme by its code."""

    def records(self) -> QuerySet[Any]:
        """Return the programmes in scope."""
        return Programme.objects.visible_to(self.context["scope"])


@extend_schema_field(OpenApiTypes.STR)
class CategoryField(ReferenceField):
    """A category by its code."""

    def records(self) -> QuerySet[Any]:
        """Return all categories: they are no secret."""
        return SiteCategory.objects.all()


class OrganisationField(serializers.PrimaryKeyRelatedField[Organisation]):
    """An organisation by its identifier."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("pk_field", serializers.UUIDField())
        if not options.get("read_only"):
            options.setdefault("queryset", Organisation.objects.none())
        super().__init__(**options)

    def get_queryset(self) -> QuerySet[Organisation]:
        """Return the organisations in scope."""
        found: QuerySet[Organisation] = Organisation.objects.visible_to(self.context["scope"])
        return found


@extend_schema_field({"$ref": "#/components/schemas/Geometry"})
class GeometryField(serializers.Field[Any, Any, Any, Any]):
    """A GeoJSON geometry of one of the given types."""

    def __init__(self, *, types: Collection[str], **options: Any) -> None:
        self.types = types
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Any:
        """Return the geometry, checked."""
        return read_geometry(data, self.types)

    def to_representation(self, value: Any) -> Any:
        """Return what the database wrote."""
        return value
