"""Packages over HTTP: which there are and how large, and each in one answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from field.api.package_body import digest, joined, package_parts, written
from field.api.package_sizes import packed, sizes_of
from field.api.pull import cursor_at
from field.feed import horizon_now
from field.package_versions import standings_of
from field.packages import package_named, packages_of
from field.scope_print import scope_print
from sites.api.parameters import refuse_unknown
from sites.api.preconditions import entity_tag
from sites.api.resource import ApiView
from sites.api.same_user import FIELD_USER, SameUser


class FieldPackageSerializer(serializers.Serializer[Any]):
    """A package before it is downloaded; both sizes are estimates within a tenth."""

    key = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    assets = serializers.IntegerField()
    orders = serializers.IntegerField()
    patrol_plans = serializers.IntegerField()
    bytes = serializers.IntegerField()
    compressed_bytes = serializers.IntegerField()
    version = serializers.CharField()


class FieldPackagesSerializer(serializers.Serializer[Any]):
    """Packages that the caller may take along."""

    packages = FieldPackageSerializer(many=True)


class FieldPackages(SameUser, ApiView):
    """The packages of the caller."""

    @extend_schema(
        tags=["field"],
        operation_id="field_packages",
        parameters=[FIELD_USER],
        responses=FieldPackagesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer what there is to take along: agreements of one's body, townships of one's area."""
        refuse_unknown(self.params, ())
        now = timezone.now()
        packages = packages_of(self.scope, timezone.localdate(now))
        standings = standings_of(packages, self.scope, timezone.localdate(now))
        sizes = sizes_of(packages, standings, self.scope, now)
        shown = [
            {
                "key": package.key,
                "title": package.title,
                "detail": package.detail,
                "assets": standings[package.key].assets,
                "orders": sizes[package.key].orders,
                "patrol_plans": standings[package.key].plans,
                "bytes": sizes[package.key].plain,
                "compressed_bytes": sizes[package.key].packed,
                "version": standings[package.key].version,
            }
            for package in packages
        ]
        return Response({"packages": shown})


class FieldPackage(SameUser, ApiView):
    """One package."""

    @extend_schema(
        tags=["field"],
        operation_id="field_package",
        parameters=[FIELD_USER],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, key: str) -> HttpResponse:
        """Answer the package, 304 where the copy is still good, gzip where it is taken."""
        refuse_unknown(self.params, ())
        now = timezone.now()
        on = timezone.localdate(now)
        package = package_named(key, self.scope, on)
        # Before anything is read: what changes meanwhile is pulled again rather than missed.
        horizon = horizon_now()
        cursor = cursor_at(horizon.place, scope_print(self.scope, on), horizon)
        version = standings_of([package], self.scope, on)[package.key].version
        parts = package_parts(package, self.scope, now)
        texts = [(name, written(part)) for name, part in parts.items()]
        tag = entity_tag(digest(version.encode(), *(text for _name, text in texts)))
        if tag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return _answer(b"", tag, status=304)
        head = {
            "key": package.key,
            "title": package.title,
            "detail": package.detail,
            "made_at": timezone.localtime(now).isoformat(),
            "version": version,
            "cursor": cursor,
        }
        body = joined([*((name, written(value)) for name, value in head.items()), *texts])
        if "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            return _answer(body, tag)
        answer = _answer(packed(body), tag)
        answer.headers["Content-Encoding"] = "gzip"
        return answer


def _answer(body: bytes, tag: str, *, status: int = 200) -> HttpResponse:
    answer = HttpResponse(body, status=status, content_type="application/json")
    answer.headers["ETag"] = tag
    answer.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie, Authorization"
    return answer
