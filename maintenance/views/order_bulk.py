"""Several work orders, defects or field entries at once: first a preview, then the deed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maintenance.bulk import BulkItem, bulk_run, keys_of, summed
from maintenance.bulk_issue import issue_items, orderable_defects
from maintenance.forms_orders import BulkIssueForm, due_for
from maintenance.kinds import OrderState, Priority, ReviewVerdict
from maintenance.models import MaintenanceLog, WorkOrder
from maintenance.order_roles import may_issue
from maintenance.services import log_review, order_move
from sites.access import Scope, scope_of_request

MOVES = {"accept": OrderState.ACCEPTED, "close": OrderState.CLOSED}


@require_POST
@login_required
def order_bulk(request: HttpRequest) -> HttpResponse:
    """Accept or close the chosen orders; without `confirm` only say what would happen."""
    scope = scope_of_request(request)
    to_state = MOVES.get(request.POST.get("action", ""))
    if to_state is None:
        return _nothing(request, _("Choose what is to be done."), "maintenance:order-list")
    keys = _keys(request, "order")
    if not keys:
        return _nothing(request, _("Choose at least one row."), "maintenance:order-list")
    rows = WorkOrder.objects.visible_to(scope).filter(pk__in=keys).order_by("due_at", "id")

    def item(order: WorkOrder) -> BulkItem:
        def work() -> str:
            order_move(
                order=order,
                to_state=to_state,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                at=timezone.now(),
            )
            words = {"state": OrderState(to_state).label}
            return _("The order becomes: %(state)s.") % words

        address = reverse("maintenance:order-detail", args=[order.pk])
        return BulkItem(f"#{order.number} {order.title}", address, work, [order.pk])

    title = _("Accept work orders") if to_state == OrderState.ACCEPTED else _("Close work orders")
    return _run(request, [item(order) for order in rows], title, "order", "maintenance:order-list")


@require_POST
@login_required
def log_bulk(request: HttpRequest) -> HttpResponse:
    """Verify the chosen field entries; without `confirm` only say what would happen."""
    scope = scope_of_request(request)
    keys = _keys(request, "log")
    if not keys:
        return _nothing(request, _("Choose at least one row."), "maintenance:log-list")
    rows = MaintenanceLog.objects.visible_to(scope).filter(pk__in=keys).order_by("server_seq")

    def item(log: MaintenanceLog) -> BulkItem:
        def work() -> str:
            log_review(
                log=log,
                verdict=ReviewVerdict.VERIFIED,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
            )
            return _("The entry is verified and counts.")

        address = reverse("maintenance:log-detail", args=[log.pk])
        return BulkItem(
            f"{log.server_seq} · {log.get_task_display()} · {log.organisation.label}",
            address,
            work,
            [log.pk],
        )

    items = [item(log) for log in rows.select_related("organisation")]
    return _run(request, items, _("Verify log entries"), "log", "maintenance:log-list")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def order_issue_many(request: HttpRequest) -> HttpResponse:
    """Issue orders for several verified defects: chosen, previewed, then issued."""
    scope = scope_of_request(request)
    if not may_issue(scope):
        raise PermissionDenied
    if request.method != "POST":
        form = BulkIssueForm(initial={"due_at": due_for(Priority.NORMAL)})
        return _choose(request, scope, form)
    form, keys = BulkIssueForm(request.POST), _keys(request, "defect")
    if not keys:
        form.add_error(None, _("Choose at least one row."))
    if not form.is_valid():
        return _choose(request, scope, form, status=422)
    items = issue_items(
        scope,
        keys,
        actor=request.user,  # type: ignore[arg-type]
        at=timezone.now(),
        **form.cleaned_data,
    )
    kept = [(name, request.POST.get(name, "")) for name in form.fields]
    title = _("Issue work orders")
    return _run(request, items, title, "defect", "maintenance:order-list", kept=kept)


def _choose(
    request: HttpRequest, scope: Scope, form: BulkIssueForm, *, status: int = 200
) -> HttpResponse:
    defects = orderable_defects(scope, request.GET)
    context = {"form": form, "defects": defects, "chosen": request.POST.getlist("defect")}
    return render(request, "maintenance/order_issue_many.html", context, status=status)


def _run(
    request: HttpRequest,
    items: Sequence[BulkItem],
    title: str,
    name: str,
    back: str,
    *,
    kept: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Show what will happen to each row; with `confirm` do it, and say what was refused."""
    keep = request.POST.get("confirm") == "1"
    outcomes = bulk_run(items, keep=keep)
    counts = summed(outcomes)
    if keep and not counts["refused"]:
        messages.success(request, _("Done: %(done)s.") % counts)
        return redirect(back)
    context: dict[str, Any] = {
        "title": title,
        "outcomes": outcomes,
        "is_done": keep,
        "name": name,
        "action": request.POST.get("action", ""),
        "kept": kept,
        "back": reverse(back),
        **counts,
    }
    return render(request, "maintenance/bulk_preview.html", context)


def _keys(request: HttpRequest, name: str) -> list[UUID]:
    try:
        return keys_of(request.POST.getlist(name))
    except ValueError:
        return []


def _nothing(request: HttpRequest, sentence: str, back: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(back)
