"""The page of one site, and the changes that are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sites.access import Scope, scope_of_request
from sites.curve_picture import curve_picture
from sites.forms import (
    DetailForm,
    MoveForm,
    ProgressForm,
    SiteForm,
    add_service_error,
    detail_form,
    initial_move,
)
from sites.history import site_history
from sites.history_words import change_sets
from sites.lengths import length_check
from sites.models import Area, ProjectSite
from sites.neighbours import neighbours
from sites.progress_curve import curve_of
from sites.progress_standing import recorded_words
from sites.services import (
    ConcurrentChange,
    NotPermitted,
    ServiceError,
    progress_record,
    site_move_state,
    site_update,
)
from sites.site_facts import household_of, kind_facts, nodes, powers, site_drawing
from sites.site_lights import lights_of
from sites.site_sections import sections_of
from sites.timeline import timeline_of

RELATED = (
    "category",
    "programme",
    "area",
    "owner_organisation",
    "contractor",
    "supervisor",
    "road",
    "village_centre",
    "water_works",
    "housing",
    "facility",
)
HISTORY_LIMIT = 200


@require_safe
@login_required
def site_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a site to those who may see it; 404 says the same for what is not there."""
    return _page(request, _site(request, pk))


@require_POST
@login_required
def site_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the site's state; a refusal is told in the form."""
    site = _site(request, pk)
    scope = scope_of_request(request)
    able = powers(scope, site)
    form = MoveForm(request.POST, moves=able.moves)
    if not able.moves:
        raise PermissionDenied
    if form.is_valid():
        try:
            site_move_state(
                site=site,
                to_state=form.cleaned_data["to_state"],
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
                evidence=form.cleaned_data["evidence"],
                expected_version=form.cleaned_data["version"],
            )
            messages.success(
                request, _("The site is now: %(state)s.") % {"state": site.get_state_display()}
            )
            return redirect("sites:site-detail", pk=pk)
        except ServiceError as error:
            add_service_error(form, error)
    return _page(request, _site(request, pk), move=form, status=422)


@require_POST
@login_required
def site_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record progress; a refusal is told in the form."""
    site = _site(request, pk)
    scope = scope_of_request(request)
    if not powers(scope, site).may_report:
        raise PermissionDenied
    form = ProgressForm(request.POST)
    if form.is_valid():
        try:
            entry = progress_record(
                site=site,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                **form.cleaned_data,
            )
            messages.success(request, recorded_words(entry))
            return redirect("sites:site-detail", pk=pk)
        except ServiceError as error:
            add_service_error(form, error)
    return _page(request, site, progress=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def site_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the facts of a site, if nobody else did so in the meantime."""
    site = _site(request, pk)
    scope = scope_of_request(request)
    if not powers(scope, site).may_edit:
        raise PermissionDenied
    if request.method != "POST":
        form = SiteForm(instance=site, initial={"version": site.version})
        return _edit_page(request, site, form, detail_form(site))
    form, detail = SiteForm(request.POST, instance=site), detail_form(site, request.POST)
    if not (form.is_valid() and detail.is_valid()):
        return _edit_page(request, site, form, detail, status=422)
    try:
        site_update(
            site=site,
            values=form.changes(),
            detail=detail.changes(),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        )
    except ConcurrentChange:
        return _conflict_page(request, _site(request, pk), form, detail)
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        add_service_error(form, error)
        return _edit_page(request, site, form, detail, status=422)
    messages.success(request, _("The changes were saved."))
    return redirect("sites:site-detail", pk=pk)


def _site(request: HttpRequest, pk: UUID) -> ProjectSite:
    """Return a visible site with everything its page needs in one statement, or raise 404."""
    sites = ProjectSite.objects.visible_to(scope_of_request(request)).select_related(*RELATED)
    sites = sites.with_delay(timezone.localdate(), red_days=settings.DELAY_RED_DAYS)
    unused = ("geometry_3857", "outline_3857", "search_text")
    found: ProjectSite = get_object_or_404(sites.defer(*unused, "area__boundary"), pk=pk)
    return found


def _page(
    request: HttpRequest,
    site: ProjectSite,
    *,
    move: MoveForm | None = None,
    progress: ProgressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), timezone.localdate()
    able = powers(scope, site)
    if able.moves and move is None:
        move = MoveForm(moves=able.moves, initial=initial_move(site, today))
    if able.may_report and progress is None:
        progress = ProgressForm(initial={"percent": site.progress_percent, "on": today})
    context = {
        **_facts(scope, site),
        "powers": able,
        "sections": sections_of(site, scope),
        "move_form": move,
        "progress_form": progress,
    }
    return render(request, "sites/site_detail.html", context, status=status)


def _facts(scope: Scope, site: ProjectSite) -> dict[str, Any]:
    areas = _areas_above(site)
    near = neighbours(scope, site)
    milestones = site.milestones.select_related("responsible")
    today = timezone.localdate()
    curve = curve_of(site, scope, today)
    return {
        "site": site,
        "areas": areas,
        "drawing": site_drawing(site, near, areas[-2:]),
        "facts": kind_facts(site),
        "components": _components(site),
        "household": household_of(scope, site),
        "length": length_check(site.declared_length_m, site.measured_length_m),
        "nodes": nodes(milestones, today),
        "curve": curve,
        "picture": curve_picture(curve),
        "events": timeline_of(site, scope),
        "lights": lights_of([site], scope, today)[site.pk],
        "changes": change_sets(site_history(site, scope=scope, limit=HISTORY_LIMIT)),
        "near": near,
        "is_finished": site.due_on is None,
    }


def _areas_above(site: ProjectSite) -> list[Area]:
    """Return the units from the district down to the site's own, with their boundaries."""
    code = site.area_code
    above = {code[:length] for length in (6, 9, 12) if len(code) >= length}
    return list(Area.objects.filter(code__in=above, valid_to__isnull=True).order_by("code"))


def _components(site: ProjectSite) -> list[Any]:
    centre = getattr(site, "village_centre", None)
    return list(centre.components.order_by("kind")) if centre else []


def _edit_page(
    request: HttpRequest,
    site: ProjectSite,
    form: SiteForm,
    detail: DetailForm,
    *,
    status: int = 200,
    conflicts: Sequence[tuple[Any, str, str]] = (),
) -> HttpResponse:
    context = {"site": site, "form": form, "detail": detail, "conflicts": conflicts}
    return render(request, "sites/site_edit.html", context, status=status)


def _conflict_page(
    request: HttpRequest, site: ProjectSite, form: SiteForm, detail: DetailForm
) -> HttpResponse:
    """Show both values of each contested field, and the form on top of what stands now."""
    conflicts = form.conflicts() + detail.conflicts()
    rebased = SiteForm(form.rebased(version=site.version), instance=site)
    return _edit_page(
        request,
        site,
        rebased,
        detail_form(site, detail.rebased()),
        status=409,
        conflicts=conflicts,
    )
