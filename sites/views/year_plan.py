"""The page of a year's plan: which points, how far prepared, and which are key plans."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.filters import SiteFilter
from sites.kinds import State
from sites.models import Programme
from sites.views.targets import area_choices, read_filter
from sites.year_plan import STAGES, default_year, plan_years, year_plan

PARAMETERS = frozenset({"area", "key_plan", "programme", "year"})
STAGE_WORDS: dict[str, str | Promise] = {
    "procurement": _("Tender and contract"),
    "work": _("Work under way"),
    "finished": _("Finished"),
}


@require_safe
@login_required
def year_plan_page(request: HttpRequest) -> HttpResponse:
    """Show the plan of a year, next year's first; wrong parameters are named (400)."""
    scope = scope_of_request(request)
    chosen, problems = read_filter(request.GET, PARAMETERS)
    year = chosen.year[0] if chosen.year else default_year(scope, timezone.localdate().year)
    years = plan_years(scope)
    context = {
        "plan": year_plan(scope, chosen, year),
        "stages": [STAGE_WORDS.get(stage) or State(stage).label for stage in STAGES],
        "year": year,
        "years": years if year in years else sorted({*years, year}, reverse=True),
        "problems": problems,
        "programmes": _programmes(scope, chosen, year),
        "townships": area_choices(scope, chosen.area),
        "only_key_plans": bool(chosen.key_plan),
    }
    return render(request, "sites/year_plan.html", context, status=400 if problems else 200)


def _programmes(scope: Scope, chosen: SiteFilter, year: int) -> list[Choice]:
    found = Programme.objects.visible_to(scope).filter(year=year).order_by("code")
    return [Choice(row.code, row.label, row.code in chosen.programme) for row in found]
