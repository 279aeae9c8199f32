"""Moves of sites between states over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.fields import StrictSerializer, TextField
from sites.api.idempotency import once
from sites.api.paging import BY_ID, Key, read_moment, read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.preconditions import require_match
from sites.api.resource import Collection, Resource
from sites.api.schema import IDEMPOTENCY_KEY, collection, page_of, parameter
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.filters import SiteFilter
from sites.kinds import Role, State
from sites.models import ProjectSite, StateChange
from sites.problems import Problem
from sites.services import ConcurrentChange, site_move_state

BY_TIME = (Key("at", read_moment), *BY_ID)


class StateChangeSerializer(StrictSerializer):
    """One move: who, in which role, when and why."""

    id = serializers.UUIDField(read_only=True)
    site = serializers.UUIDField(source="site_id", read_only=True)
    from_state = serializers.ChoiceField(State.choices, read_only=True)
    to_state = serializers.ChoiceField(State.choices)
    effective_on = serializers.DateField(default=timezone.localdate)
    reason = TextField(max_length=2000, allow_blank=True, default="")
    evidence = TextField(max_length=2000, allow_blank=True, default="")
    actor = serializers.CharField(source="actor.username", read_only=True, default=None)
    role = serializers.ChoiceField(Role.choices, read_only=True)
    at = serializers.DateTimeField(read_only=True)


class StateChangeResource(Resource):
    """State changes of sites that the caller may see."""

    serializer_class = StateChangeSerializer
    keys = BY_TIME

    def rows(self) -> Any:
        """Return the state changes that the caller may see."""
        return StateChange.objects.visible_to(self.scope).select_related("actor")


@extend_schema(tags=["sites"])
@collection(
    "state_change",
    StateChangeSerializer,
    parameters=[
        parameter("updated_since", "RFC 3339 time with offset: changes recorded since then."),
        parameter("state", "States that were entered, separated by commas."),
    ],
)
class StateChangeCollection(StateChangeResource, Collection):
    """State changes of all sites, in the order in which they were recorded."""

    parameters: ClassVar[frozenset[str]] = frozenset({"state", "updated_since"})

    def page_keys(self) -> tuple[Key, ...]:
        """Return the order of recording, whatever is asked for."""
        return BY_TIME

    def narrowed(self, rows: Any) -> Any:
        """Return the changes that the parameters ask for."""
        chosen = SiteFilter.from_query(self.params)
        if chosen.updated_since:
            rows = rows.filter(at__gte=chosen.updated_since)
        return rows.filter(to_state__in=chosen.state) if chosen.state else rows


class SiteStateChanges(StateChangeResource):
    """State changes of one site, and the way to make one."""

    @extend_schema(
        tags=["sites"],
        operation_id="site_state_change_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(StateChangeSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of the site's changes, the first one first."""
        refuse_unknown(self.params, PAGING)
        site = self.site(pk)
        page = read_page(self.rows().filter(site=site), BY_TIME, self.params)
        return Response({"items": self.rendered(page.rows), **page.links(request)})

    @extend_schema(
        tags=["sites"],
        operation_id="site_state_change_create",
        parameters=[IDEMPOTENCY_KEY],
        request=StateChangeSerializer,
        responses={201: StateChangeSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Move the site to another state; `If-Match` is honoured where it is sent."""
        site = self.site(pk)
        if "HTTP_IF_MATCH" in request.META and not require_match(request, site.version):
            raise Problem("precondition_failed")
        return once(request, lambda: self._move(site))

    def site(self, pk: UUID) -> ProjectSite:
        """Return the site if the caller may see it; raises `DoesNotExist`."""
        found: ProjectSite = ProjectSite.objects.visible_to(self.scope).get(pk=pk)
        return found

    def _move(self, site: ProjectSite) -> Response:
        values: Mapping[str, Any] = self.parsed()
        expected = site.version if "HTTP_IF_MATCH" in self.request.META else None
        try:
            change = site_move_state(
                site=site,
                to_state=values["to_state"],
                actor=self.actor,
                scope=self.scope,
                on=values["effective_on"],
                reason=values["reason"],
                evidence=values["evidence"],
                expected_version=expected,
            )
        except ConcurrentChange as error:
            raise Problem("precondition_failed") from error
        recorded = self.rows().get(pk=change.pk)
        return Response(self.rendered([recorded])[0], status=201)
