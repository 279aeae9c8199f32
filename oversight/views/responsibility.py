"""Pages of the responsibility matrix: all sites, one site, one programme; naming and ending."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maintenance.newest_first import read_leniently
from oversight import matrix_filter
from oversight.forms_responsibility import EndForm
from oversight.matrix import cells_of, past_rows, programme_rows
from oversight.models import Responsibility
from oversight.responsible import REQUIRED_ROLES
from oversight.services.access import may_end, may_name
from oversight.services.responsibilities import responsibility_end
from oversight.views.doing import attempt, wrong_fields
from sites.access import Scope, scope_of_request
from sites.filter_choices import filter_choices
from sites.filter_values import ParameterError
from sites.filters import SiteFilter
from sites.keyset_list import Cursor, bounded_count
from sites.listing import LISTED_COLUMNS, Order, site_page
from sites.models import Programme, ProjectSite
from sites.townships import township_names, townships_of

PAGE_SIZE = 50


@require_safe
@login_required
def responsibility_list(request: HttpRequest) -> HttpResponse:
    """Show who answers for each site at work, blanks first asked for; strict parameters."""
    scope, today = scope_of_request(request), timezone.localdate()
    (chosen, blank), problems = read_leniently(
        matrix_filter.read, request.GET, matrix_filter.names()
    )
    cursor, wrong = _cursor(request.GET.get("cursor", ""))
    problems += wrong
    every = ProjectSite.objects.visible_to(scope)
    rows = matrix_filter.matrix_rows(every, chosen, blank=blank, on=today)
    count = bounded_count(matrix_filter.matrix_rows(every, chosen, blank=True, on=today))
    page = site_page(rows, order=Order("code"), cursor=cursor, limit=PAGE_SIZE, few=False)
    context = {
        "asked": chosen,
        "blank": blank,
        "problems": problems,
        "rows": _with_cells(page.sites, scope),
        "roles": REQUIRED_ROLES,
        "names": township_names(site.township_code for site in page.sites),
        "choices": filter_choices(scope, chosen),
        "blanks": count,
        "tabs": _tabs(chosen, blank),
        "next_address": _address(chosen, blank, page.next) if page.next else "",
        "first_address": _address(chosen, blank, None),
        "is_first": cursor is None,
        "may_name": scope.edits_sites,
        "programmes": _programmes(scope, chosen),
    }
    status = 400 if problems else 200
    return render(request, "oversight/responsibility_list.html", context, status=status)


@require_safe
@login_required
def responsibility_site(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the matrix of one site, and who held its roles before."""
    scope, today = scope_of_request(request), timezone.localdate()
    site = get_object_or_404(_light(ProjectSite.objects.visible_to(scope)), pk=pk)
    rows = Responsibility.objects.visible_to(scope).filter(site=site)
    context = {
        "site": site,
        "cells": cells_of([site], scope, today)[site.pk],
        "past": past_rows(rows.select_related("organisation"), today),
        "may_name": may_name(scope, site=site),
        "today": today,
    }
    return render(request, "oversight/responsibility_site.html", context)


@require_safe
@login_required
def responsibility_programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the matrix of a programme: the whole of it, and each township that differs."""
    scope, today = scope_of_request(request), timezone.localdate()
    programme = get_object_or_404(Programme.objects.visible_to(scope), pk=pk)
    rows = programme_rows(programme, scope, today)
    townships = list(townships_of(scope).only("id", "code", "name", "name_en"))
    context = {
        "programme": programme,
        "whole": rows[None],
        "townships": [
            (area, rows.get(area.pk, ()), may_name(scope, area=area)) for area in townships
        ],
        "roles": REQUIRED_ROLES,
        "may_name": may_name(scope),
        "today": today,
    }
    return render(request, "oversight/responsibility_programme.html", context)


@require_POST
@login_required
def responsibility_ended(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a person's time in a role."""
    scope = scope_of_request(request)
    rows = Responsibility.objects.visible_to(scope).select_related("site", "area")
    row = get_object_or_404(rows, pk=pk)
    if not may_end(scope, row):
        raise PermissionDenied
    form = EndForm(request.POST)
    problems = wrong_fields(form)
    if not problems:

        def end() -> str:
            responsibility_end(
                responsibility=row,
                ends_on=form.cleaned_data["ends_on"],
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                expected_version=form.cleaned_data["version"],
            )
            return _("The last day was recorded.")

        problems = attempt(request, end)
    for sentence in problems:
        messages.error(request, sentence)
    if row.site_id:
        return redirect("oversight:responsibility-site", pk=row.site_id)
    return redirect("oversight:responsibility-programme", pk=row.programme_id)


def _light(sites: Any) -> Any:
    return sites.select_related("programme").only(*LISTED_COLUMNS)


def _with_cells(sites: tuple[ProjectSite, ...], scope: Scope) -> list[tuple[Any, Any]]:
    cells = cells_of(sites, scope, timezone.localdate())
    return [(site, cells[site.pk]) for site in sites]


def _cursor(text: str) -> tuple[Cursor | None, list[str]]:
    try:
        return Cursor.parse(text, Order("code")), []
    except ParameterError as error:
        return None, [f"{error.parameter}: {error.message}"]


def _address(chosen: SiteFilter, blank: bool | None, cursor: Cursor | None) -> str:
    pairs = matrix_filter.pairs(chosen, blank)
    if cursor:
        pairs.append(("cursor", cursor.as_text()))
    return f"{reverse('oversight:responsibility-list')}?{urlencode(pairs, safe=',:')}"


def _tabs(chosen: SiteFilter, blank: bool | None) -> list[dict[str, Any]]:
    words = {None: _("All at work"), True: _("With blanks"), False: _("Complete")}
    return [
        {
            "address": _address(chosen, value, None),
            "label": label,
            "is_current": value is blank,
        }
        for value, label in words.items()
    ]


def _programmes(scope: Scope, chosen: SiteFilter) -> list[Programme]:
    """Return the programmes of the years asked for, else of the latest year."""
    rows = Programme.objects.visible_to(scope)
    years = chosen.year or rows.order_by("-year").values_list("year", flat=True)[:1]
    return list(rows.filter(year__in=years).order_by("code").only("id", "code", "name", "name_en"))
