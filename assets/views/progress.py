"""Pages of progress: recording it with photos, what waits for review, and one entry."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.forms_progress import ProgressEntryForm, ProgressReviewForm
from assets.photo_uploads import takes_photos
from assets.progress_evidence import entries_of, evidence_of, in_area, of_standing
from assets.services.photos import photos_keep
from assets.services.progress_photos import progress_report
from sites.access import Scope, scope_of_request
from sites.drawing import Shape, drawing
from sites.filter_choices import Choice
from sites.filter_values import AREA_CODE, ParameterError, matching
from sites.forms import add_service_error
from sites.models import ProgressEntry, ProjectSite
from sites.progress_standing import Standing, recorded_words
from sites.services import NotPermitted, ServiceError, progress_review
from sites.services.progress import REPORTING_ROLES, is_office
from sites.townships import township_names, townships_of

PAGE_SIZE: Final = 24
STANDINGS: Final = ("", *Standing.values)
OF_SITE: Final = 12
FAR_M: Final = 500.0
"""An entry made further from its site than this is marked; our choice."""


@require_safe
@login_required
def progress_list(request: HttpRequest) -> HttpResponse:
    """Show progress entries, first those that wait for the office's word."""
    scope = scope_of_request(request)
    standing, township, cursor, problems = _asked(request)
    rows = in_area(of_standing(entries_of(scope), standing), township)
    if cursor:
        rows = rows.filter(pk__lt=cursor)
    related = ("site__programme", "reported_by")
    found = list(rows.select_related(*related).order_by("-pk")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    more = str(page[-1].pk) if len(found) > PAGE_SIZE else ""
    context = {
        "rows": evidence_of(page),
        "townships": township_names(entry.site.township_code for entry in page),
        "tabs": _tabs(standing, township),
        "choices": _townships(scope, township),
        "standing": standing,
        "township": township,
        "far_m": FAR_M,
        "problems": problems,
        "is_first": not cursor,
        "first_address": _address(standing, township),
        "next_address": _address(standing, township, more) if more else "",
    }
    status = 400 if problems else 200
    return render(request, "assets/progress_list.html", context, status=status)


@takes_photos
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def progress_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record progress of a site with photos and the phone's place."""
    scope = scope_of_request(request)
    sites = ProjectSite.objects.visible_to(scope).select_related("programme")
    site = get_object_or_404(sites, pk=pk)
    if not (scope.everything or scope.roles_for_site(site) & REPORTING_ROLES):
        raise PermissionDenied
    if request.method != "POST":
        first = {"percent": site.progress_percent, "on": timezone.localdate()}
        return _form_page(request, site, ProgressEntryForm(initial=first, site=site))
    form = ProgressEntryForm(request.POST, request.FILES, site=site)
    if not form.is_valid():
        return _form_page(request, site, form, status=422)
    try:
        entry = _reported(request, site, form, scope)
    except ServiceError as error:
        add_service_error(form, error)
        return _form_page(request, site, form, status=422)
    messages.success(request, recorded_words(entry))
    return redirect("assets:progress-entry", pk=entry.pk)


@require_safe
@login_required
def progress_entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one entry with its photos, its place and what was said to it."""
    return _entry_page(request, _entry(request, pk))


@require_POST
@login_required
def progress_reviewed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Verify or return an entry; a refusal is told on its page."""
    entry = _entry(request, pk)
    scope = scope_of_request(request)
    if not is_office(scope, entry.site):
        raise PermissionDenied
    form = ProgressReviewForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, entry, review=form, status=422)
    try:
        progress_review(
            entry=entry,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            **form.cleaned_data,
        )
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        add_service_error(form, error)
        return _entry_page(request, _entry(request, pk), review=form, status=422)
    messages.success(request, _("The review was recorded."))
    return redirect("assets:progress-entry", pk=pk)


@transaction.atomic
def _reported(
    request: HttpRequest, site: ProjectSite, form: ProgressEntryForm, scope: Scope
) -> ProgressEntry:
    actor: Any = request.user
    photos = photos_keep(received=form.cleaned_data["photos"], actor=actor, scope=scope)
    return progress_report(site=site, actor=actor, scope=scope, photos=photos, **form.values())


def _asked(request: HttpRequest) -> tuple[str, str, UUID | None, list[str]]:
    """Return standing, township and the place in the list; what is wrong is named and left out."""
    standing = request.GET.get("standing", Standing.WAITS.value)
    problems = [f"{name}: {_('There is no such parameter.')}" for name in _unknown(request)]
    if standing not in STANDINGS:
        problems.append(f"standing: {_('There is no such record.')}")
        standing = Standing.WAITS.value
    township, cursor = "", None
    try:
        township = "".join(matching(request.GET, "township", AREA_CODE)[:1])
    except ParameterError as error:
        problems.append(f"township: {error.message}")
    try:
        text = request.GET.get("cursor", "")
        cursor = UUID(text) if text else None
    except ValueError:
        problems.append(f"cursor: {_('This page does not exist in the order chosen.')}")
    return standing, township, cursor, problems


def _unknown(request: HttpRequest) -> list[str]:
    return [name[:60] for name in set(request.GET) - {"standing", "township", "cursor"}]


def _address(standing: str, township: str, cursor: str = "") -> str:
    pairs = [("standing", standing), ("township", township), ("cursor", cursor)]
    kept = [(name, value) for name, value in pairs if value or name == "standing"]
    return f"{reverse('assets:progress-list')}?{urlencode(kept)}"


def _tabs(standing: str, township: str) -> list[dict[str, Any]]:
    words = [(value, str(label)) for value, label in Standing.choices]
    order = [words[1], words[0], words[2], ("", _("All"))]
    return [
        {"label": label, "address": _address(value, township), "is_current": value == standing}
        for value, label in order
    ]


def _townships(scope: Scope, chosen: str) -> list[Choice]:
    rows = townships_of(scope).only("code", "name", "name_en")
    return [Choice(row.code, row.label, row.code == chosen) for row in rows]


def _entry(request: HttpRequest, pk: UUID) -> Any:
    rows = entries_of(scope_of_request(request))
    return get_object_or_404(rows.select_related("site__programme", "reported_by"), pk=pk)


def _form_page(
    request: HttpRequest, site: ProjectSite, form: ProgressEntryForm, *, status: int = 200
) -> HttpResponse:
    scope = scope_of_request(request)
    rows = entries_of(scope).filter(site=site).select_related("reported_by").order_by("-pk")
    context = {
        "site": site,
        "form": form,
        "rows": evidence_of(rows[:OF_SITE]),
        "is_office": is_office(scope, site),
    }
    return render(request, "assets/progress_form.html", context, status=status)


def _entry_page(
    request: HttpRequest,
    entry: Any,
    *,
    review: ProgressReviewForm | None = None,
    status: int = 200,
) -> HttpResponse:
    scope = scope_of_request(request)
    may_judge = entry.standing == Standing.WAITS and is_office(scope, entry.site)
    own = entry.reported_by_id == request.user.pk
    context = {
        "entry": entry,
        "photos": evidence_of([entry])[0].photos,
        "reviews": entry.reviews.select_related("reviewer").order_by("at"),
        "drawing": _drawn(entry),
        "far_m": FAR_M,
        "may_review": may_judge and not own,
        "is_own": may_judge and own,
        "falls": entry.percent < entry.site.progress_percent,
        "form": review or ProgressReviewForm(),
    }
    return render(request, "assets/progress_entry.html", context, status=status)


def _drawn(entry: Any) -> Any:
    """Return the small map: the site, and the place where the entry was made."""
    site = entry.site
    shapes = []
    if site.planned_geometry:
        shapes.append(Shape(site.planned_geometry, "planned", _("Planned")))
    if site.actual_geometry:
        shapes.append(Shape(site.actual_geometry, "actual", _("As built")))
    focus = [shape.geometry for shape in shapes]
    if entry.position:
        shapes.append(Shape(entry.position, "made-here", _("Place of the entry")))
        focus.append(entry.position)
    return drawing(shapes, focus=focus, height=320)
