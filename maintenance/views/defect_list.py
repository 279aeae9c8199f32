"""The list of defects: one filter in the address, the newest first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from assets.kinds import Severity
from maintenance.defect_filter import NAMES, DefectFilter
from maintenance.kinds import DefectKind, DefectSource, DefectState
from maintenance.models import Defect
from maintenance.newest_first import page_leniently, read_leniently
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.townships import township_names, townships_of

TABS = (
    ("open", DefectFilter(open=True)),
    ("reported", DefectFilter(state=(DefectState.REPORTED,))),
    ("verified", DefectFilter(state=(DefectState.VERIFIED,))),
    ("overdue", DefectFilter(overdue=True)),
    ("closed", DefectFilter(state=(DefectState.CLOSED,))),
    ("all", DefectFilter()),
)


@require_safe
@login_required
def defect_list(request: HttpRequest) -> HttpResponse:
    """Show the defects of a filter; a wrong parameter is named and left out, with status 400."""
    scope = scope_of_request(request)
    chosen, problems = read_leniently(DefectFilter.from_query, request.GET, NAMES)
    rows = chosen.apply(Defect.objects.visible_to(scope))
    rows = rows.select_related("asset", "order").defer(
        "point_3857", "asset__geometry", "asset__geometry_3857", "asset__outline_3857"
    )
    cursor = request.GET.get("cursor", "")
    page = page_leniently(rows, "found_at", cursor, problems)
    context = {
        "asked": chosen,
        "problems": problems,
        "rows": page.rows,
        "townships": township_names(row.township_code for row in page.rows),
        "next_address": _address(chosen, page.next_cursor) if page.next_cursor else "",
        "first_address": _address(chosen),
        "is_first": not cursor,
        "tabs": _tabs(chosen),
        "choices": _choices(scope, chosen),
        "now": timezone.now(),
        "may_report": bool(scope.everything or scope.grants),
    }
    status = 400 if problems else 200
    return render(request, "maintenance/defect_list.html", context, status=status)


def _address(chosen: DefectFilter, cursor: str = "") -> str:
    pairs = chosen.pairs() + ([("cursor", cursor)] if cursor else [])
    query = urlencode(pairs, safe=",:")
    return reverse("maintenance:defect-list") + (f"?{query}" if query else "")


def _tabs(chosen: DefectFilter) -> list[dict[str, Any]]:
    """Return the questions that are asked most, each with its address; other filters stay."""
    words = {
        "open": pgettext("tab", "Not closed"),
        "reported": _("To be verified"),
        "verified": _("To be ordered"),
        "overdue": _("Overdue"),
        "closed": pgettext("tab", "Closed"),
        "all": _("All"),
    }
    tabs = []
    for name, question in TABS:
        asked = replace(chosen, state=question.state, open=question.open, overdue=question.overdue)
        tabs.append(
            {"label": words[name], "address": _address(asked), "is_current": asked == chosen}
        )
    return tabs


def _choices(scope: Scope, chosen: DefectFilter) -> dict[str, list[Choice]]:
    townships = townships_of(scope).only("code", "name", "name_en")
    return {
        "severity": [Choice(v, str(w), v in chosen.severity) for v, w in Severity.choices],
        "kind": [Choice(v, str(w), v in chosen.kind) for v, w in DefectKind.choices],
        "source": [Choice(v, str(w), v in chosen.source) for v, w in DefectSource.choices],
        "area": [Choice(t.code, t.label, t.code in chosen.area) for t in townships],
    }
