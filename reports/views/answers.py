"""What the pages of reports share: visible rows, and small forms that lead back to a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from reports.models import Report
from reports.refusals import sentences_of
from sites.access import Scope, scope_of_request
from sites.kinds import Role
from sites.services import NotPermitted, ServiceError

Refused = Callable[[Sequence[str], int], HttpResponse]


def visible_report(request: HttpRequest, pk: UUID) -> Report:
    """Return a report that the person may see, or raise 404."""
    rows = Report.objects.visible_to(scope_of_request(request)).select_related("area", "template")
    found: Report = get_object_or_404(rows, pk=pk)
    return found


def planned_report(request: HttpRequest, pk: UUID) -> Report:
    """Return a report for the planner of its area; others who see it are refused."""
    report = visible_report(request, pk)
    if not plans(scope_of_request(request), report.area_code):
        raise PermissionDenied
    return report


def plans(scope: Scope, area_code: str) -> bool:
    """Whether the scope's planner answers for the area."""
    return scope.covers_area(area_code, (Role.DISTRICT_PLANNER,))


def done(
    request: HttpRequest,
    form: forms.Form,
    work: Callable[[], str],
    *,
    address: str,
    refused: Refused,
) -> HttpResponse:
    """Do what a small form asks for and lead on, or show the page with what stands against it."""
    if not form.is_valid():
        return refused(form_errors(form), 422)
    try:
        messages.success(request, work())
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        return refused(sentences_of(error), 422)
    return HttpResponseRedirect(address)


def form_errors(form: forms.Form) -> list[str]:
    """Return what is wrong with a form, each with the field's name."""
    return [
        f"{form.fields[name].label or name}: {text}" if name in form.fields else str(text)
        for name, found in form.errors.items()
        for text in found
    ]
