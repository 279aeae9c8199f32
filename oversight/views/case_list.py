"""The list of cases with its filter, and the button that raises what is overdue."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from maintenance.newest_first import read_leniently
from oversight.case_filter import CASE_PARAMETERS, CaseFilter
from oversight.kinds import CaseLevel
from oversight.models import AccountabilityCase
from oversight.services.overdue_cases import overdue_raise
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import ParameterError
from sites.keyset_list import Column, Cursor, KeysetPage, Order, keyset_page
from sites.models import Organisation
from sites.townships import township_names, townships_of

PAGE_SIZE = 50


class CaseOrder(Order):
    """Cases by the day on which they were raised, the newest first."""

    columns = {
        "raised": Column(
            lambda: F("raised_on"),
            lambda case: case.raised_on,
            datetime.date.fromisoformat,
            descending=True,
        )
    }


NEWEST = CaseOrder("raised")


@require_safe
@login_required
def case_list(request: HttpRequest) -> HttpResponse:
    """Show the cases of a filter; a wrong parameter is named and left out, with status 400."""
    scope = scope_of_request(request)
    chosen, problems = read_leniently(CaseFilter.from_query, request.GET, tuple(CASE_PARAMETERS))
    page = _page(request, chosen, scope, problems)
    bodies = Organisation.objects.filter(
        pk__in=AccountabilityCase.objects.visible_to(scope).order_by().values("organisation_id")
    )
    context = {
        "asked": chosen,
        "problems": problems,
        "rows": page.rows,
        "names": township_names(row.area_code[:9] for row in page.rows),
        "is_first": not request.GET.get("cursor"),
        "first_address": _address(chosen),
        "next_address": _address(chosen, page.next) if page.next else "",
        "tabs": _tabs(chosen),
        "townships": [
            Choice(row.code, row.label, row.code in chosen.area)
            for row in townships_of(scope).only("code", "name", "name_en")
        ],
        "levels": [
            Choice(level.value, str(level.label), level.value in chosen.level)
            for level in CaseLevel
        ],
        "bodies": [
            Choice(str(row.pk), row.label, row.pk in chosen.organisation)
            for row in bodies.order_by("name")[:200]
        ],
        "may_raise": scope.manages_register,
        "today": timezone.localdate(),
    }
    return render(request, "oversight/case_list.html", context, status=400 if problems else 200)


@require_POST
@login_required
def cases_overdue(request: HttpRequest) -> HttpResponse:
    """Raise the cases of missed decisions in the planner's area, and supervise silent ones."""
    scope = scope_of_request(request)
    if not scope.manages_register:
        raise PermissionDenied
    done = overdue_raise(
        as_of=timezone.localdate(),
        actor=request.user,  # type: ignore[arg-type]
        scope=scope,
    )
    raised, escalated = len(done.raised), len(done.escalated)
    if not raised and not escalated:
        messages.info(request, _("Nothing is overdue that has not been raised."))
    if raised:
        told = ngettext("%(count)s reminder was sent.", "%(count)s reminders were sent.", raised)
        messages.success(request, told % {"count": raised})
    if escalated:
        told = ngettext(
            "%(count)s case went to supervision.", "%(count)s cases went to supervision.", escalated
        )
        messages.success(request, told % {"count": escalated})
    return redirect("oversight:case-list")


def _page(
    request: HttpRequest, chosen: CaseFilter, scope: Scope, problems: list[str]
) -> KeysetPage:
    try:
        cursor = Cursor.parse(request.GET.get("cursor", ""), NEWEST)
    except ParameterError as error:
        problems.append(f"{error.parameter}: {error.message}")
        cursor = None
    rows = chosen.apply(AccountabilityCase.objects.visible_to(scope))
    rows = rows.select_related("organisation", "site").only(
        *(field.name for field in AccountabilityCase._meta.concrete_fields),
        "organisation__name",
        "organisation__name_en",
        "site__code",
        "site__name",
        "site__name_en",
    )
    return keyset_page(rows, order=NEWEST, cursor=cursor, limit=PAGE_SIZE)


def _address(chosen: CaseFilter, cursor: Cursor | None = None) -> str:
    pairs = chosen.pairs() + ([("cursor", cursor.as_text())] if cursor else [])
    query = urlencode(pairs, safe=",:")
    return reverse("oversight:case-list") + (f"?{query}" if query else "")


def _tabs(chosen: CaseFilter) -> list[dict[str, Any]]:
    plain = replace(chosen, state=(), open=None, overdue=None)
    tabs = (
        (_("All"), plain),
        (pgettext("cases", "Open"), replace(plain, open=True)),
        (_("Reply overdue"), replace(plain, overdue=True)),
        (_("Not sent yet"), replace(plain, state=("raised",))),
        (_("Replied"), replace(plain, state=("replied",))),
        (_("Appealed"), replace(plain, state=("appealed",))),
        (pgettext("case", "Closed"), replace(plain, state=("closed", "withdrawn"))),
    )
    return [
        {"label": label, "address": _address(asked), "is_current": asked == chosen}
        for label, asked in tabs
    ]
