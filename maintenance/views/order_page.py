"""The page of one work order, and what is done from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maintenance.forms_orders import CostForm, MoveForm
from maintenance.kinds import OrderState, PriceBasis
from maintenance.log_review import with_standing
from maintenance.log_writers import writer_on_order
from maintenance.models import CostEntry, MaintenanceLog, OrderQuantity, WorkOrder
from maintenance.order_evidence import missing_for_submission
from maintenance.order_moves import BEFORE_SUBMISSION
from maintenance.order_page import (
    causes_of,
    history_of,
    next_moves,
    order_drawing,
    photos_of,
    steps_of,
)
from maintenance.services import cost_record, cost_reverse, order_move
from maintenance.services.costs import bookkeeper_of
from sites.access import scope_of_request
from sites.services import ConcurrentChange, NotPermitted, RefusedByRegister, ServiceError


@require_safe
@login_required
def order_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an order to its office, its agreement's parties and evaluators; 404 to others."""
    return _page(request, _order(request, pk))


@require_POST
@login_required
def order_moved(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the order; a refusal is told on its page."""
    order = _order(request, pk)
    positions = [row.position for row in order.quantities.all()]
    form = MoveForm(request.POST, positions=positions)
    if not form.is_valid():
        return _page(request, order, refused=_sentences(form), status=422)
    try:
        order_move(
            order=order,
            to_state=form.cleaned_data["to_state"],
            reason=form.cleaned_data["reason"],
            done=form.done(),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            at=timezone.now(),
            expected_version=form.cleaned_data["version"],
        )
    except ServiceError as error:
        return _refused(request, pk, error)
    words = {"state": order.get_state_display()}
    messages.success(request, _("The work order is now: %(state)s.") % words)
    return redirect("maintenance:order-detail", pk=pk)


@require_POST
@login_required
def order_cost(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record what the order cost."""
    order = _order(request, pk)
    form = CostForm(request.POST)
    if not form.is_valid():
        return _page(request, order, refused=_sentences(form), status=422)
    try:
        cost_record(
            asset=order.asset,
            order=order,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            **form.cleaned_data,
        )
    except ServiceError as error:
        return _refused(request, pk, error)
    messages.success(request, _("The cost was recorded."))
    return redirect("maintenance:order-detail", pk=pk)


@require_POST
@login_required
def order_cost_reversed(request: HttpRequest, pk: UUID, cost: UUID) -> HttpResponse:
    """Take a cost of the order back, with a reason."""
    order, scope = _order(request, pk), scope_of_request(request)
    entry = get_object_or_404(CostEntry.objects.visible_to(scope), pk=cost, order=order)
    try:
        cost_reverse(
            cost=entry,
            reason=request.POST.get("reason", "")[:200].replace("\x00", ""),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
        )
    except ServiceError as error:
        return _refused(request, pk, error)
    messages.success(request, _("The cost was taken back."))
    return redirect("maintenance:order-detail", pk=pk)


def _refused(request: HttpRequest, pk: UUID, error: ServiceError) -> HttpResponse:
    """Show the page as it stands now, with what stands against it."""
    status = 403 if isinstance(error, NotPermitted) else 422
    reasons = [str(error.message)]
    if isinstance(error, RefusedByRegister):
        reasons = [text for _field, _code, text in error.errors]
    if isinstance(error, ConcurrentChange):
        status = 409
    return _page(request, _order(request, pk), refused=reasons, status=status)


def _sentences(form: Any) -> list[str]:
    return [
        f"{form.fields[name].label}: {text}" if name in form.fields else str(text)
        for name, found in form.errors.items()
        for text in found
    ]


def _order(request: HttpRequest, pk: UUID) -> WorkOrder:
    """Return a visible order, or raise 404."""
    orders = WorkOrder.objects.visible_to(scope_of_request(request))
    rows = orders.select_related(
        "agreement", "asset", "executor", "inspector", "confirmer", "issued_by"
    )
    found: WorkOrder = get_object_or_404(rows, pk=pk)
    return found


def _page(
    request: HttpRequest,
    order: WorkOrder,
    *,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, now = scope_of_request(request), timezone.now()
    changes = history_of(order)
    able = next_moves(order, scope, request.user)  # type: ignore[arg-type]
    logs = with_standing(MaintenanceLog.objects.visible_to(scope).filter(order=order))
    submits = able.main is not None and able.main.move.to_state == OrderState.SUBMITTED
    writes = writer_on_order(order, scope, request.user)  # type: ignore[arg-type]
    is_bookkeeper = bookkeeper_of(order.area_code, order.agreement, scope, None) is not None
    costs = CostEntry.objects.visible_to(scope).filter(order=order)
    entries = list(costs.select_related("reversal").order_by("incurred_on", "id"))
    context: dict[str, Any] = {
        "order": order,
        "now": now,
        "today": timezone.localdate(),
        "refused": refused or [],
        "steps": steps_of(order, changes),
        "able": able,
        "submits": submits,
        # Quantities are asked for beside the button; what else is missing is recorded elsewhere.
        "missing": [g for g in missing_for_submission(order) if g.field == "logs"]
        if submits
        else [],
        "may_log": writes is not None and order.state in BEFORE_SUBMISSION,
        "causes": causes_of(order, scope),
        "stages": photos_of(order, MaintenanceLog.objects.visible_to(scope).filter(order=order)),
        "quantities": OrderQuantity.objects.filter(order=order).order_by("position"),
        "logs": logs.select_related("worker", "organisation").order_by("server_seq"),
        "costs": entries,
        "cost_total": sum((entry.amount for entry in entries), Decimal(0)),
        "cost_form": CostForm(initial={"incurred_on": timezone.localdate()})
        if is_bookkeeper
        else None,
        "changes": changes,
        "drawing": order_drawing(order),
        "is_per_order": order.agreement.price_basis == PriceBasis.PER_ORDER,
    }
    return render(request, "maintenance/order_detail.html", context, status=status)
