"""The page of one case: its ladder, its steps in the order of time, and what can be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assets.photo_uploads import takes_photos
from oversight.case_moves import CaseMove, move_made, moves_open_to
from oversight.case_page import ladder_of, thread_of
from oversight.case_roles import is_accused, leads
from oversight.forms_cases import AnswerForm, CloseForm, DecideForm, EscalateForm, LetterForm
from oversight.letter_drafts import next_letter
from oversight.models import AccountabilityCase
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.models import ProjectSite
from sites.services import NotPermitted, ServiceError

FORM_OF: dict[str, type[forms.Form]] = {
    CaseMove.NOTIFY: LetterForm,
    CaseMove.ESCALATE: EscalateForm,
    CaseMove.REPLY: AnswerForm,
    CaseMove.APPEAL: AnswerForm,
    CaseMove.UPHOLD: DecideForm,
    CaseMove.WITHDRAW: DecideForm,
    CaseMove.CLOSE: CloseForm,
}


@require_safe
@login_required
def case_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a case to the office, the body and evaluators; 404 to everybody else."""
    return _page(request, _case(request, pk))


@takes_photos
@require_POST
@login_required
def case_moved(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """Make a move; a refusal is told in its form."""
    if move not in CaseMove.values:
        raise Http404
    case, scope = _case(request, pk), scope_of_request(request)
    if not (leads(scope, case) or is_accused(scope, case)):
        raise PermissionDenied
    form = _form(move, case, scope, request.POST, request.FILES)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            move_made(
                case,
                move,
                given,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                on=timezone.localdate(),
                expected_version=given["version"],
            )
        except NotPermitted as error:
            if type(error) is NotPermitted:
                raise PermissionDenied from error
            add_service_error(form, error)
        except ServiceError as error:
            add_service_error(form, error)
        else:
            words = {"number": case.number, "state": case.get_state_display()}
            messages.success(request, _("Case %(number)s is now: %(state)s.") % words)
            return redirect("oversight:case-detail", pk=pk)
    return _page(request, _case(request, pk), status=422, bound={move: form})


def _case(request: HttpRequest, pk: UUID) -> AccountabilityCase:
    rows = AccountabilityCase.objects.visible_to(scope_of_request(request))
    rows = rows.select_related(
        "site", "area", "organisation__area", "decision__meeting", "milestone", "plan", "finding"
    ).defer(
        "area__boundary",
        "organisation__area__boundary",
        "site__planned_geometry",
        "site__actual_geometry",
        "site__geometry_3857",
    )
    found: AccountabilityCase = get_object_or_404(rows, pk=pk)
    return found


def _form(move: str, case: AccountabilityCase, scope: Scope, *data: Any) -> forms.Form:
    initial: dict[str, Any] = {"version": case.version}
    options: dict[str, Any] = {"auto_id": f"{move}-%s", "initial": initial}
    form_class = FORM_OF[move]
    if issubclass(form_class, LetterForm) and not data:
        draft = next_letter(case, on=timezone.localdate())
        if draft:
            initial |= {
                "addressee": draft.addressee,
                "letter": draft.letter,
                "due_on": draft.due_on,
            }
    if form_class is AnswerForm:
        options |= {"scope": scope, "area_code": case.area_code[:6]}
    return form_class(*data, **options)


def _page(
    request: HttpRequest,
    case: AccountabilityCase,
    *,
    status: int = 200,
    bound: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    scope, today = scope_of_request(request), timezone.localdate()
    moves = moves_open_to(case, scope, on=today)
    shown = {move.value: _form(move.value, case, scope) for move in moves} | (bound or {})
    sites = ProjectSite.objects.visible_to(scope).filter(pk=case.site_id)
    context = {
        "case": case,
        "ladder": ladder_of(case),
        "thread": thread_of(case, scope),
        "forms": shown,
        "draft": next_letter(case, on=today) if leads(scope, case) else None,
        "is_office": leads(scope, case),
        "is_accused": is_accused(scope, case),
        "knows_site": case.site_id and sites.exists(),
        "today": today,
    }
    return render(request, "oversight/case_detail.html", context, status=status)
