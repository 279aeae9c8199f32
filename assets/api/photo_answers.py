"""How a photo is answered: its facts as JSON, and its files."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from rest_framework import serializers
from rest_framework.request import Request

from assets.models.photo import Photo
from assets.photos.store import Version, path_of
from sites.problems import Problem

PRIVATE = "private, no-cache"
NEVER_KEPT = "private, no-store"
FOR_EVERYBODY = "public, max-age=300"
"""Five minutes, our choice: a photo taken back from the public is soon gone from caches."""


class PhotoSerializer(serializers.Serializer[Any]):
    """What is known of a photo: also the receipt of its arrival.

    `position` (longitude, latitude in degrees, CGCS2000), `accuracy_m` and `original_name` are
    null for those who may not read the original.
    """

    id = serializers.UUIDField()
    sha256 = serializers.CharField()
    content_type = serializers.CharField()
    size_bytes = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    taken_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField()
    position = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True
    )
    accuracy_m = serializers.FloatField(allow_null=True)
    original_name = serializers.CharField(allow_null=True)


def told(photo: Photo, *, reads_original: bool) -> dict[str, Any]:
    """Return a photo's facts as the caller may know them."""
    facts = {
        "id": photo.pk,
        "sha256": photo.sha256,
        "content_type": photo.content_type,
        "size_bytes": photo.size_bytes,
        "width": photo.width,
        "height": photo.height,
        "taken_at": photo.taken_at,
        "received_at": photo.received_at,
        "position": None,
        "accuracy_m": None,
        "original_name": None,
    }
    if reads_original:
        point = photo.position
        facts |= {
            "position": [point.x, point.y] if point else None,
            "accuracy_m": photo.accuracy_m,
            "original_name": photo.original_name,
        }
    return dict(PhotoSerializer(facts).data)


def file_answer(
    request: Request, photo: Photo, version: Version, *, caching: str
) -> HttpResponseBase:
    """Return a file of a photo, or 304 to who has it already.

    Names, types and paths are ours: nothing that the sender chose is in the headers.
    """
    etag = quote_etag(f"{photo.sha256}-{version}")
    is_original = version == Version.ORIGINAL
    content_type = photo.content_type if is_original else "image/jpeg"
    ending = content_type.rsplit("/", maxsplit=1)[-1].replace("jpeg", "jpg")
    headers = {
        "Cache-Control": caching,
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
    }
    unchanged = get_conditional_response(
        request._request, etag=etag, response=HttpResponse(headers={"Cache-Control": caching})
    )
    if unchanged is not None and unchanged.status_code == 304:
        return unchanged
    try:
        file = path_of(photo.sha256, version).open("rb")
    except FileNotFoundError as error:
        raise Problem("server_error") from error
    return FileResponse(
        file,
        as_attachment=is_original,
        filename=f"{photo.pk}-{version}.{ending}",
        content_type=content_type,
        headers=headers,
    )
