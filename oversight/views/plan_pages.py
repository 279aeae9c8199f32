"""Pages of one monthly plan: beginning it, its lines, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maintenance.refusals import sentences_of
from oversight.forms_plans import PlanMoveForm, PlanNoteForm, PlanStartForm, line_forms
from oversight.models import MonthlyPlan
from oversight.months import month_of, months_on
from oversight.plan_page import plan_lines, plan_powers, tally
from oversight.services.plan_access import may_file
from oversight.services.plan_moves import plan_close, plan_confirm, plan_return, plan_submit
from oversight.services.plans import plan_explain, plan_remove, plan_save, plan_start
from oversight.views.doing import attempt, wrong_fields
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.services import NotPermitted, ServiceError

MOVES: Final[Mapping[str, tuple[Callable[..., Any], Any]]] = {
    "submit": (plan_submit, gettext_lazy("The plan was filed.")),
    "return": (plan_return, gettext_lazy("The plan was returned.")),
    "confirm": (plan_confirm, gettext_lazy("The plan was confirmed.")),
    "close": (plan_close, gettext_lazy("The plan was closed against facts and is locked.")),
}
LONGEST_EXPLANATION: Final = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan_new(request: HttpRequest) -> HttpResponse:
    """Begin a plan, for the coming month unless another is chosen."""
    scope, today = scope_of_request(request), timezone.localdate()
    if not scope.edits_sites:
        raise PermissionDenied
    first = {
        "month": request.GET.get("month") or f"{months_on(month_of(today), 1):%Y-%m}",
        "organisation": request.GET.get("organisation", ""),
        "prefill": True,
    }
    form = PlanStartForm(request.POST or None, scope=scope, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_start(
                organisation=form.cleaned_data["organisation"],
                area=form.area(),
                month=form.cleaned_data["month"],
                prefill=form.cleaned_data["prefill"],
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
            )
            messages.success(request, _("The plan was begun."))
            return redirect("oversight:plan-edit", pk=plan.pk)
        except NotPermitted as error:
            raise PermissionDenied from error
        except ServiceError as error:
            add_service_error(form, error)
    status = 422 if request.method == "POST" else 200
    return render(request, "oversight/plan_new.html", {"form": form}, status=status)


@require_safe
@login_required
def plan_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a plan with its facts to the office and evaluators; 404 to others."""
    return _page(request, _plan(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the lines of a plan that was not filed yet, or was returned."""
    plan, scope = _plan(request, pk), scope_of_request(request)
    if not may_file(scope, plan.area_code):
        raise PermissionDenied
    if request.method != "POST":
        first = {"note": plan.note, "version": plan.version}
        return _edit(request, plan, PlanNoteForm(initial=first), line_forms(plan, scope))
    form, lines = PlanNoteForm(request.POST), line_forms(plan, scope, request.POST)
    if not (form.is_valid() and lines.is_valid()):
        return _edit(request, plan, form, lines, status=422)
    try:
        plan_save(
            plan=plan,
            items=lines.values(),
            note=form.cleaned_data["note"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            expected_version=form.cleaned_data["version"],
        )
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        return _edit(request, plan, form, lines, refused=sentences_of(error), status=422)
    messages.success(request, _("The plan was saved."))
    return redirect("oversight:plan-detail", pk=pk)


@require_POST
@login_required
def plan_moved(request: HttpRequest, pk: UUID) -> HttpResponse:
    """File, return, confirm, close or remove a plan."""
    plan, scope = _plan(request, pk), scope_of_request(request)
    if not may_file(scope, plan.area_code):
        raise PermissionDenied
    form = PlanMoveForm(request.POST)
    if problems := wrong_fields(form):
        return _page(request, plan, refused=problems, status=422)
    move, version = form.cleaned_data["move"], form.cleaned_data["version"]

    def work() -> str:
        common = {"plan": plan, "actor": request.user, "scope": scope}
        if move == "remove":
            plan_remove(expected_version=version, **common)  # type: ignore[arg-type]
            return _("The plan was removed.")
        service, told = MOVES[move]
        reason = {"reason": form.cleaned_data["reason"]} if move == "return" else {}
        service(at=timezone.now(), expected_version=version, **reason, **common)
        return str(told)

    if refused := attempt(request, work):
        return _page(request, _plan(request, pk), refused=refused, status=422)
    if move == "remove":
        return redirect("oversight:plan-list")
    return redirect("oversight:plan-detail", pk=pk)


@require_POST
@login_required
def plan_explained(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write why lines were not reached."""
    plan, scope = _plan(request, pk), scope_of_request(request)
    if not may_file(scope, plan.area_code):
        raise PermissionDenied
    keys = plan.items.values_list("pk", flat=True)
    given = {key: request.POST[f"item-{key}"] for key in keys if f"item-{key}" in request.POST}
    version = request.POST.get("version", "")

    def work() -> str:
        plan_explain(
            plan=plan,
            explanations={key: text[:LONGEST_EXPLANATION] for key, text in given.items()},
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            expected_version=int(version) if version.isascii() and version.isdecimal() else -1,
        )
        return _("The explanations were saved.")

    if refused := attempt(request, work):
        return _page(request, _plan(request, pk), refused=refused, status=422)
    return redirect("oversight:plan-detail", pk=pk)


def _plan(request: HttpRequest, pk: UUID) -> MonthlyPlan:
    rows = MonthlyPlan.objects.visible_to(scope_of_request(request))
    rows = rows.select_related("organisation", "area").defer("area__boundary")
    found: MonthlyPlan = get_object_or_404(rows, pk=pk)
    return found


def _page(
    request: HttpRequest, plan: MonthlyPlan, *, refused: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    scope, today = scope_of_request(request), timezone.localdate()
    lines = plan_lines(plan, today)
    context = {
        "plan": plan,
        "lines": lines,
        "tally": tally(lines),
        "has_facts": any(line.facts for line in lines),
        "powers": plan_powers(plan, scope, today),
        "changes": plan.changes.select_related("actor").order_by("at", "id"),
        "problems": refused,
        "today": today,
    }
    return render(request, "oversight/plan_detail.html", context, status=status)


def _edit(
    request: HttpRequest,
    plan: MonthlyPlan,
    form: PlanNoteForm,
    lines: Any,
    *,
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"plan": plan, "form": form, "lines": lines, "problems": refused}
    return render(request, "oversight/plan_edit.html", context, status=status)
