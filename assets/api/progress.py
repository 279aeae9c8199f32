"""Progress over HTTP: reported with photos and place, verified or returned by the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.api.actions import Action
from assets.api.references import OwnPhotosField, SiteField
from assets.models.photo import LARGEST_ACCURACY_M
from assets.progress_evidence import entries_of, of_standing, photos_of
from assets.services.progress_photos import progress_report
from sites.api.fields import GeometryField, NumberField, StrictSerializer, TextField
from sites.api.geojson import write_geometry
from sites.api.parameters import one_day, one_of
from sites.api.projections import AsRfc7946
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.filters import SiteFilter
from sites.kinds import ProgressVerdict
from sites.models import ProgressEntry, ProjectSite
from sites.problems import Problem, bad_parameter
from sites.progress_standing import Standing
from sites.services import progress_review
from sites.services.progress import REPORTING_ROLES, is_office

LONGEST_TEXT = 2000


class ProgressReviewSerializer(serializers.Serializer[Any]):
    """What the office said to an entry."""

    verdict = serializers.ChoiceField(ProgressVerdict.choices)
    reason = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    reviewer = serializers.CharField(source="reviewer.username", default=None)


class ProgressSerializer(StrictSerializer):
    """One progress entry with its evidence."""

    id = serializers.UUIDField(read_only=True)
    site = SiteField()
    percent = NumberField(min_value=0, max_value=100, max_digits=5, decimal_places=2)
    quantity = NumberField(
        min_value=0,
        max_digits=14,
        decimal_places=3,
        allow_null=True,
        default=None,
        help_text="What stands built by then, in the unit of the site's programme.",
    )
    unit = serializers.CharField(source="site.programme.unit", read_only=True)
    reported_on = serializers.DateField(default=timezone.localdate)
    note = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")
    geometry = GeometryField(types=("Point",), allow_null=True, default=None, source="place")
    accuracy_m = serializers.FloatField(
        min_value=0, max_value=LARGEST_ACCURACY_M, allow_null=True, default=None
    )
    captured_at = serializers.DateTimeField(allow_null=True, default=None)
    photos = OwnPhotosField(default=list)
    photo_ids = serializers.SerializerMethodField()
    distance_m = serializers.FloatField(
        read_only=True, allow_null=True, help_text="From the place of the entry to the site."
    )
    standing = serializers.ChoiceField(Standing.choices, read_only=True)
    reviews = ProgressReviewSerializer(many=True, read_only=True)
    reported_by = serializers.CharField(source="reported_by.username", default=None, read_only=True)
    received_at = serializers.DateTimeField(read_only=True)

    def get_photo_ids(self, entry: ProgressEntry) -> list[UUID]:
        """Return the identifiers of the entry's photos."""
        found: list[UUID] = self.context["photos"].get(entry.pk, [])
        return found

    def validate_reported_on(self, day: Any) -> Any:
        """Nothing is reported from the future."""
        if day > timezone.localdate():
            raise serializers.ValidationError(
                _("This day lies in the future."), code="in_the_future"
            )
        return day


class ProgressResource(Resource):
    """Progress entries of sites that the caller may see."""

    serializer_class = ProgressSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(
        {"site", "standing", "area", "reported_from", "reported_to"}
    )

    def rows(self) -> Any:
        """Return the entries that the caller may see."""
        rows = entries_of(self.scope).annotate(place=AsRfc7946("position"))
        return rows.select_related("site__programme", "reported_by").prefetch_related(
            "reviews__reviewer"
        )

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return rows with their photos: one statement for all."""
        photos = {key: [photo.pk for photo in found] for key, found in photos_of(rows).items()}
        for row in rows:
            row.place = write_geometry(row.place) if row.place else None
        context = {**self.serializer_context(), "photos": photos}
        return [dict(ProgressSerializer(row, context=context).data) for row in rows]

    def version_of(self, row: Any) -> int:
        """Return 1 for an entry as it came in, more once it was reviewed."""
        return 1 + len(row.reviews.all())

    def require_create(self) -> None:
        """Whoever holds a role that reports may try; towards which site is the service's."""
        if not (self.scope.everything or self.scope.roles & REPORTING_ROLES):
            raise Problem("forbidden")


@extend_schema(tags=["progress"])
@collection(
    "progress",
    ProgressSerializer,
    parameters=[
        parameter("site", "Identifier of a site."),
        parameter("standing", "How the entry stands.", enum=Standing.values),
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("reported_from", "Reported on this day or later."),
        parameter("reported_to", "Reported on this day or earlier."),
    ],
)
class ProgressCollection(ProgressResource, WritableCollection):
    """Progress entries in the order in which they came in."""

    def narrowed(self, rows: Any) -> Any:
        """Return the entries that the parameters ask for."""
        rows = of_standing(rows, one_of(self.params, "standing", Standing.values))
        if text := self.params.get("site", ""):
            rows = rows.filter(site=_identifier(text))
        if first := one_day(self.params, "reported_from"):
            rows = rows.filter(reported_on__gte=first)
        if last := one_day(self.params, "reported_to"):
            rows = rows.filter(reported_on__lte=last)
        chosen = SiteFilter.from_query({"area": self.params.getlist("area")})
        if chosen.area:
            sites = chosen.apply(ProjectSite.objects.visible_to(self.scope))
            rows = rows.filter(site__in=sites.values("pk"))
        return rows

    def created(self, values: Mapping[str, Any]) -> ProgressEntry:
        """Report it."""
        return progress_report(
            site=values["site"],
            percent=values["percent"],
            on=values["reported_on"],
            quantity=values["quantity"],
            note=values["note"],
            position=values["place"],
            accuracy_m=values["accuracy_m"] if values["place"] else None,
            captured_at=values["captured_at"],
            photos=values["photos"],
            actor=self.actor,
            scope=self.scope,
        )


@extend_schema(tags=["progress"])
@record("progress", ProgressSerializer)
class ProgressRecord(ProgressResource, Record):
    """One progress entry."""


class VerdictSerializer(StrictSerializer):
    """Whether an entry counts; returning it needs a reason."""

    verdict = serializers.ChoiceField(ProgressVerdict.choices)
    reason = TextField(max_length=LONGEST_TEXT, allow_blank=True, default="")


class ProgressReviewed(ProgressResource, Action):
    """The office's word on an entry."""

    input_class = VerdictSerializer

    @extend_schema(
        tags=["progress"],
        operation_id="progress_review",
        parameters=[IDEMPOTENCY_KEY],
        request=VerdictSerializer,
        responses=ProgressSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Verify the entry, which moves the site's percentage, or return it with a reason."""
        return super().post(request, pk)

    def require_change(self, row: Any) -> None:
        """The office reviews, and nobody their own entry."""
        if not is_office(self.scope, row.site) or row.reported_by_id == self.actor.pk:
            raise Problem("forbidden")

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Review it; an entry is reviewed once, so there is no version to lose."""
        del expected_version
        progress_review(entry=row, actor=self.actor, scope=self.scope, **values)
        return row


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise bad_parameter("site", "bad_form", _("This is no identifier.")) from error
