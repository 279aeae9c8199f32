"""How the collections describe themselves in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from sites.api.fields import StrictSerializer

View = TypeVar("View", bound=type)
SerializerClass = type[serializers.Serializer[Any]]


class FieldProblemSerializer(serializers.Serializer[Any]):
    """What is wrong with one field or parameter."""

    field = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """An error as RFC 9457 describes it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    request_id = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(required=False)
    errors = FieldProblemSerializer(many=True, required=False)  # type: ignore[assignment]


def parameter(
    name: str, description: str, *, enum: Sequence[str] = (), required: bool = False
) -> OpenApiParameter:
    """Return a text parameter of the address."""
    return OpenApiParameter(
        name,
        OpenApiTypes.STR,
        OpenApiParameter.QUERY,
        description=description,
        enum=list(enum) or None,
        required=required,
    )


PAGING = (
    OpenApiParameter("limit", OpenApiTypes.INT, description="Rows a page, 1 to 1000."),
    OpenApiParameter("cursor", OpenApiTypes.STR, description="`next_cursor` of the page before."),
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the record that is changed.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Repeats with the same key get the first answer again.",
)


@cache
def page_of(row: SerializerClass, *, features: bool) -> SerializerClass:
    """Return the serializer of a page of rows, as the schema names it."""
    members: dict[str, Any] = {
        "next_cursor": serializers.CharField(allow_null=True),
        "next": serializers.CharField(allow_null=True),
    }
    if features:
        members["type"] = serializers.ChoiceField(["FeatureCollection"])
    members["features" if features else "items"] = row(many=True)
    return type(f"{row.__name__}Page", (serializers.Serializer,), members)


def _is_feature(row: SerializerClass) -> bool:
    return "properties" in row().fields


def _media_type(row: SerializerClass) -> str:
    return "application/geo+json" if _is_feature(row) else "application/json"


def _answers(view: type, method: str) -> bool:
    """Whether a view answers a method: it may have inherited one and left it out."""
    return hasattr(view, method) and method in getattr(view, "http_method_names", (method,))


def collection(
    name: str, row: type[StrictSerializer], *, parameters: Collection[OpenApiParameter] = ()
) -> Callable[[View], View]:
    """Describe a collection: its parameters, its pages, and what creates a row if it has that."""

    def describe(view: View) -> View:
        media_type = _media_type(row)
        page = page_of(row, features=_is_feature(row))
        methods = {
            "get": extend_schema(
                operation_id=f"{name}_list",
                parameters=[*parameters, *PAGING],
                responses={(200, media_type): page},
            )
        }
        if hasattr(view, "post"):
            methods["post"] = extend_schema(
                operation_id=f"{name}_create",
                parameters=[IDEMPOTENCY_KEY],
                request=row,
                responses={(201, media_type): row},
            )
        return extend_schema_view(**methods)(view)

    return describe


def record(
    name: str, row: type[StrictSerializer], *, on_delete: Collection[OpenApiParameter] = ()
) -> Callable[[View], View]:
    """Describe one row: how it is read, and how it is changed if it can be."""

    def describe(view: View) -> View:
        media_type = _media_type(row)
        answer: Any = {(200, media_type): row}
        methods = {"get": extend_schema(operation_id=f"{name}_read", responses=answer)}
        for method, verb in (("put", "replace"), ("patch", "change")):
            if _answers(view, method):
                methods[method] = extend_schema(
                    operation_id=f"{name}_{verb}",
                    parameters=[IF_MATCH],
                    request=row,
                    responses=answer,
                )
        if _answers(view, "delete"):
            methods["delete"] = extend_schema(
                operation_id=f"{name}_remove",
                parameters=[IF_MATCH, *on_delete],
                request=None,
                responses={204: None},
            )
        return extend_schema_view(**methods)(view)

    return describe
