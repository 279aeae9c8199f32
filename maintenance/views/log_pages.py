"""Field entries: the list, the page of one, the form, and the review."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maintenance.forms_logs import ReviewForm
from maintenance.kinds import UpkeepTask
from maintenance.log_arrival import (
    Arrival,
    arrival_in_words,
    arrivals_of,
    clock_in_words,
    delay_in_words,
)
from maintenance.log_filter import PARAMETERS, LogFilter
from maintenance.log_review import LogStanding, with_standing
from maintenance.models import LogPhoto, LogReview, MaintenanceLog
from maintenance.newest_first import read_leniently
from maintenance.services import log_review
from maintenance.services.log_reviews import reviewer_of
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.people import person_name
from sites.services import NotPermitted, RefusedByRegister, ServiceError
from sites.townships import townships_of

PAGE_SIZE: Final = 50
LARGEST: Final = 2**63 - 1
TABS: Final = {
    "all": LogFilter(),
    "pending": LogFilter({"standing": (LogStanding.PENDING.value,)}),
    "marked": LogFilter({"marked": True}),
    "returned": LogFilter({"standing": (LogStanding.RETURNED.value,)}),
    "verified": LogFilter({"standing": (LogStanding.VERIFIED.value,)}),
}


@require_safe
@login_required
def log_list(request: HttpRequest) -> HttpResponse:
    """Show the field entries of a filter, the newest first."""
    scope = scope_of_request(request)
    chosen, problems = read_leniently(LogFilter.from_query, request.GET, tuple(PARAMETERS))
    rows = chosen.apply(_listed(MaintenanceLog.objects.visible_to(scope)))
    page, following, wrong = _page(rows, request.GET.get("cursor", ""))
    problems += wrong
    context = {
        "asked": chosen,
        "problems": problems,
        "rows": page,
        "arrivals": arrivals_of(log.pk for log in page),
        "next_address": _address(chosen, following) if following else "",
        "first_address": _address(chosen),
        "is_first": not request.GET.get("cursor"),
        "tabs": _tabs(chosen),
        "choices": _choices(scope, chosen),
        "kept": [(n, v) for n, v in chosen.pairs() if n in {"order", "asset", "agreement"}],
        "may_write": bool(scope.organisation_ids()),
    }
    status = 400 if problems else 200
    return render(request, "maintenance/log_list.html", context, status=status)


@require_safe
@login_required
def log_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one field entry with its photos, reviews and corrections."""
    return _detail(request, _log(request, pk))


@require_POST
@login_required
def log_reviewed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Verify or return the entry; a refusal is told on its page."""
    log = _log(request, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _detail(request, log, refused=[_("Choose what is to be done.")], status=422)
    try:
        log_review(
            log=log,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            **form.cleaned_data,
        )
    except ServiceError as error:
        status = 403 if isinstance(error, NotPermitted) else 422
        reasons = [str(error.message)]
        if isinstance(error, RefusedByRegister):
            reasons = [text for _field, _code, text in error.errors]
        return _detail(request, _log(request, pk), refused=reasons, status=status)
    messages.success(request, _("The review was recorded."))
    return redirect("maintenance:log-detail", pk=pk)


def _listed(logs: QuerySet[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = (
        with_standing(logs)
        .select_related("order", "organisation", "worker")
        .defer("order__point", "order__point_3857", "order__description")
        .annotate(
            asset_code=F("asset__code"),
            asset_name=F("asset__name"),
            asset_name_en=F("asset__name_en"),
        )
    )
    return rows


def _page(rows: QuerySet[Any], cursor: str) -> tuple[list[Any], str, list[str]]:
    """Return a page by the falling serial number, the cursor of the next one, and problems."""
    problems = []
    if cursor:
        if cursor.isascii() and cursor.isdecimal() and int(cursor) <= LARGEST:
            rows = rows.filter(server_seq__lt=int(cursor))
        else:
            problems.append(f"cursor: {_('This page does not exist in the order chosen.')}")
    found = list(rows.order_by("-server_seq")[: PAGE_SIZE + 1])
    following = str(found[PAGE_SIZE - 1].server_seq) if len(found) > PAGE_SIZE else ""
    return found[:PAGE_SIZE], following, problems


def _address(chosen: LogFilter, cursor: str = "") -> str:
    pairs = chosen.pairs() + ([("cursor", cursor)] if cursor else [])
    query = urlencode(pairs, safe=",:")
    return reverse("maintenance:log-list") + (f"?{query}" if query else "")


def _tabs(chosen: LogFilter) -> list[dict[str, Any]]:
    words = {
        "all": _("All"),
        "pending": _("Wait for review"),
        "marked": _("To be looked at with care"),
        "returned": _("Returned"),
        "verified": _("Verified"),
    }
    rest = {key: chosen.given[key] for key in chosen.given if key not in {"standing", "marked"}}
    tabs = []
    for name, question in TABS.items():
        asked = LogFilter({**question.given, **rest})
        current = asked.pairs() == chosen.pairs()
        tabs.append({"label": words[name], "address": _address(asked), "is_current": current})
    return tabs


def _choices(scope: Scope, chosen: LogFilter) -> dict[str, list[Choice]]:
    townships = townships_of(scope).only("code", "name", "name_en")
    tasks, areas = chosen["task"] or (), chosen["area"] or ()
    return {
        "task": [Choice(v, str(w), v in tasks) for v, w in UpkeepTask.choices],
        "area": [Choice(t.code, t.label, t.code in areas) for t in townships],
    }


def _log(request: HttpRequest, pk: UUID) -> Any:
    logs = MaintenanceLog.objects.visible_to(scope_of_request(request))
    rows = with_standing(logs).select_related(
        "order", "organisation", "worker", "asset", "agreement", "corrects"
    )
    return get_object_or_404(rows, pk=pk)


def _detail(
    request: HttpRequest, log: Any, *, refused: list[str] | None = None, status: int = 200
) -> HttpResponse:
    scope = scope_of_request(request)
    links = LogPhoto.objects.filter(log=log).select_related("photo").order_by("pk")
    stages: dict[str, list[Any]] = {"before": [], "during": [], "after": []}
    for link in links:
        stages[link.stage].append(link.photo)
    words = {"before": _("Before"), "during": _("During"), "after": _("After")}
    may, conflict = _may_review(log, scope, request.user)
    arrival = arrivals_of([log.pk]).get(log.pk, Arrival(0, {}))
    context = {
        "log": log,
        "refused": refused or [],
        "stages": [
            (words[stage], photos, arrival.awaited.get(stage, 0))
            for stage, photos in stages.items()
        ],
        "awaited": arrival_in_words(arrival, _sender(log)) if arrival.missing else "",
        "clock": clock_in_words(log),
        "delay": delay_in_words(log),
        "reviews": LogReview.objects.filter(log=log).select_related("reviewer", "organisation"),
        "corrections": log.corrections.order_by("server_seq"),
        "may_review": may and not log.is_corrected,
        "conflict": conflict,
        "may_correct": log.organisation_id in scope.organisation_ids() and not log.is_corrected,
    }
    return render(request, "maintenance/log_detail.html", context, status=status)


def _sender(log: Any) -> str:
    """Return who holds the phone; the body where the person is not known."""
    if log.worker is None:
        return str(log.organisation.label)
    return person_name(log.worker)


def _may_review(log: Any, scope: Scope, user: Any) -> tuple[bool, str]:
    """Return whether the viewer may review an entry, and why not where they otherwise would."""
    try:
        reviewer_of(log, scope, user)
    except NotPermitted as error:
        return False, str(error.message) if type(error) is not NotPermitted else ""
    return True, ""
