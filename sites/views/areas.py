"""The pages of administrative units: all townships of a viewer, and one unit at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sites.access import Scope, scope_of_request
from sites.area_summary import Tally, UnitRow, area_summary, township_rows, village_rows
from sites.filters import ParameterError, SiteFilter
from sites.functions import Coarse, shown_geometry
from sites.kinds import AreaLevel, Kind
from sites.mileage import Lengths, MileageRow
from sites.models import Area, Programme, ProjectSite
from sites.site_facts import area_drawing
from sites.townships import townships_of

SHOWN_LEVELS = (AreaLevel.CITY, AreaLevel.DISTRICT, AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)
DRAWN_ROADS = 3000


@require_safe
@login_required
def area_list(request: HttpRequest) -> HttpResponse:
    """Show the townships that the viewer works in, with totals."""
    scope = scope_of_request(request)
    year = _year(request)
    rows = township_rows(scope, SiteFilter(year=(year,) if year else ()))
    context = {
        "rows": rows,
        "total": _total(rows),
        "roads": _roads(rows),
        "most": max((row.tally.sites for row in rows), default=0),
        "year": year,
        "years": _years(scope),
        "today": timezone.localdate(),
    }
    return render(request, "sites/area_list.html", context)


@require_safe
@login_required
def area_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit in which the viewer works; 404 says the same for one that is not there."""
    scope = scope_of_request(request)
    area = _area(scope, code)
    year = _year(request)
    chosen = SiteFilter(year=(year,) if year else ())
    summary = area_summary(scope, area, chosen)
    is_township = area.level == AreaLevel.TOWNSHIP
    above_townships = len(area.code) < 9
    context = {
        "area": area,
        "summary": summary,
        "classes": summary.mileage.by_class(),
        "villages": village_rows(scope, area, chosen) if is_township else [],
        "townships": township_rows(scope, chosen, below=area.code) if above_townships else [],
        "drawing": area_drawing(area, _below(area), _roads_to_draw(scope, summary.filter)),
        "year": year,
        "years": _years(scope),
        "query": summary.filter.to_query(),
        "today": timezone.localdate(),
    }
    return render(request, "sites/area_detail.html", context)


def _area(scope: Scope, code: str) -> Area:
    """Return a unit that touches the viewer's scope, or raise 404."""
    areas = Area.objects.visible_to(scope).filter(level__in=SHOWN_LEVELS, valid_to__isnull=True)
    with_parent = areas.select_related("parent").defer("parent__boundary")
    area: Area = get_object_or_404(with_parent, code=code)
    if not (scope.everything or townships_of(scope).filter(_touches(code)).exists()):
        raise Http404
    return area


def _touches(code: str) -> Q:
    return Q(code__startswith=code) if len(code) <= 9 else Q(code=code[:9])


def _below(area: Area) -> Sequence[tuple[str, str, GEOSGeometry]]:
    level = AreaLevel.VILLAGE if len(area.code) >= 9 else AreaLevel.TOWNSHIP
    units = Area.objects.filter(
        code__startswith=area.code, level=level, valid_to__isnull=True, boundary__isnull=False
    ).exclude(pk=area.pk)
    coarse = units.annotate(outline=Coarse(F("boundary"))).defer("boundary", "centre")
    return [(unit.code, unit.label, unit.outline) for unit in coarse]


def _roads_to_draw(scope: Scope, chosen: SiteFilter) -> list[GEOSGeometry]:
    """Return the roads of a unit, coarse; none where there are too many for a small picture."""
    sites = chosen.apply(ProjectSite.objects.visible_to(scope)).of_kind(Kind.ROAD).order_by()
    drawn = sites.values_list(Coarse(shown_geometry()), flat=True)[: DRAWN_ROADS + 1]
    roads = list(drawn)
    return roads if len(roads) <= DRAWN_ROADS else []


def _year(request: HttpRequest) -> int | None:
    """Return the chosen year; what cannot be read means all years."""
    try:
        years = SiteFilter.from_query({"year": request.GET.get("year", "")}).year
    except ParameterError:
        return None
    return years[0] if years else None


def _years(scope: Scope) -> list[int]:
    found = Programme.objects.visible_to(scope).order_by("-year").values_list("year", flat=True)
    return list(dict.fromkeys(found))


def _total(rows: Sequence[UnitRow]) -> Tally:
    return Tally(
        sites=sum(row.tally.sites for row in rows),
        finished=sum(row.tally.finished for row in rows),
        yellow=sum(row.tally.yellow for row in rows),
        red=sum(row.tally.red for row in rows),
    )


def _roads(rows: Sequence[UnitRow]) -> MileageRow:
    roads = [row.roads for row in rows if row.roads]
    return MileageRow(
        township_code="",
        road_class="",
        every=sum((row.every for row in roads), Lengths()),
        finished=sum((row.finished for row in roads), Lengths()),
    )
