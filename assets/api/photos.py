"""Photos over HTTP: put under the sender's own identifier, and read in three versions."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.photo_answers import (
    FOR_EVERYBODY,
    NEVER_KEPT,
    PRIVATE,
    PhotoSerializer,
    file_answer,
    told,
)
from assets.api.photo_requests import HASH_HEADER, STATEMENTS, AnyBody, Body, Statement, stated_hash
from assets.models.photo import Photo, PhotoType
from assets.photos import refusals
from assets.photos.store import Version
from assets.services.photos import photo_store
from sites.access import Scope
from sites.api.parameters import one_of, refuse_unknown
from sites.api.resource import ApiView
from sites.api.schema import ProblemSerializer, parameter
from sites.models import Organisation
from sites.problems import FieldProblem, Problem

PROBLEM = "application/problem+json"
REDUCED = (Version.PUBLIC.value, Version.THUMB.value)
VERSION = parameter("v", "Which version; `public` when left out.", enum=Version.values)
REDUCED_VERSION = parameter("v", "Which version; `public` when left out.", enum=REDUCED)
JPEG = {(200, "image/jpeg"): OpenApiTypes.BINARY}
_STATUSES: tuple[tuple[type[refusals.PhotoRefused], str], ...] = (
    (refusals.PhotoContentDiffers, "conflict"),
    (refusals.PhotoTooLarge, "too_large"),
    (refusals.PhotoHasTooManyPixels, "too_large"),
    (refusals.PhotoTypeUnknown, "unsupported_media_type"),
    (refusals.PhotoStoreFull, "disk_full"),
    (refusals.PhotoRefused, "invalid"),
)
"""Which refusal is which problem, the more special ones first."""


class PhotoView(ApiView):
    """What the addresses of photos share."""

    content_negotiation_class = AnyBody

    def photo(self, pk: UUID) -> Photo:
        """Return a photo that the caller may know of; raises `DoesNotExist`."""
        found: Photo = Photo.objects.visible_to(self.scope).get(pk=pk)
        return found

    def reads_original(self, photo: Photo) -> bool:
        """Whether the caller may have the original and what it gives away."""
        return bool(Photo.objects.original_open_to(self.scope).filter(pk=photo.pk).exists())

    def receipt(self, photo: Photo, *, status: int = 200) -> Response:
        """Return a photo's facts."""
        facts = told(photo, reads_original=self.reads_original(photo))
        return Response(facts, status=status)


@extend_schema(tags=["photos"])
class PhotoRecord(PhotoView):
    """One photo."""

    @extend_schema(
        operation_id="photo_put",
        parameters=[
            OpenApiParameter(
                HASH_HEADER,
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                required=True,
                description="SHA-256 of the body, 64 hexadecimal digits.",
            ),
            parameter("taken_at", "When it was taken, with offset; goes before the camera's word."),
            parameter("lon", "Longitude in degrees (CGCS2000); together with `lat`."),
            parameter("lat", "Latitude in degrees (CGCS2000); together with `lon`."),
            parameter("accuracy_m", "Accuracy of the given position in metres."),
        ],
        request={"image/*": OpenApiTypes.BINARY, "application/octet-stream": OpenApiTypes.BINARY},
        responses={
            200: PhotoSerializer,
            201: PhotoSerializer,
            (403, PROBLEM): OpenApiResponse(ProblemSerializer),
            (409, PROBLEM): OpenApiResponse(ProblemSerializer),
            (413, PROBLEM): OpenApiResponse(ProblemSerializer),
            (415, PROBLEM): OpenApiResponse(ProblemSerializer),
            (422, PROBLEM): OpenApiResponse(ProblemSerializer),
        },
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Store the photo; the same again is answered with 200, other bytes with 409."""
        refuse_unknown(self.params, STATEMENTS)
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")
        statement, sha256 = Statement.of(self.params), stated_hash(request)
        if _announced_length(request) > settings.PHOTO_MAX_BYTES:
            raise _problem(refusals.PhotoTooLarge(settings.PHOTO_MAX_BYTES))
        try:
            photo, is_new = photo_store(
                identifier=pk,
                stream=Body(request),
                actor=self.actor,
                scope=self.scope,
                organisation=_organisation(self.scope),
                expected_sha256=sha256,
                taken_at=statement.taken_at,
                position=statement.position,
                accuracy_m=statement.accuracy_m,
            )
        except refusals.PhotoRefused as error:
            raise _problem(error) from error
        answer = self.receipt(photo, status=201 if is_new else 200)
        answer.headers["Location"] = request.path
        return answer

    @extend_schema(
        operation_id="photo_read",
        parameters=[VERSION],
        responses={
            **{(200, kind.value): OpenApiTypes.BINARY for kind in PhotoType},
            (403, PROBLEM): OpenApiResponse(ProblemSerializer),
        },
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Return a version; the original only to its sender and the office."""
        refuse_unknown(self.params, {"v"})
        version = Version(one_of(self.params, "v", Version.values, Version.PUBLIC.value))
        photo = self.photo(pk)
        if version != Version.ORIGINAL:
            return file_answer(request, photo, version, caching=PRIVATE)
        if not self.reads_original(photo):
            raise Problem("forbidden")
        return file_answer(request, photo, version, caching=NEVER_KEPT)


@extend_schema(tags=["photos"])
class PhotoDetails(PhotoView):
    """What is known of one photo."""

    @extend_schema(operation_id="photo_details", responses=PhotoSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the photo's facts."""
        refuse_unknown(self.params, ())
        return self.receipt(self.photo(pk))


@extend_schema(tags=["photos"])
class PublicPhoto(ApiView):
    """A photo that a record shows to everybody, never its original."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="public_photo", auth=[], parameters=[REDUCED_VERSION], responses=JPEG
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Return the public version or its thumbnail."""
        refuse_unknown(self.params, {"v"})
        version = Version(one_of(self.params, "v", REDUCED, Version.PUBLIC.value))
        photo = Photo.objects.visible_to(Scope.public()).get(pk=pk)
        return file_answer(request, photo, version, caching=FOR_EVERYBODY)


def _announced_length(request: Request) -> int:
    text = request.META.get("CONTENT_LENGTH") or ""
    return int(text) if text.isdecimal() else 0


def _organisation(scope: Scope) -> Organisation | None:
    """Return the sender's body, when there is exactly one."""
    own = scope.organisation_ids()
    found: Callable[[], Organisation | None] = Organisation.objects.filter(pk__in=own).first
    return found() if len(own) == 1 else None


def _problem(error: refusals.PhotoRefused) -> Problem:
    code = next(code for kind, code in _STATUSES if isinstance(error, kind))
    return Problem(code, errors=[FieldProblem("", error.code, str(error.message))])
