"""The pages of service records: the list with its sums, one record, its form and its review."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sites.access import Scope, code_prefix_condition, scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import ParameterError, choices
from sites.filters import SiteFilter
from sites.forms import add_service_error
from sites.keyset_list import Column, Cursor, Order, keyset_page
from sites.kinds import ProgrammeKind, ServiceState
from sites.models import Programme, ServiceRecord
from sites.service_sums import service_sums
from sites.services import (
    ServiceError,
    service_record_remove,
    service_record_return,
    service_record_save,
    service_record_verify,
)
from sites.target_forms import ReviewForm, ServiceRecordForm
from sites.views.targets import area_choices, read_filter

PAGE_SIZE = 50
PARAMETERS = frozenset({"area", "programme", "year"})
OWN = frozenset({"record_state", "cursor"})


class RecordOrder(Order):
    """Records by the end of their period, the newest first."""

    columns = {
        "ends": Column(
            lambda: F("ends_on"),
            lambda record: record.ends_on,
            datetime.date.fromisoformat,
            descending=True,
        )
    }


NEWEST = RecordOrder("ends")


@require_safe
@login_required
def service_list(request: HttpRequest) -> HttpResponse:
    """Show the records of a filter and what they add up to; wrong parameters are named (400)."""
    scope = scope_of_request(request)
    chosen, states, cursor, problems = _read(request.GET)
    records = _narrowed(ServiceRecord.objects.visible_to(scope), chosen, states)
    page = keyset_page(_with_relations(records), order=NEWEST, cursor=cursor, limit=PAGE_SIZE)
    kept = _query(chosen, states)
    context = {
        "records": page.rows,
        "sums": service_sums(records),
        "problems": problems,
        "chosen": chosen,
        "tabs": _tabs(chosen, states),
        "states": states,
        "programmes": _programmes(scope, chosen),
        "townships": area_choices(scope, chosen.area),
        "years": _years(scope, chosen),
        "may_enter": scope.edits_sites,
        "is_first": cursor is None,
        "first_address": f"?{kept}",
        "next_address": f"?{_query(chosen, states, page.next)}" if page.next else "",
    }
    return render(request, "sites/service_list.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def service_new(request: HttpRequest) -> HttpResponse:
    """Enter a record."""
    scope = scope_of_request(request)
    if not scope.edits_sites:
        raise PermissionDenied
    if request.method != "POST":
        return _form_page(request, ServiceRecordForm(scope=scope, initial=_named(request.GET)))
    return _save(request, scope, ServiceRecordForm(request.POST, scope=scope), None)


@require_safe
@login_required
def service_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one record, with the review to whom it belongs."""
    return _page(request, _record(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def service_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a record that is not verified, if nobody else did so in the meantime."""
    record = _record(request, pk)
    scope = scope_of_request(request)
    if not scope.covers_area(record.area_code):
        raise PermissionDenied
    if request.method != "POST":
        first = {"version": record.version}
        form = ServiceRecordForm(instance=record, scope=scope, initial=first)
        return _form_page(request, form, record)
    form = ServiceRecordForm(request.POST, instance=record, scope=scope)
    return _save(request, scope, form, record)


@require_POST
@login_required
def service_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Verify a record or send it back; a refusal is told in the form."""
    record = _record(request, pk)
    scope = scope_of_request(request)
    if not scope.manages_area(record.area_code):
        raise PermissionDenied
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            _judge(request, scope, record, form.cleaned_data)
            messages.success(request, _("The review was recorded."))
            return redirect("sites:service-detail", pk=pk)
        except ServiceError as error:
            add_service_error(form, error)
    return _page(request, _record(request, pk), form, status=422)


@require_POST
@login_required
def service_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a record that is not verified."""
    record = _record(request, pk)
    version = request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdecimal() else 0
    scope = scope_of_request(request)
    if not scope.covers_area(record.area_code):
        raise PermissionDenied
    try:
        service_record_remove(
            record=record,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            expected_version=known,
        )
    except ServiceError as error:
        messages.error(request, str(error.message))
        return _page(request, _record(request, pk), status=422)
    messages.success(request, _("The record was removed."))
    return redirect("sites:service-list")


def _judge(
    request: HttpRequest, scope: Scope, record: ServiceRecord, values: dict[str, Any]
) -> None:
    given: dict[str, Any] = {
        "record": record,
        "actor": request.user,
        "scope": scope,
        "at": timezone.now(),
        "expected_version": values["version"],
    }
    if values["verdict"] == ServiceState.VERIFIED:
        service_record_verify(**given)
    else:
        service_record_return(reason=values["reason"], **given)


def _save(
    request: HttpRequest, scope: Scope, form: ServiceRecordForm, record: ServiceRecord | None
) -> HttpResponse:
    if form.is_valid():
        try:
            saved = service_record_save(
                record=record,
                values=form.values(),
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                on=timezone.localdate(),
                expected_version=form.cleaned_data["version"],
            )
            messages.success(request, _("The record was saved. The office reviews it."))
            return redirect("sites:service-detail", pk=saved.pk)
        except ServiceError as error:
            add_service_error(form, error)
    return _form_page(request, form, record, status=422)


def _form_page(
    request: HttpRequest,
    form: ServiceRecordForm,
    record: ServiceRecord | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "record": record}
    return render(request, "sites/service_form.html", context, status=status)


def _page(
    request: HttpRequest,
    record: ServiceRecord,
    review: ReviewForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    scope = scope_of_request(request)
    is_open = record.state != ServiceState.VERIFIED
    context = {
        "record": record,
        "may_review": scope.manages_area(record.area_code)
        and record.state != ServiceState.RETURNED,
        "may_edit": is_open and scope.covers_area(record.area_code),
        "review": review or ReviewForm(initial={"version": record.version}),
    }
    return render(request, "sites/service_detail.html", context, status=status)


def _record(request: HttpRequest, pk: UUID) -> ServiceRecord:
    records = _with_relations(ServiceRecord.objects.visible_to(scope_of_request(request)))
    record: ServiceRecord = get_object_or_404(records, pk=pk)
    return record


def _with_relations(records: Any) -> Any:
    related = records.select_related("programme", "area", "provider", "reviewed_by")
    return related.defer("area__boundary", "area__centre")


def _read(
    query: QueryDict,
) -> tuple[SiteFilter, tuple[str, ...], Cursor | None, list[tuple[str, str]]]:
    """Read an address, leaving out each parameter that is wrong."""
    shared = query.copy()
    own = {name: shared.pop(name) for name in OWN if name in shared}
    chosen, problems = read_filter(shared, PARAMETERS)
    states: tuple[str, ...] = ()
    cursor = None
    try:
        states = choices(own, "record_state", ServiceState.values)
        cursor = Cursor.parse(query.get("cursor", ""), NEWEST)
    except ParameterError as error:
        problems.append((error.parameter, error.message))
    return chosen, states, cursor, problems


def _narrowed(records: Any, chosen: SiteFilter, states: tuple[str, ...]) -> Any:
    condition = Q()
    if chosen.year:
        condition &= Q(ends_on__year__in=chosen.year)
    if chosen.programme:
        condition &= Q(programme__code__in=chosen.programme)
    if chosen.area:
        condition &= code_prefix_condition("area_code", chosen.area)
    if states:
        condition &= Q(state__in=states)
    return records.filter(condition)


def _query(chosen: SiteFilter, states: tuple[str, ...], cursor: Cursor | None = None) -> str:
    pairs = chosen.pairs()
    if states:
        pairs.append(("record_state", ",".join(sorted(states))))
    if cursor:
        pairs.append(("cursor", cursor.as_text()))
    return urlencode(pairs)


def _tabs(chosen: SiteFilter, states: tuple[str, ...]) -> list[dict[str, Any]]:
    asked: list[tuple[str, tuple[str, ...]]] = [(_("All"), ())]
    asked += [(str(state.label), (state.value,)) for state in ServiceState]
    base = reverse("sites:service-list")
    return [
        {"label": label, "address": f"{base}?{_query(chosen, own)}", "is_current": own == states}
        for label, own in asked
    ]


def _programmes(scope: Scope, chosen: SiteFilter) -> list[Choice]:
    found = Programme.objects.visible_to(scope).exclude(kind=ProgrammeKind.ENGINEERING)
    if chosen.year:
        found = found.filter(year__in=chosen.year)
    return [Choice(row.code, row.label, row.code in chosen.programme) for row in found]


def _years(scope: Scope, chosen: SiteFilter) -> list[Choice]:
    found = Programme.objects.visible_to(scope).exclude(kind=ProgrammeKind.ENGINEERING)
    years = sorted(set(found.values_list("year", flat=True)), reverse=True)
    return [Choice(str(year), str(year), year in chosen.year) for year in years]


def _named(query: QueryDict) -> dict[str, Any]:
    """Return what the address says of a new record."""
    chosen, _problems = read_filter(query, PARAMETERS)
    if not chosen.programme:
        return {}
    return {"programme": Programme.objects.filter(code=chosen.programme[0]).first()}
