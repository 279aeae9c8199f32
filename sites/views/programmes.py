"""The programmes page: what each level of government set out to do, and how far it is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sites.access import scope_of
from sites.models import Programme
from sites.programme_progress import programme_progress


@require_safe
@login_required
def programme_list(request: HttpRequest) -> HttpResponse:
    """Show the programmes by level; `?year=` narrows to one year and falls back to all."""
    scope = scope_of(request.user)
    years = sorted(
        set(Programme.objects.visible_to(scope).values_list("year", flat=True)), reverse=True
    )
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(known) for known in years} else None
    levels = programme_progress(scope=scope, as_of=timezone.localdate(), year=year)
    return render(
        request,
        "sites/programme_list.html",
        {"levels": levels, "years": years, "year": year},
    )
