"""Pages of decisions: the list by date, one decision, and what is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from maintenance.newest_first import page_leniently, read_leniently
from oversight.decision_filter import NAMES, DecisionFilter
from oversight.decision_page import decision_powers
from oversight.forms_meetings import DecisionMoveForm
from oversight.kinds import DecisionState
from oversight.models import Decision, DispatchMeeting
from oversight.services.decisions import decision_done, decision_reopen, decision_withdraw
from oversight.views.doing import attempt, wrong_fields
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.models import ProjectSite
from sites.townships import townships_of

TABS = (
    ("open", DecisionFilter(state=(DecisionState.OPEN,))),
    ("overdue", DecisionFilter(overdue=True)),
    ("done", DecisionFilter(state=(DecisionState.DONE,))),
    ("all", DecisionFilter()),
)


@require_safe
@login_required
def decision_list(request: HttpRequest) -> HttpResponse:
    """Show decisions, the newest first; a wrong parameter is named and left out (400)."""
    scope, today = scope_of_request(request), timezone.localdate()
    chosen, problems = read_leniently(DecisionFilter.from_query, request.GET, NAMES)
    rows = with_words(chosen.apply(Decision.objects.visible_to(scope)))
    cursor = request.GET.get("cursor", "")
    page = page_leniently(rows, "created_at", cursor, problems)
    context = {
        "rows": page.rows,
        "known": known_sites(page.rows, scope),
        "problems": problems,
        "asked": chosen,
        "tabs": _tabs(chosen),
        "townships": [
            Choice(area.code, area.label, area.code in chosen.area)
            for area in townships_of(scope).only("code", "name", "name_en")
        ],
        "today": today,
        "next_address": _address(chosen, page.next_cursor) if page.next_cursor else "",
        "first_address": _address(chosen),
        "is_first": not cursor,
    }
    status = 400 if problems else 200
    return render(request, "oversight/decision_list.html", context, status=status)


@require_safe
@login_required
def decision_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a decision to the office, evaluators, and the body to which it is addressed."""
    return _page(request, _decision(request, pk))


@require_POST
@login_required
def decision_moved(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a decision was carried out, open it again, or take it back."""
    decision, scope = _decision(request, pk), scope_of_request(request)
    if not decision_powers(decision, scope).any_part:
        raise PermissionDenied
    form = DecisionMoveForm(request.POST)
    if problems := wrong_fields(form):
        return _page(request, decision, refused=problems, status=422)
    given = form.cleaned_data

    def work() -> str:
        common: dict[str, Any] = {
            "decision": decision,
            "actor": request.user,
            "scope": scope,
            "expected_version": given["version"],
        }
        if given["to_state"] == DecisionState.DONE:
            today = timezone.localdate()
            done_on = given["done_on"] or today
            decision_done(done_on=done_on, outcome=given["outcome"], on=today, **common)
            return _("The decision is carried out.")
        if given["to_state"] == DecisionState.OPEN:
            decision_reopen(reason=given["reason"], **common)
            return _("The decision is open again.")
        decision_withdraw(reason=given["reason"], **common)
        return _("The decision was withdrawn.")

    if refused := attempt(request, work):
        return _page(request, _decision(request, pk), refused=refused, status=422)
    return redirect("oversight:decision-detail", pk=pk)


def with_words(decisions: Any) -> Any:
    """Join what the words of a decision are made of."""
    heavy = ("planned_geometry", "actual_geometry", "geometry_3857", "outline_3857")
    rows = decisions.select_related("organisation", "meeting", "site")
    return rows.defer("meeting__minutes", *(f"site__{column}" for column in heavy))


def known_sites(rows: Sequence[Decision], scope: Scope) -> set[UUID]:
    """Return which of the decisions' sites the viewer sees; the others are not named."""
    keys = {row.site_id for row in rows if row.site_id}
    seen = ProjectSite.objects.visible_to(scope).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True))


def _decision(request: HttpRequest, pk: UUID) -> Decision:
    rows = with_words(Decision.objects.visible_to(scope_of_request(request)))
    found: Decision = get_object_or_404(rows, pk=pk)
    return found


def _page(
    request: HttpRequest, decision: Decision, *, refused: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    scope, today = scope_of_request(request), timezone.localdate()
    meetings = DispatchMeeting.objects.visible_to(scope).filter(pk=decision.meeting_id)
    context = {
        "decision": decision,
        "sees_site": decision.site_id in known_sites([decision], scope),
        "sees_meeting": meetings.exists(),
        "powers": decision_powers(decision, scope),
        "problems": refused,
        "today": today,
    }
    return render(request, "oversight/decision_detail.html", context, status=status)


def _address(chosen: DecisionFilter, cursor: str = "") -> str:
    pairs = chosen.pairs() + ([("cursor", cursor)] if cursor else [])
    return f"{reverse('oversight:decision-list')}?{urlencode(pairs, safe=',:')}"


def _tabs(chosen: DecisionFilter) -> list[dict[str, Any]]:
    words = {
        "open": pgettext("tab", "Open"),
        "overdue": _("Overdue"),
        "done": pgettext("tab", "Done"),
        "all": _("All"),
    }
    tabs = []
    for name, question in TABS:
        asked = replace(chosen, state=question.state, overdue=question.overdue)
        tabs.append(
            {"address": _address(asked), "label": words[name], "is_current": asked == chosen}
        )
    return tabs
