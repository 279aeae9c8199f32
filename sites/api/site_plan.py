"""A site's plan over HTTP: its milestones, and its planned curve beside the actual one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.fields import NumberField, OrganisationField, StrictSerializer, TextField
from sites.api.parameters import one_of, refuse_unknown
from sites.api.preconditions import entity_tag, require_match
from sites.api.resource import Collection
from sites.api.schema import IF_MATCH, collection, parameter
from sites.api.site_parts import SitePart
from sites.filters import SiteFilter
from sites.kinds import MilestoneKind
from sites.milestones import milestones_mark, overdue
from sites.models import Milestone, PlannedProgress, ProjectSite
from sites.problems import Problem, bad_parameter
from sites.progress_curve import Curve, Point, curve_of, points_mark
from sites.services import PlannedMilestone, milestones_save, planned_progress_save
from sites.services.errors import ConcurrentChange
from sites.services.milestones import MOST_POINTS
from sites.services.progress import is_office

LONGEST_REASON = 2000


class MilestoneSerializer(StrictSerializer):
    """A node of a site's plan."""

    id = serializers.UUIDField(read_only=True)
    site = serializers.UUIDField(source="site_id", read_only=True)
    kind = serializers.ChoiceField(MilestoneKind.choices)
    due_on = serializers.DateField(allow_null=True, default=None)
    done_on = serializers.DateField(allow_null=True, default=None)
    is_overdue = serializers.SerializerMethodField()
    responsible = OrganisationField(allow_null=True, default=None)
    responsible_name = serializers.CharField(
        source="responsible.label", default=None, read_only=True
    )

    def get_is_overdue(self, milestone: Milestone) -> bool:
        """Whether the due date has passed and the node is not done."""
        due = milestone.due_on
        return bool(due and not milestone.done_on and due < timezone.localdate())


class MilestonesSerializer(StrictSerializer):
    """All milestones of a site, by due date."""

    items = MilestoneSerializer(many=True, max_length=len(MilestoneKind))  # type: ignore[call-arg]
    reason = TextField(max_length=LONGEST_REASON, allow_blank=True, default="", write_only=True)


class PointSerializer(StrictSerializer):
    """A percentage on a day."""

    on = serializers.DateField()
    percent = NumberField(min_value=0, max_value=100, max_digits=5, decimal_places=2)


class CurveSerializer(StrictSerializer):
    """The planned points that were entered, and the two courses that follow from the facts."""

    points = PointSerializer(many=True, max_length=MOST_POINTS)  # type: ignore[call-arg]
    reason = TextField(max_length=LONGEST_REASON, allow_blank=True, default="", write_only=True)
    planned = PointSerializer(many=True, read_only=True)
    actual = PointSerializer(many=True, read_only=True)
    as_of = serializers.DateField(read_only=True)
    planned_percent = serializers.FloatField(read_only=True, allow_null=True)
    actual_percent = serializers.FloatField(read_only=True)
    gap = serializers.FloatField(
        read_only=True, allow_null=True, help_text="Planned minus actual, percentage points."
    )
    is_behind = serializers.BooleanField(read_only=True)


class SitePlanPart(SitePart):
    """A part of a site's plan, which is read and replaced as a whole."""

    def site(self, pk: UUID) -> ProjectSite:
        """Return the site; raises `DoesNotExist` for what the caller may not know."""
        found: ProjectSite = ProjectSite.objects.visible_to(self.scope).get(pk=pk)
        return found

    def held(self, pk: UUID) -> ProjectSite:
        """Return the site for a change; raises `Problem` 403 for those who may only read."""
        refuse_unknown(self.params, ())
        site = self.site(pk)
        if not is_office(self.scope, site):
            raise Problem("forbidden")
        return site

    def context(self) -> dict[str, Any]:
        """Return what fields need to know of the request."""
        return {"scope": self.scope, "view": self}


class SiteMilestones(SitePlanPart):
    """The nodes of a site's plan."""

    @extend_schema(
        tags=["sites"], operation_id="site_milestone_list", responses=MilestonesSerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer all milestones of the site; there are eleven kinds at most."""
        refuse_unknown(self.params, ())
        return self._answer(self.site(pk))

    @extend_schema(
        tags=["sites"],
        operation_id="site_milestone_replace",
        parameters=[IF_MATCH],
        request=MilestonesSerializer,
        responses=MilestonesSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Replace all milestones of the site; what is left out is removed."""
        site = self.held(pk)
        mark = milestones_mark(self._rows(site))
        if not require_match(request, mark):
            raise self._stale(site)
        body = MilestonesSerializer(data=request.data, context=self.context())
        body.is_valid(raise_exception=True)
        try:
            milestones_save(
                site=site,
                plan=[PlannedMilestone(**item) for item in body.validated_data["items"]],
                actor=self.actor,
                scope=self.scope,
                on=timezone.localdate(),
                expected=mark,
                reason=body.validated_data["reason"],
            )
        except ConcurrentChange as error:
            raise self._stale(site) from error
        return self._answer(site)

    def _rows(self, site: ProjectSite) -> list[Milestone]:
        rows = Milestone.objects.visible_to(self.scope).filter(site=site)
        return list(rows.select_related("responsible").order_by("due_on", "id"))

    def _answer(self, site: ProjectSite) -> Response:
        rows = self._rows(site)
        items = MilestoneSerializer(rows, many=True, context=self.context()).data
        return Response({"items": items}, headers={"ETag": entity_tag(milestones_mark(rows))})

    def _stale(self, site: ProjectSite) -> Problem:
        answer = self._answer(site)
        return Problem(
            "precondition_failed",
            headers={"ETag": answer.headers["ETag"]},
            extra={"current": answer.data},
        )


class SiteCurve(SitePlanPart):
    """The planned curve of a site, and the actual one."""

    @extend_schema(tags=["sites"], operation_id="site_curve", responses=CurveSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the planned points and both courses as they stand today."""
        refuse_unknown(self.params, ())
        return self._answer(self.site(pk))

    @extend_schema(
        tags=["sites"],
        operation_id="site_curve_replace",
        parameters=[IF_MATCH],
        request=CurveSerializer,
        responses=CurveSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Replace the planned points; days in order, percentages never falling."""
        site = self.held(pk)
        mark = points_mark(self._points(site))
        if not require_match(request, mark):
            raise self._stale(site)
        body = CurveSerializer(data=request.data, context=self.context())
        body.is_valid(raise_exception=True)
        try:
            planned_progress_save(
                site=site,
                points=[Point(**point) for point in body.validated_data["points"]],
                actor=self.actor,
                scope=self.scope,
                expected=mark,
                reason=body.validated_data["reason"],
            )
        except ConcurrentChange as error:
            raise self._stale(site) from error
        return self._answer(site)

    def _points(self, site: ProjectSite) -> list[Point]:
        rows = PlannedProgress.objects.visible_to(self.scope).filter(site=site).order_by("on")
        return [Point(on, percent) for on, percent in rows.values_list("on", "percent")]

    def _answer(self, site: ProjectSite) -> Response:
        points = self._points(site)
        found = curve_of(site, self.scope, timezone.localdate())
        body = CurveSerializer(_told(found, points)).data
        return Response(body, headers={"ETag": entity_tag(points_mark(points))})

    def _stale(self, site: ProjectSite) -> Problem:
        answer = self._answer(site)
        return Problem(
            "precondition_failed",
            headers={"ETag": answer.headers["ETag"]},
            extra={"current": answer.data},
        )


def _told(curve: Curve, points: list[Point]) -> Mapping[str, Any]:
    names = ("planned", "actual", "as_of", "planned_percent", "actual_percent", "gap", "is_behind")
    return {"points": points, **{name: getattr(curve, name) for name in names}}


@extend_schema(tags=["sites"])
@collection(
    "milestone",
    MilestoneSerializer,
    parameters=[
        parameter("overdue", "1: those whose day has passed undone.", enum=("1",)),
        parameter("kind", "Kinds of milestones.", enum=MilestoneKind.values),
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("responsible", "Identifier of the responsible unit."),
    ],
)
class MilestoneCollection(Collection):
    """Milestones of all sites that the caller sees."""

    serializer_class = MilestoneSerializer
    parameters: ClassVar[frozenset[str]] = frozenset({"overdue", "kind", "area", "responsible"})

    def rows(self) -> Any:
        """Return the milestones that the caller may see."""
        return Milestone.objects.visible_to(self.scope).select_related("responsible")

    def narrowed(self, rows: Any) -> Any:
        """Return the milestones that the parameters ask for."""
        if one_of(self.params, "overdue", ("1",)):
            rows = overdue(rows, timezone.localdate())
        if kind := one_of(self.params, "kind", MilestoneKind.values):
            rows = rows.filter(kind=kind)
        if unit := self.params.get("responsible", ""):
            rows = rows.filter(responsible=_identifier(unit))
        areas = SiteFilter.from_query({"area": self.params.getlist("area")})
        if areas.area:
            sites = areas.apply(ProjectSite.objects.visible_to(self.scope))
            rows = rows.filter(site__in=sites.values("pk"))
        return rows


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise bad_parameter("responsible", "bad_form", _("This is no identifier.")) from error
