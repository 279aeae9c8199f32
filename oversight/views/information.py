"""Information filed: the list with its share published, and a form for one piece."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maintenance.newest_first import read_leniently
from oversight.forms_information import InformationForm
from oversight.information_filter import INFORMATION_PARAMETERS, InformationFilter
from oversight.information_rate import BY, rate_of, rates_by
from oversight.models import InfoSubmission
from oversight.services.information import info_record, info_update
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import ParameterError
from sites.forms import add_service_error
from sites.keyset_list import Column, Cursor, Order, keyset_page
from sites.kinds import OFFICE_ROLES
from sites.services import NotPermitted, ServiceError
from sites.townships import townships_of

PAGE_SIZE = 50
MOST_YEARS = 8


class SentOrder(Order):
    """Pieces by the day on which they were sent, the newest first."""

    columns = {
        "sent": Column(
            lambda: F("sent_on"),
            lambda row: row.sent_on,
            datetime.date.fromisoformat,
            descending=True,
        )
    }


NEWEST = SentOrder("sent")


@require_safe
@login_required
def information_list(request: HttpRequest) -> HttpResponse:
    """Show what was filed, and what share of it was published, by township and by body."""
    scope = scope_of_request(request)
    names = (*INFORMATION_PARAMETERS, "by")
    chosen, problems = read_leniently(InformationFilter.from_query, request.GET, names)
    by = request.GET.get("by", BY[0])
    if by not in BY:
        problems.append(f"by: {_('There is no such parameter.')}")
        by = BY[0]
    cursor = _cursor(request, problems)
    rows = chosen.apply(InfoSubmission.objects.visible_to(scope))
    page = keyset_page(
        rows.select_related("organisation", "area").defer("area__boundary"),
        order=NEWEST,
        cursor=cursor,
        limit=PAGE_SIZE,
    )
    today = timezone.localdate()
    context = {
        "asked": chosen,
        "problems": problems,
        "rows": page.rows,
        "rate": rate_of(rows, today),
        "rates": rates_by(rows, by, today),
        "by": by,
        "ways": [
            {"label": label, "address": _address(chosen, by=way), "is_current": by == way}
            for way, label in zip(BY, (_("By township"), _("By body")), strict=True)
        ],
        "years": _years(chosen, today, by),
        "townships": [
            Choice(row.code, row.label, row.code in chosen.area)
            for row in townships_of(scope).only("code", "name", "name_en")
        ],
        "may_write": _may_write(scope),
        "is_first": cursor is None,
        "first_address": _address(chosen, by=by),
        "next_address": _address(chosen, by=by, cursor=page.next) if page.next else "",
    }
    status = 400 if problems else 200
    return render(request, "oversight/information_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def information_new(request: HttpRequest) -> HttpResponse:
    """Enter a piece of information."""
    scope = scope_of_request(request)
    if not _may_write(scope):
        raise PermissionDenied
    return _form_page(request, scope, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def information_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a piece, or say where it was published."""
    scope = scope_of_request(request)
    rows = InfoSubmission.objects.visible_to(scope).select_related("area", "organisation")
    row = get_object_or_404(rows.defer("area__boundary"), pk=pk)
    if not scope.covers_area(row.area_code):
        raise PermissionDenied
    return _form_page(request, scope, row)


def _form_page(request: HttpRequest, scope: Scope, row: InfoSubmission | None) -> HttpResponse:
    today = timezone.localdate()
    initial = {"version": row.version} if row else {"sent_on": today}
    if request.method != "POST":
        form = InformationForm(scope=scope, instance=row, initial=initial)
        return render(request, "oversight/information_form.html", {"form": form, "row": row})
    form = InformationForm(request.POST, scope=scope, instance=row, initial=initial)
    if form.is_valid() and _saved(request, form, row, scope):
        messages.success(request, _("The information was saved."))
        return redirect("oversight:information-list")
    context = {"form": form, "row": row}
    return render(request, "oversight/information_form.html", context, status=422)


def _saved(
    request: HttpRequest, form: InformationForm, row: InfoSubmission | None, scope: Scope
) -> bool:
    common: dict[str, Any] = {
        "actor": request.user,
        "scope": scope,
        "on": timezone.localdate(),
    }
    try:
        if row is None:
            values = {name: form.cleaned_data[name] for name in form.Meta.fields}
            info_record(values=values, **common)
        else:
            version = form.cleaned_data["version"] or 0
            current = InfoSubmission.objects.get(pk=row.pk)
            info_update(
                submission=current, values=form.changes(), expected_version=version, **common
            )
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        add_service_error(form, error)
        return False
    return True


def _may_write(scope: Scope) -> bool:
    return scope.everything or bool(scope.area_codes(OFFICE_ROLES))


def _cursor(request: HttpRequest, problems: list[str]) -> Cursor | None:
    try:
        return Cursor.parse(request.GET.get("cursor", ""), NEWEST)
    except ParameterError as error:
        problems.append(f"{error.parameter}: {error.message}")
        return None


def _address(chosen: InformationFilter, *, by: str = "", cursor: Cursor | None = None) -> str:
    pairs = chosen.pairs() + ([("by", by)] if by and by != BY[0] else [])
    pairs += [("cursor", cursor.as_text())] if cursor else []
    query = urlencode(pairs, safe=",:")
    return reverse("oversight:information-list") + (f"?{query}" if query else "")


def _years(chosen: InformationFilter, today: datetime.date, by: str) -> list[dict[str, Any]]:
    """Return the periods that are asked for most: everything, and each of the last years."""
    periods: list[tuple[str, datetime.date | None, datetime.date | None]] = [(_("All"), None, None)]
    periods += [
        (str(year), datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        for year in range(today.year, today.year - MOST_YEARS, -1)
    ]
    made = []
    for label, first, last in periods:
        asked = replace(chosen, first=first, last=last)
        made.append(
            {"label": label, "address": _address(asked, by=by), "is_current": asked == chosen}
        )
    return made
