"""Pages of road routes: the list, and one route as a straight line."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Max, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assets.filters import AssetFilter
from assets.models import RoadRoute
from assets.route_line import WIDTH, route_line
from assets.services.routes import may_write_routes
from sites.access import scope_of_request
from sites.filter_values import ParameterError
from sites.kinds import RoadClass

MOST_ROUTES = 500
"""Routes of one page: a county has some hundreds; beyond that the search narrows them down."""


@require_safe
@login_required
def route_list(request: HttpRequest) -> HttpResponse:
    """Show the routes that a search or a road class asks for, with their kilometres."""
    scope = scope_of_request(request)
    problem = None
    try:
        asked = AssetFilter.from_query(
            {name: request.GET.getlist(name) for name in ("q", "road_class")}
        )
    except ParameterError as error:
        problem, asked = error, AssetFilter()
    routes = RoadRoute.objects.visible_to(scope).filter(_condition(asked))
    current = Q(sections__is_current=True)
    rows = routes.annotate(
        section_count=Count("sections", filter=current),
        length_m=Max("sections__end_m", filter=current),
        covered_m=Sum(F("sections__end_m") - F("sections__start_m"), filter=current),
    ).order_by("county_code", "route_no")[: MOST_ROUTES + 1]
    found = list(rows)
    context = {
        "routes": found[:MOST_ROUTES],
        "has_more": len(found) > MOST_ROUTES,
        "most": MOST_ROUTES,
        "asked": asked,
        "problem": problem,
        "road_classes": RoadClass.choices,
    }
    return render(request, "assets/route_list.html", context, status=400 if problem else 200)


@require_safe
@login_required
def route_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one route: the straight line of its sections, and the same as a table."""
    scope = scope_of_request(request)
    route = get_object_or_404(RoadRoute.objects.visible_to(scope), pk=pk)
    context = {
        "route": route,
        "line": route_line(route, scope, day=timezone.localdate()),
        "width": WIDTH,
        "may_edit": may_write_routes(scope, route.county_code),
    }
    return render(request, "assets/route_detail.html", context)


def _condition(asked: AssetFilter) -> Q:
    condition = Q()
    if asked["road_class"]:
        condition &= Q(road_class__in=asked["road_class"])
    if asked["q"]:
        text = asked["q"]
        condition &= (
            Q(name__icontains=text) | Q(name_en__icontains=text) | Q(route_no__istartswith=text)
        )
    return condition
