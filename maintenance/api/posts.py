"""Public-benefit posts and their attendance over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from assets.models import Asset
from maintenance.models import Agreement, PostAttendance, UpkeepPost
from maintenance.parties import office_of, roles_in
from maintenance.posts import posts_seen
from maintenance.services import attendance_record, post_create, post_update
from sites.api.fields import NumberField, OrganisationField, StrictSerializer, TextField
from sites.api.idempotency import once
from sites.api.paging import read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.resource import Resource, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, page_of, record
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.problems import Problem


class PostAssetField(serializers.PrimaryKeyRelatedField[Asset]):
    """An asset by its identifier, within what the caller may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(pk_field=serializers.UUIDField(), queryset=Asset.objects.none(), **options)

    def get_queryset(self) -> Any:
        """Return the assets in scope."""
        return Asset.objects.visible_to(self.context["scope"])


class PostSerializer(StrictSerializer):
    """A post: where, for whom, who, and what it pays a month in yuan.

    `person_name` is null for who is neither the office nor a party of the agreement.
    """

    id = serializers.UUIDField(read_only=True)
    agreement = serializers.UUIDField(source="agreement_id", read_only=True)
    organisation = OrganisationField()
    asset = PostAssetField()
    start_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    end_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    person_name = TextField(max_length=60)
    monthly_pay = NumberField(max_digits=10, decimal_places=2, min_value=0)
    from_date = serializers.DateField()
    until_date = serializers.DateField(allow_null=True, default=None)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class PostResource(Resource):
    """Posts of agreements that the caller may see."""

    serializer_class = PostSerializer

    def rows(self) -> Any:
        """Return the posts that the caller may see."""
        return posts_seen(self.scope)

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return posts, without names for who is not concerned."""
        return [self._rendered(row) for row in rows]

    def _rendered(self, row: Any) -> dict[str, Any]:
        data = dict(PostSerializer(row, context=self.serializer_context()).data)
        return data if row.sees_names else {**data, "person_name": None}

    def require_change(self, row: UpkeepPost) -> None:
        """The employer writes here as well as the office."""
        self.require_part(row.agreement)

    def require_part(self, agreement: Agreement) -> None:
        """Raise `Problem` 403 for who is neither the office nor a party of the agreement."""
        scope = self.scope
        if office_of(scope, agreement.area_code) is None and not roles_in(scope, agreement):
            raise Problem("forbidden")


class AgreementPosts(PostResource):
    """Posts of one agreement."""

    @extend_schema(
        tags=["agreements"],
        operation_id="agreement_post_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(PostSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of the agreement's posts."""
        refuse_unknown(self.params, PAGING)
        agreement = self.agreement(pk)
        page = read_page(self.rows().filter(agreement=agreement), self.keys, self.params)
        return Response({"items": self.rendered(page.rows), **page.links(request)})

    @extend_schema(
        tags=["agreements"],
        operation_id="agreement_post_create",
        parameters=[IDEMPOTENCY_KEY],
        request=PostSerializer,
        responses={201: PostSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Place a person on what the agreement covers, once for each `Idempotency-Key`."""
        refuse_unknown(self.params, ())
        agreement = self.agreement(pk)
        self.require_part(agreement)
        return once(request, lambda: self._create(agreement))

    def agreement(self, pk: UUID) -> Agreement:
        """Return the agreement if the caller may see it; raises `DoesNotExist`."""
        found: Agreement = Agreement.objects.visible_to(self.scope).get(pk=pk)
        return found

    def _create(self, agreement: Agreement) -> Response:
        made = post_create(
            agreement=agreement, values=self.parsed(), actor=self.actor, scope=self.scope
        )
        answer = self.answer(self.rows().get(pk=made.pk), status=201)
        answer.headers["Location"] = f"/api/v1/upkeep-posts/{made.pk}"
        return answer


@extend_schema(tags=["agreements"])
@record("upkeep_post", PostSerializer)
class PostRecord(PostResource, WritableRecord):
    """One post, to read and to change; it ends with `until_date` and is never removed."""

    http_method_names = ["get", "patch", "head", "options"]

    def changed(self, row: UpkeepPost, values: Mapping[str, Any]) -> UpkeepPost:
        """Change what is given; employer and asset stay."""
        return post_update(
            post=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )


class AttendanceSerializer(StrictSerializer):
    """Days of one month, in halves; `month` is any day of it."""

    month = serializers.DateField()
    days = NumberField(max_digits=4, decimal_places=1)


class PostAttendances(PostResource, Action):
    """Attendance of a post, month by month."""

    input_class = AttendanceSerializer

    @extend_schema(
        tags=["agreements"],
        operation_id="upkeep_post_attendance_list",
        responses=page_of(AttendanceSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the months of a post, the first one first; there are few, so on one page."""
        refuse_unknown(self.params, ())
        post = self.rows().get(pk=pk)
        rows = PostAttendance.objects.filter(post=post).order_by("month")
        items = [dict(AttendanceSerializer(row).data) for row in rows]
        return Response({"items": items, "next_cursor": None, "next": None})

    @extend_schema(
        tags=["agreements"],
        operation_id="upkeep_post_attend",
        parameters=[IDEMPOTENCY_KEY],
        request=AttendanceSerializer,
        responses=PostSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Write how many days of a month the post was attended; the old number is kept."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Write it."""
        attendance_record(
            post=row,
            month=values["month"],
            days=values["days"],
            actor=self.actor,
            scope=self.scope,
            today=timezone.localdate(),
        )
        return row
