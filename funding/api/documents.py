"""Official documents over HTTP; their files are given out by the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from funding.bookkeeping import keeps_any_books
from funding.kinds import DocumentKind
from funding.models import OfficialDocument
from funding.services import document_add
from sites.access import code_prefix_condition
from sites.api.fields import AreaField, StrictSerializer, TextField
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import collection, parameter, record
from sites.filter_values import AREA_CODE, choices, matching
from sites.problems import Problem

PARAMETERS = {
    "kind": f"Separated by commas: {', '.join(DocumentKind.values)}.",
    "area": "Area codes with all below them, separated by commas.",
}


class OfficialDocumentSerializer(StrictSerializer):
    """A document with its number; `sha256` is that of its file, empty without one."""

    id = serializers.UUIDField(read_only=True)
    area = AreaField()
    kind = serializers.ChoiceField(DocumentKind.choices)
    number = TextField(max_length=80)
    title = TextField(max_length=200)
    issuer = TextField(max_length=120, allow_blank=True, default="")
    issued_on = serializers.DateField()
    file_name = serializers.CharField(read_only=True)
    content_type = serializers.CharField(read_only=True)
    size_bytes = serializers.IntegerField(read_only=True)
    sha256 = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)


class DocumentResource(Resource):
    """Documents that the caller may see."""

    serializer_class = OfficialDocumentSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(PARAMETERS)

    def rows(self) -> Any:
        """Return the documents."""
        rows = OfficialDocument.objects.visible_to(self.scope)
        return rows.select_related("area").defer("area__boundary")

    def require_create(self) -> None:
        """The office enters documents; of which area is the service's to judge."""
        if not keeps_any_books(self.scope):
            raise Problem("forbidden")


@extend_schema(tags=["funding"])
@collection(
    "official_document",
    OfficialDocumentSerializer,
    parameters=[parameter(name, text) for name, text in PARAMETERS.items()],
)
class DocumentCollection(DocumentResource, WritableCollection):
    """Official documents, in the order in which they were entered."""

    def narrowed(self, rows: Any) -> Any:
        """Return the documents that the parameters ask for."""
        kinds = choices(self.params, "kind", DocumentKind.values)
        areas = matching(self.params, "area", AREA_CODE)
        rows = rows.filter(kind__in=kinds) if kinds else rows
        return rows.filter(code_prefix_condition("area_code", areas)) if areas else rows

    def created(self, values: Mapping[str, Any]) -> OfficialDocument:
        """Enter the document; its file is added on its page."""
        return document_add(**values, actor=self.actor, scope=self.scope, on=timezone.localdate())


@extend_schema(tags=["funding"])
@record("official_document", OfficialDocumentSerializer)
class DocumentRecord(DocumentResource, Record):
    """One official document."""
