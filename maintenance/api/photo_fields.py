"""Photos in bodies of field work: named by identifier, and by hash while they are still to come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assets.api.references import MOST_PHOTOS
from assets.kinds import PhotoStage
from assets.models import Photo
from maintenance.models import PromisedPhoto
from maintenance.photo_promise import PhotoPromise
from sites.access import Scope
from sites.api.fields import StrictSerializer, TextField

_HASH: Final = re.compile(r"[0-9a-f]{64}")
Named: TypeAlias = Photo | PhotoPromise


class Sha256Field(TextField):
    """A SHA-256 as 64 hexadecimal digits."""

    def to_internal_value(self, data: Any) -> str:
        """Return the digits in small letters."""
        text = super().to_internal_value(data).lower()
        if not _HASH.fullmatch(text):
            sentence = _("Send the SHA-256 of the photo as 64 hexadecimal digits.")
            raise serializers.ValidationError(sentence, code="bad_hash")
        return text


class NamedPhotoSerializer(StrictSerializer):
    """A photo by its identifier; with its hash, it may come after the record."""

    photo = serializers.UUIDField()
    sha256 = Sha256Field(required=False)


class PhotoToComeSerializer(StrictSerializer):
    """A photo that the record names and that has not come yet."""

    photo = serializers.UUIDField(read_only=True)
    sha256 = serializers.CharField(read_only=True)
    stage = serializers.ChoiceField(PhotoStage.choices, allow_blank=True, read_only=True)


class StagedPhotoSerializer(NamedPhotoSerializer):
    """A photo, and at which stage of the work it was taken."""

    stage = serializers.ChoiceField(PhotoStage.choices)


class StagedPhotosField(serializers.ListField):
    """Photos with their stages; the sender's own, in one query."""

    child = StagedPhotoSerializer()

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MOST_PHOTOS, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Return pairs of photo and stage."""
        wanted = super().to_internal_value(data)
        found = photos_named(wanted, self.context["scope"])
        return [(found[entry["photo"]], entry["stage"]) for entry in wanted]


@extend_schema_field({"oneOf": [{"type": "string", "format": "uuid"}, {"type": "object"}]})
class PhotoNameField(serializers.Field[Any, Any, Any, Any]):
    """A photo: its identifier, or `{"photo": identifier, "sha256": hash}`."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return the identifier and, where it was given, the hash."""
        body = NamedPhotoSerializer(data=data if isinstance(data, dict) else {"photo": data})
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def to_representation(self, value: Any) -> Any:
        """Return the value as it is: the field is only written."""
        return value


class PhotosField(serializers.ListField):
    """Photos of the caller, in their order; one that has not come is given with its hash."""

    child = PhotoNameField()

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MOST_PHOTOS, write_only=True, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Return photos and promises, each once."""
        wanted = super().to_internal_value(data)
        return list(photos_named(wanted, self.context["scope"]).values())


def photos_named(wanted: Sequence[dict[str, Any]], scope: Scope) -> dict[UUID, Named]:
    """Return photos of the caller by their identifiers; another sender's is not known here.

    Raises `ValidationError` for one that has not come and is given without its hash, and for one
    that has come with other bytes.
    """
    own = Photo.objects.filter(uploaded_by_id=scope.user_id)
    known = own.in_bulk([entry["photo"] for entry in wanted])
    return {entry["photo"]: _named(entry, known.get(entry["photo"])) for entry in wanted}


def _named(entry: dict[str, Any], photo: Photo | None) -> Named:
    stated = entry.get("sha256")
    if photo is None:
        if stated is None:
            sentence = _("Send the photos first, each under its own identifier.")
            raise serializers.ValidationError(sentence, code="photo_missing")
        return PhotoPromise(entry["photo"], stated)
    if stated not in (None, photo.sha256):
        sentence = _("Another photo is already stored under this identifier.")
        raise serializers.ValidationError(sentence, code="photo_content_differs")
    return photo


def photos_to_come(promises: Iterable[PromisedPhoto]) -> list[dict[str, Any]]:
    """Return what a record still waits for, as its answer shows it."""
    return [
        {"photo": str(promise.photo_id), "sha256": promise.sha256, "stage": promise.stage}
        for promise in promises
    ]
