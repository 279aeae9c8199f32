"""References of bodies to sites, assets and photos, within what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from assets.models import Asset, Photo
from sites.models import ProjectSite

MOST_PHOTOS = 20


class SiteField(serializers.PrimaryKeyRelatedField[ProjectSite]):
    """A site by its identifier."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            pk_field=serializers.UUIDField(), queryset=ProjectSite.objects.none(), **options
        )

    def get_queryset(self) -> QuerySet[ProjectSite]:
        """Return the sites in scope."""
        found: QuerySet[ProjectSite] = ProjectSite.objects.visible_to(self.context["scope"])
        return found


class AssetsField(serializers.ListField):
    """Assets by their identifiers; answered in the order of their codes."""

    child = serializers.UUIDField()

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=500, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Return the assets; raises `ValidationError` when one is not known to the caller."""
        wanted = super().to_internal_value(data)
        found = list(Asset.objects.visible_to(self.context["scope"]).filter(pk__in=wanted))
        return _all_found(found, wanted)

    def to_representation(self, data: Any) -> list[str]:
        """Return the identifiers."""
        return [str(asset.pk) for asset in data.all()]


class OwnPhotosField(serializers.ListField):
    """Photos that the caller sent before (`PUT /api/v1/photos/{uuid}`), by their identifiers."""

    child = serializers.UUIDField()

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MOST_PHOTOS, write_only=True, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Return the photos; another sender's photo is not known here."""
        wanted = super().to_internal_value(data)
        own = Photo.objects.filter(uploaded_by_id=self.context["scope"].user_id)
        return _all_found(list(own.filter(pk__in=wanted)), wanted)


def _all_found(found: Sequence[Any], wanted: Sequence[Any]) -> list[Any]:
    by_key = {record.pk: record for record in found}
    if set(wanted) - set(by_key):
        raise serializers.ValidationError(_("There is no such record."), code="does_not_exist")
    return [by_key[key] for key in dict.fromkeys(wanted)]
