"""The page of saved views: keep one, open one, rename, share and remove one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maps.kinds import Audience
from maps.models import SavedView
from maps.saved_pages import page_word
from maps.saved_view_forms import SavedViewForm
from maps.services.saved_views import audiences_for, view_remove, view_save
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.services import ServiceError

MOST_SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def view_list(request: HttpRequest) -> HttpResponse:
    """Show one's views and those shared with one, and keep a new one."""
    if request.method != "POST":
        return _page(request)
    form = SavedViewForm(request.POST)
    if form.is_valid():
        try:
            view = view_save(
                values=form.values(),
                owner=request.user,  # type: ignore[arg-type]
                scope=scope_of_request(request),
            )
            messages.success(
                request,
                _("The view “%(name)s” was kept. It is listed under “Saved views”.")
                % {"name": view.name},
            )
            return redirect(_address(view))
        except ServiceError as error:
            add_service_error(form, error)
    return _page(request, form, status=422)


@require_safe
def view_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the page; what it shows is cut by the scope of whoever opens it."""
    views = SavedView.objects.visible_to(scope_of_request(request))
    view: SavedView = get_object_or_404(views, pk=pk)
    return redirect(_address(view))


@require_POST
@login_required
def view_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename or share one's own view."""
    view = _own(request, pk)
    form = SavedViewForm({**request.POST.dict(), "path": view.path, "query": view.query})
    if form.is_valid():
        try:
            view_save(
                view=view,
                values=form.values(),
                owner=request.user,  # type: ignore[arg-type]
                scope=scope_of_request(request),
                expected_version=form.cleaned_data["version"],
            )
            messages.success(request, _("The view was changed."))
            return redirect("maps:view-list")
        except ServiceError as error:
            add_service_error(form, error)
    return _page(request, form, status=422)


@require_POST
@login_required
def view_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove one's own view."""
    view = _own(request, pk)
    version = request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdecimal() else 0
    try:
        view_remove(view=view, owner=request.user, expected_version=known)  # type: ignore[arg-type]
    except ServiceError as error:
        messages.error(request, str(error.message))
        return _page(request, status=422)
    messages.success(request, _("The view was removed."))
    return redirect("maps:view-list")


def _own(request: HttpRequest, pk: UUID) -> SavedView:
    """Return the viewer's own view; 403 for another's that one may open, else 404."""
    scope = scope_of_request(request)
    view: SavedView = get_object_or_404(SavedView.objects.visible_to(scope), pk=pk)
    if view.owner_id != request.user.pk:
        raise PermissionDenied
    return view


def _page(
    request: HttpRequest, form: SavedViewForm | None = None, *, status: int = 200
) -> HttpResponse:
    scope = scope_of_request(request)
    views = SavedView.objects.visible_to(scope).select_related("owner")[:MOST_SHOWN]
    rows = [_row(view) for view in views]
    context = {
        "own": [row for row in rows if row["view"].owner_id == request.user.pk],
        "shared": [row for row in rows if row["view"].owner_id != request.user.pk],
        "form": form,
        "audiences": _audiences(scope),
    }
    return render(request, "maps/view_list.html", context, status=status)


def _row(view: SavedView) -> dict[str, Any]:
    return {"view": view, "word": page_word(view.path), "address": _address(view)}


def _audiences(scope: Scope) -> list[tuple[str, Any]]:
    return [(audience.value, Audience(audience).label) for audience in audiences_for(scope)]


def _address(view: SavedView) -> str:
    return f"{view.path}?{view.query}" if view.query else view.path
