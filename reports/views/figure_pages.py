"""One figure of a report with the sites behind it, and the ledger of all published figures."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.drift import drift_of
from reports.models import FigureDefinition, ReportFigure
from reports.queries import QUERIES
from reports.reports_list import ledger_rows
from reports.told import exact_words, told, told_figures
from reports.views.answers import visible_report
from sites.access import scope_of_request


@require_safe
@login_required
def figure_detail(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Show how a figure was computed, what it stands on, and how it stands against today."""
    report = visible_report(request, pk)
    figures = ReportFigure.objects.filter(report=report).defer("identifiers", "amounts")
    figure = get_object_or_404(figures, key=key)
    figure.report = report
    shown = told_figures(figures)[key]
    today = timezone.localdate()
    drift = drift_of(figure, scope=scope_of_request(request), today=today)
    context = {
        "report": report,
        "told": shown,
        "figure": figure,
        "query": QUERIES.get(figure.query),
        "drift": drift,
        "now": exact_words(drift.now, figure.unit),
        "today": today,
    }
    return render(request, "reports/figure_detail.html", context)


@require_safe
@login_required
def ledger(request: HttpRequest) -> HttpResponse:
    """Show every figure that was published, with its day, signer, sites and hash."""
    scope = scope_of_request(request)
    rows = ledger_rows(request.GET, scope)
    context = {
        **rows.context(),
        "figures": [told(row) for row in rows.rows],
        "keys": FigureDefinition.objects.visible_to(scope).order_by("key"),
    }
    status = 400 if rows.problems else 200
    return render(request, "reports/ledger.html", context, status=status)
