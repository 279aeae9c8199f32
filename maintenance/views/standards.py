"""Upkeep standards: the list with their checklists, and the form in which the planner writes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maintenance.forms_duties import ItemForm, StandardForm, item_forms
from maintenance.models import ChecklistItem, UpkeepStandard
from maintenance.services import standard_create, standard_update
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.kinds import Kind
from sites.services import RefusedByRegister, ServiceError


@require_safe
@login_required
def standard_list(request: HttpRequest) -> HttpResponse:
    """Show the standards by kind of asset, each with its questions."""
    scope = scope_of_request(request)
    used = ChecklistItem.objects.filter(is_active=True).order_by("position")
    rows = UpkeepStandard.objects.visible_to(scope).order_by("-is_active", "code")
    rows = rows.prefetch_related(Prefetch("items", used, to_attr="used_items"))
    kinds = [
        {"kind": kind, "standards": [row for row in rows if row.asset_kind == kind]}
        for kind in Kind
    ]
    return render(request, "maintenance/standard_list.html", {"kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def standard_new(request: HttpRequest) -> HttpResponse:
    """Write a new standard; every asset of its kind gets its schedule at once."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def standard_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a standard; answers of the past keep the questions that were asked."""
    rows = UpkeepStandard.objects.visible_to(scope_of_request(request))
    return _form_page(request, get_object_or_404(rows, pk=pk))


def _form_page(request: HttpRequest, standard: UpkeepStandard | None) -> HttpResponse:
    scope = scope_of_request(request)
    if not scope.manages_register:
        raise PermissionDenied
    standing = list(standard.items.filter(is_active=True).order_by("position")) if standard else []
    if request.method != "POST":
        return _page(request, standard, StandardForm(instance=standard), item_forms(standing))
    form = StandardForm(request.POST, instance=standard)
    items = item_forms(standing, request.POST)
    if not all([form.is_valid(), *(item.is_valid() for item in items)]):
        return _page(request, standard, form, items, status=422)
    try:
        _save(request, standard, form, items)
    except RefusedByRegister as error:
        for field, _code, text in error.errors:
            form.add_error(field if field in form.fields else None, text)
        return _page(request, standard, form, items, status=422)
    except ServiceError as error:
        add_service_error(form, error)
        return _page(request, standard, form, items, status=422)
    messages.success(request, _("The standard was saved."))
    return redirect("maintenance:standard-list")


def _save(
    request: HttpRequest,
    standard: UpkeepStandard | None,
    form: StandardForm,
    items: list[ItemForm],
) -> None:
    common: dict[str, Any] = {
        "values": form.cleaned_data,
        "items": [values for item in items if (values := item.values())],
        "actor": request.user,
        "scope": scope_of_request(request),
        "on": timezone.localdate(),
    }
    if standard is None:
        standard_create(**common)
        return
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    standard_update(standard=standard, expected_version=version, **common)


def _page(
    request: HttpRequest,
    standard: UpkeepStandard | None,
    form: StandardForm,
    items: list[ItemForm],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"standard": standard, "form": form, "items": items}
    return render(request, "maintenance/standard_form.html", context, status=status)
