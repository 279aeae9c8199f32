"""The page of one programme and its form; what the public reads of published ones."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.kinds import ProgrammeLevel
from sites.models import Programme, ProjectSite
from sites.programme_forms import ProgrammeEditForm
from sites.programme_page import programme_page
from sites.programme_sections import sections_of
from sites.services import ServiceError, programme_update

LONGEST_CODE = 40


@require_safe
@login_required
def programme_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a programme: texts, targets, sites, records, and what other apps tell of it."""
    scope = scope_of_request(request)
    programme = _programme(Programme.objects.visible_to(scope), code)
    page = programme_page(scope, programme, as_of=timezone.localdate())
    context = {
        "page": page,
        "programme": programme,
        "sections": sections_of(programme, scope),
        "may_edit": scope.manages_register,
    }
    return render(request, "sites/programme_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def programme_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a programme, publish it or take it back, if nobody else changed it meanwhile."""
    scope = scope_of_request(request)
    programme = _programme(Programme.objects.visible_to(scope), code)
    if not scope.manages_register:
        raise PermissionDenied
    if request.method != "POST":
        form = ProgrammeEditForm(instance=programme, initial={"version": programme.version})
        return _edit_page(request, programme, form)
    form = ProgrammeEditForm(request.POST, instance=programme)
    if form.is_valid():
        try:
            programme_update(
                programme=programme,
                values=form.values(),
                scope=scope,
                expected_version=form.cleaned_data["version"],
            )
            messages.success(request, _("The programme was saved."))
            return redirect("sites:programme-detail", code=code)
        except ServiceError as error:
            add_service_error(form, error)
    return _edit_page(request, programme, form, status=422)


@require_safe
def public_programme_list(request: HttpRequest) -> HttpResponse:
    """Show everybody the published programmes, the newest year first."""
    found = _published().order_by("-year", "code")
    years: dict[int, dict[ProgrammeLevel, list[Programme]]] = {}
    for programme in found:
        levels = years.setdefault(programme.year, {level: [] for level in ProgrammeLevel})
        levels[ProgrammeLevel(programme.level)].append(programme)
    listed = [
        (year, [(level, rows) for level, rows in levels.items() if rows])
        for year, levels in years.items()
    ]
    return render(request, "sites/public_programme_list.html", {"years": listed})


@require_safe
def public_programme_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show everybody one published programme; one that is not published does not exist."""
    programme = _programme(_published(), code)
    sites = ProjectSite.objects.visible_to(Scope.public()).filter(programme=programme)
    context = {"programme": programme, "has_sites": sites.exists()}
    return render(request, "sites/public_programme_detail.html", context)


def _published() -> Any:
    visible = Programme.objects.visible_to(Scope.public())
    return visible.filter(is_published=True).select_related("lead_organisation")


def _programme(found: Any, code: str) -> Programme:
    """Return a programme by its code; 404 for one that is not there."""
    wanted = code if len(code) <= LONGEST_CODE and "\x00" not in code else ""
    programme: Programme = get_object_or_404(found, code=wanted)
    return programme


def _edit_page(
    request: HttpRequest, programme: Programme, form: ProgrammeEditForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "programme": programme}
    return render(request, "sites/programme_edit.html", context, status=status)
