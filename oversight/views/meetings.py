"""Pages of dispatch meetings: the list, one meeting, its agenda, its minutes, and to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maintenance.newest_first import page_leniently
from oversight.forms_meetings import (
    AddForm,
    CancelForm,
    DecisionForm,
    HoldForm,
    MeetingForm,
)
from oversight.meeting_page import meeting_facts
from oversight.models import DispatchMeeting
from oversight.services.meetings import may_hold, meeting_change, meeting_plan
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.services import NotPermitted, ServiceError


@require_safe
@login_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Show the meetings that the viewer may know of, the newest first."""
    scope = scope_of_request(request)
    rows = DispatchMeeting.objects.visible_to(scope).select_related("area")
    rows = rows.defer("area__boundary", "minutes")
    cursor, problems = request.GET.get("cursor", ""), []
    problems = [
        f"{name[:60]}: {_('There is no such parameter.')}"
        for name in sorted(set(request.GET) - {"cursor"})
    ]
    page = page_leniently(rows, "created_at", cursor, problems)
    context = {
        "meetings": sorted(page.rows, key=lambda meeting: meeting.held_on, reverse=True),
        "problems": problems,
        "may_plan": scope.edits_sites,
        "next_address": f"?cursor={page.next_cursor}" if page.next_cursor else "",
        "first_address": "?",
        "is_first": not cursor,
    }
    status = 400 if problems else 200
    return render(request, "oversight/meeting_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    scope, today = scope_of_request(request), timezone.localdate()
    if not scope.edits_sites:
        raise PermissionDenied
    first = {"held_on": today, "level": "month"}
    form = MeetingForm(request.POST or None, scope=scope, initial=first)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            meeting = meeting_plan(
                area=values.pop("area"),
                values=values,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
            )
            messages.success(request, _("The meeting was planned. Draw its agenda now."))
            return redirect("oversight:meeting-detail", pk=meeting.pk)
        except NotPermitted as error:
            raise PermissionDenied from error
        except ServiceError as error:
            add_service_error(form, error)
    status = 422 if request.method == "POST" else 200
    return render(request, "oversight/meeting_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a meeting that was not held yet."""
    meeting, scope = visible_meeting(request, pk), scope_of_request(request)
    if not may_hold(scope, meeting.area_code):
        raise PermissionDenied
    columns = ("level", "title", "held_on", "chair", "place", "attendees", "version")
    first = {name: getattr(meeting, name) for name in columns}
    form = MeetingForm(request.POST or None, scope=scope, fixed_area=True, initial=first)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            meeting_change(
                meeting=meeting,
                expected_version=values.pop("version"),
                values=values,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
            )
            messages.success(request, _("The changes were saved."))
            return redirect("oversight:meeting-detail", pk=pk)
        except NotPermitted as error:
            raise PermissionDenied from error
        except ServiceError as error:
            add_service_error(form, error)
    context = {"form": form, "meeting": meeting}
    status = 422 if request.method == "POST" else 200
    return render(request, "oversight/meeting_form.html", context, status=status)


@require_safe
@login_required
def meeting_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a meeting: agenda, minutes, decisions; 404 to those who may not know of it."""
    return meeting_page(request, visible_meeting(request, pk))


@require_safe
@login_required
def meeting_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show agenda, minutes and decisions as a document to print."""
    meeting, scope = visible_meeting(request, pk), scope_of_request(request)
    context = {
        "meeting": meeting,
        "facts": meeting_facts(meeting, scope),
        "today": timezone.localdate(),
    }
    return render(request, "oversight/meeting_print.html", context)


def visible_meeting(request: HttpRequest, pk: UUID) -> DispatchMeeting:
    """Return a meeting that the viewer may know of, or raise 404."""
    rows = DispatchMeeting.objects.visible_to(scope_of_request(request))
    rows = rows.select_related("area").defer("area__boundary")
    found: DispatchMeeting = get_object_or_404(rows, pk=pk)
    return found


def meeting_page(
    request: HttpRequest,
    meeting: DispatchMeeting,
    *,
    refused: Sequence[str] = (),
    bound: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a meeting's page, with a form as it was sent where that was refused."""
    scope, today = scope_of_request(request), timezone.localdate()
    context: dict[str, Any] = {
        "meeting": meeting,
        "facts": meeting_facts(meeting, scope),
        "problems": refused,
        "today": today,
        "sees_map": scope.edits_sites or bool(scope.area_codes()),
        **_forms(meeting, request, bound),
    }
    return render(request, "oversight/meeting_detail.html", context, status=status)


def _forms(
    meeting: DispatchMeeting, request: HttpRequest, bound: forms.Form | None
) -> dict[str, forms.Form]:
    scope = scope_of_request(request)
    place: dict[str, Any] = {"scope": scope, "area": meeting.area_code}
    held = {
        "version": meeting.version,
        "held_on": meeting.held_on,
        "attendees": meeting.attendees,
    }
    made: dict[str, forms.Form] = {
        "add_form": AddForm(prefix="add", **place),
        "hold_form": HoldForm(prefix="hold", initial=held),
        "decision_form": DecisionForm(
            prefix="decide", initial={"site": request.GET.get("about", "")[:60]}, **place
        ),
        "cancel_form": CancelForm(prefix="cancel", initial={"version": meeting.version}),
    }
    if bound is not None:
        names = {
            AddForm: "add_form",
            HoldForm: "hold_form",
            DecisionForm: "decision_form",
            CancelForm: "cancel_form",
        }
        made[names[type(bound)]] = bound
    return made
