"""Who holds the phone: the first thing that the page asks, and what it may offer them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.references import MOST_PHOTOS
from field.limits import LARGEST_PUSH, MOST_OPERATIONS
from field.scope_print import scope_print
from sites.access import Scope
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView
from sites.kinds import AREA_ROLES, Role
from sites.models import Area, Organisation
from sites.people import person_name


class FieldUserSerializer(serializers.Serializer[Any]):
    """The person; `id` is what `X-Field-User` names."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField()


class FieldBodySerializer(serializers.Serializer[Any]):
    """A body for which the person acts."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)


class FieldAreaSerializer(serializers.Serializer[Any]):
    """An area in which the person holds an office's or an evaluator's role."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField(allow_blank=True)


class FieldMaySerializer(serializers.Serializer[Any]):
    """Which forms the phone offers; the register judges each entry all the same."""

    log = serializers.BooleanField()
    inspect = serializers.BooleanField()
    patrol = serializers.BooleanField()
    report = serializers.BooleanField()


class FieldLimitsSerializer(serializers.Serializer[Any]):
    """How much may be sent at once, sizes in bytes."""

    photo_max_bytes = serializers.IntegerField()
    push_max_bytes = serializers.IntegerField()
    ops_in_a_push = serializers.IntegerField()
    photos_in_an_entry = serializers.IntegerField()


class FieldMeSerializer(serializers.Serializer[Any]):
    """The person on the phone; another `scope` means that other records are to be seen."""

    user = FieldUserSerializer()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    organisations = FieldBodySerializer(many=True)
    areas = FieldAreaSerializer(many=True)
    scope = serializers.CharField()
    may = FieldMaySerializer()
    server_time = serializers.DateTimeField()
    limits = FieldLimitsSerializer()


class FieldMe(ApiView):
    """The person who is signed in on the phone."""

    @extend_schema(tags=["field"], operation_id="field_me", responses=FieldMeSerializer)
    def get(self, request: Request) -> Response:
        """Answer who is signed in and what they may do; sets the cookie that sending needs."""
        refuse_unknown(self.params, ())
        get_token(request._request)
        scope, now = self.scope, timezone.now()
        bodies = Organisation.objects.filter(pk__in=scope.organisation_ids()).order_by("name", "pk")
        known = Area.objects.filter(valid_to__isnull=True, code__in=scope.area_codes(AREA_ROLES))
        shown = FieldMeSerializer(
            {
                "user": {
                    "id": self.actor.pk,
                    "username": self.actor.get_username(),
                    "name": person_name(self.actor),
                },
                "roles": sorted(scope.roles),
                "organisations": bodies.only("pk", "name", "name_en"),
                "areas": known.only("code", "name", "name_en").order_by("code"),
                "scope": scope_print(scope, timezone.localdate(now)),
                "may": offered(scope),
                "server_time": now,
                "limits": {
                    "photo_max_bytes": settings.PHOTO_MAX_BYTES,
                    "push_max_bytes": LARGEST_PUSH,
                    "ops_in_a_push": MOST_OPERATIONS,
                    "photos_in_an_entry": MOST_PHOTOS,
                },
            }
        )
        return Response(shown.data)


def offered(scope: Scope) -> dict[str, bool]:
    """Return which forms make sense for a scope: only bodies log work and make rounds."""
    bodies, any_role = bool(scope.organisation_ids()), bool(scope.grants or scope.everything)
    return {"log": bodies, "inspect": any_role, "patrol": bodies, "report": any_role}
