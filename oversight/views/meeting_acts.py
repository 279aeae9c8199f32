"""What is done from a meeting's page: the agenda is drawn and marked, the meeting is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oversight.forms_meetings import (
    AddForm,
    CancelForm,
    DecisionForm,
    HoldForm,
    MarkForm,
    NarrowForm,
)
from oversight.models import AgendaItem, DispatchMeeting
from oversight.services.agenda import agenda_add, agenda_draw, agenda_mark, agenda_narrow
from oversight.services.decisions import decision_record
from oversight.services.meetings import may_hold, meeting_cancel, meeting_hold
from oversight.views.doing import attempt, wrong_fields
from oversight.views.meetings import meeting_page, visible_meeting
from sites.access import scope_of_request


@require_POST
@login_required
def agenda_drawn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw the agenda from what is red today."""
    meeting = _own(request, pk)

    def draw() -> str:
        number = len(agenda_draw(meeting=meeting, as_of=timezone.localdate(), **_by(request)))
        told = ngettext(
            "%(number)s item is on the agenda.", "%(number)s items are on the agenda.", number
        )
        return told % {"number": number}

    return _done(request, meeting, None, draw)


@require_POST
@login_required
def agenda_narrowed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Strike what waited less than some days."""
    meeting = _own(request, pk)
    form = NarrowForm(request.POST)

    def narrow() -> str:
        struck = agenda_narrow(meeting=meeting, **form.cleaned_data, **_by(request))
        told = ngettext("%(number)s item was struck.", "%(number)s items were struck.", struck)
        return told % {"number": struck}

    return _done(request, meeting, form, narrow, shows=False)


@require_POST
@login_required
def agenda_marked(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Keep or strike an item, or write a note to it."""
    meeting = _own(request, pk)
    row = get_object_or_404(AgendaItem.objects.select_related("meeting"), pk=item, meeting=meeting)
    form = MarkForm(request.POST)

    def mark() -> str:
        kept = form.cleaned_data["is_kept"]
        agenda_mark(
            item=row,
            is_kept=None if kept == "" else kept == "1",
            note=form.cleaned_data["note"] if "note" in request.POST else None,
            **_by(request),
        )
        return _("The agenda was changed.")

    return _done(request, meeting, form, mark, shows=False)


@require_POST
@login_required
def agenda_added(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a site on the agenda by hand."""
    meeting = _own(request, pk)
    form = AddForm(request.POST, prefix="add", **_place(request, meeting))

    def add() -> str:
        agenda_add(meeting=meeting, as_of=timezone.localdate(), **form.cleaned_data, **_by(request))
        return _("The site was put on the agenda.")

    return _done(request, meeting, form, add)


@require_POST
@login_required
def meeting_held(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that the meeting was held, with its minutes."""
    meeting = _own(request, pk)
    form = HoldForm(request.POST, prefix="hold")

    def hold() -> str:
        given = dict(form.cleaned_data)
        meeting_hold(
            meeting=meeting,
            on=timezone.localdate(),
            expected_version=given.pop("version"),
            **given,
            **_by(request),
        )
        return _("The meeting was held; its minutes are fixed.")

    return _done(request, meeting, form, hold)


@require_POST
@login_required
def meeting_cancelled(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel the meeting."""
    meeting = _own(request, pk)
    form = CancelForm(request.POST, prefix="cancel")

    def cancel() -> str:
        meeting_cancel(
            meeting=meeting,
            reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["version"],
            **_by(request),
        )
        return _("The meeting was cancelled.")

    return _done(request, meeting, form, cancel)


@require_POST
@login_required
def meeting_decided(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record what the meeting decided."""
    meeting = _own(request, pk)
    form = DecisionForm(request.POST, prefix="decide", **_place(request, meeting))

    def decide() -> str:
        decision_record(meeting=meeting, **form.cleaned_data, **_by(request))
        return _("The decision was recorded.")

    return _done(request, meeting, form, decide)


def _own(request: HttpRequest, pk: UUID) -> DispatchMeeting:
    """Return a meeting of the caller's own office; others who see it are refused."""
    meeting = visible_meeting(request, pk)
    if not may_hold(scope_of_request(request), meeting.area_code):
        raise PermissionDenied
    return meeting


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user, "scope": scope_of_request(request)}


def _place(request: HttpRequest, meeting: DispatchMeeting) -> dict[str, Any]:
    return {"scope": scope_of_request(request), "area": meeting.area_code}


def _done(
    request: HttpRequest,
    meeting: DispatchMeeting,
    form: forms.Form | None,
    work: Callable[[], str],
    *,
    shows: bool = True,
) -> HttpResponse:
    """Do the work, or show the page with the form as it was sent and what stands against it."""
    bound = form if shows else None
    if form is not None and not form.is_valid():
        refused = [] if shows else wrong_fields(form)
        return meeting_page(request, meeting, bound=bound, refused=refused, status=422)
    if refused := attempt(request, work):
        fresh = visible_meeting(request, meeting.pk)
        return meeting_page(request, fresh, bound=bound, refused=refused, status=422)
    return redirect("oversight:meeting-detail", pk=meeting.pk)
