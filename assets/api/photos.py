"""Photos over HTTP: put under the sender's own identifier, and read in three versions."""

from __future__ import annotations

from uuid import UUID

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
from assets.api.photo_requests import HASH_HEADER, STATEMENTS, AnyBody, Statement, stated_hash
from assets.api.photo_sending import LENGTH_HEADER, OFFSET_HEADER, Sending
from assets.models.photo import Photo, PhotoType
from assets.photos.parts import Part, held, part_of
from assets.photos.store import Version
from sites.access import Scope
from sites.api.parameters import one_of, refuse_unknown
from sites.api.resource import ApiView
from sites.api.same_user import FIELD_USER, SameUser
from sites.api.schema import ProblemSerializer, parameter
from sites.problems import Problem

PROBLEM = "application/problem+json"
REDUCED = (Version.PUBLIC.value, Version.THUMB.value)
VERSION = parameter("v", "Which version; `public` when left out.", enum=Version.values)
REDUCED_VERSION = parameter("v", "Which version; `public` when left out.", enum=REDUCED)
JPEG = {(200, "image/jpeg"): OpenApiTypes.BINARY}
REFUSALS = {
    (code, PROBLEM): OpenApiResponse(ProblemSerializer) for code in (403, 409, 413, 415, 422, 507)
}
SENT_HASH = OpenApiParameter(
    HASH_HEADER,
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="SHA-256 of the whole photo, 64 hexadecimal digits.",
)
SENT_PARAMETERS = [
    SENT_HASH,
    FIELD_USER,
    parameter("taken_at", "When it was taken, with offset; goes before the camera's word."),
    parameter("lon", "Longitude in degrees (CGCS2000); together with `lat`."),
    parameter("lat", "Latitude in degrees (CGCS2000); together with `lon`."),
    parameter("accuracy_m", "Accuracy of the given position in metres."),
]
BYTES = {"image/*": OpenApiTypes.BINARY, "application/octet-stream": OpenApiTypes.BINARY}


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
class PhotoRecord(SameUser, PhotoView):
    """One photo."""

    @extend_schema(
        operation_id="photo_put",
        parameters=SENT_PARAMETERS,
        request=BYTES,
        responses={200: PhotoSerializer, 201: PhotoSerializer, **REFUSALS},
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Store the photo; the same again is answered with 200, other bytes with 409.

        What came before a connection broke is kept: HEAD tells how much, PATCH goes on.
        """
        statement, sending = self._sending(request, pk)
        photo, is_new = sending.whole(statement)
        return self._received(photo, is_new=is_new)

    @extend_schema(
        operation_id="photo_go_on",
        parameters=[
            *SENT_PARAMETERS,
            OpenApiParameter(
                OFFSET_HEADER,
                OpenApiTypes.INT,
                OpenApiParameter.HEADER,
                required=True,
                description="Where the piece begins: the number of bytes that are held (HEAD).",
            ),
            OpenApiParameter(
                LENGTH_HEADER,
                OpenApiTypes.INT,
                OpenApiParameter.HEADER,
                description="Bytes of the whole photo; with it, the end need not be guessed.",
            ),
        ],
        request=BYTES,
        responses={
            200: PhotoSerializer,
            201: PhotoSerializer,
            204: OpenApiResponse(description="The piece is kept; `Upload-Offset` bytes are held."),
            **REFUSALS,
        },
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Add the next piece of a photo; the last one is answered as PUT is.

        Another offset than that of the bytes held is answered with 409 and the right one.
        """
        statement, sending = self._sending(request, pk)
        came = sending.piece(statement)
        if isinstance(came, int):
            return Response(status=204, headers={OFFSET_HEADER: str(came)})
        photo, is_new = came
        return self._received(photo, is_new=is_new)

    def head(self, request: Request, pk: UUID) -> HttpResponseBase:
        """Answer as GET does, and tell a sender how many bytes of its photo are held.

        A photo of which nothing has come, or that is somebody else's, has 0 bytes.
        """
        photo = Photo.objects.visible_to(self.scope).filter(pk=pk).first()
        if photo is not None or not self._may_send():
            answer = self.get(request, pk)
            if photo is not None and photo.uploaded_by_id == self.actor.pk:
                answer.headers[OFFSET_HEADER] = str(photo.size_bytes)
                answer.headers[HASH_HEADER] = photo.sha256
            return answer
        named = request.headers.get(HASH_HEADER)
        sha256 = stated_hash(request) if named else None
        part = Part(self.actor.pk, pk, sha256) if sha256 else part_of(self.actor.pk, pk)
        now_held = held(part) if part else 0
        if now_held == 0:
            # The last piece may have come between the two looks: then it is a photo now.
            done = Photo.objects.filter(pk=pk, uploaded_by=self.actor).first()
            return _told_offset(done.size_bytes, done.sha256) if done else _told_offset(0)
        return _told_offset(now_held, part.sha256 if part else "")

    def _sending(self, request: Request, pk: UUID) -> tuple[Statement, Sending]:
        refuse_unknown(self.params, STATEMENTS)
        if not self._may_send():
            raise Problem("forbidden")
        statement, sha256 = Statement.of(self.params), stated_hash(request)
        return statement, Sending(request, pk, actor=self.actor, scope=self.scope, sha256=sha256)

    def _may_send(self) -> bool:
        return bool(self.scope.everything or self.scope.grants)

    def _received(self, photo: Photo, *, is_new: bool) -> Response:
        answer = self.receipt(photo, status=201 if is_new else 200)
        answer.headers["Location"] = self.request.path
        answer.headers[OFFSET_HEADER] = str(photo.size_bytes)
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


def _told_offset(size: int, sha256: str = "") -> Response:
    headers = {OFFSET_HEADER: str(size), "Cache-Control": "no-store"}
    return Response(headers={**headers, HASH_HEADER: sha256} if sha256 else headers)
