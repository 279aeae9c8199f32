"""The form by which somebody records what was done, on a phone as well and without script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assets.photo_uploads import takes_photos
from maintenance.asset_picker import picked_asset, picker_context
from maintenance.forms_defects import local_now
from maintenance.forms_logs import LogForm
from maintenance.kinds import OrderKind, UpkeepTask
from maintenance.log_entry import LogEntry
from maintenance.models import MaintenanceLog, WorkOrder
from maintenance.services import log_record
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.identifiers import new_id
from sites.services import ServiceError


@takes_photos
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def log_new(request: HttpRequest) -> HttpResponse:
    """Record work; `?order=`, `?asset=` or `?corrects=` say on what, else it is chosen first."""
    scope = scope_of_request(request)
    if not scope.organisation_ids():
        raise PermissionDenied
    order = _row(request, scope, WorkOrder, "order")
    corrects = _row(request, scope, MaintenanceLog, "corrects")
    if corrects is not None:
        order = corrects.order
    asset = (order or corrects).asset if order or corrects else picked_asset(request, scope)
    if asset is None:
        context = picker_context(request, scope, title=_("Record work"))
        return render(request, "maintenance/asset_picker.html", context)
    is_road = hasattr(asset, "road_section")
    if request.method != "POST":
        return _page(
            request,
            asset,
            order,
            corrects,
            LogForm(initial=_initial(order, corrects), is_road=is_road),
        )
    form = LogForm(request.POST, request.FILES, is_road=is_road)
    if not form.is_valid():
        return _page(request, asset, order, corrects, form, status=422)
    entry = LogEntry(asset=asset, order=order, corrects=corrects, **form.values())
    try:
        log, _is_new = log_record(
            identifier=form.cleaned_data["entry"],
            entry=entry,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            at=timezone.now(),
        )
    except ServiceError as error:
        add_service_error(form, error)
        return _page(request, asset, order, corrects, form, status=422)
    messages.success(request, _("The work was recorded."))
    if order is not None:
        return redirect("maintenance:order-detail", pk=order.pk)
    return redirect("maintenance:log-detail", pk=log.pk)


def _row(request: HttpRequest, scope: Scope, model: Any, name: str) -> Any:
    """Return the record that a parameter names, None without one; raises 404 for an unknown one."""
    text = request.GET.get(name) or request.POST.get(name) or ""
    if not text:
        return None
    try:
        return model.objects.visible_to(scope).select_related("asset").get(pk=UUID(text))
    except (ValueError, model.DoesNotExist) as error:
        raise Http404 from error


def _initial(order: Any, corrects: Any) -> dict[str, Any]:
    initial: dict[str, Any] = {"entry": new_id(), "device_time": local_now()}
    if order is not None and order.kind != OrderKind.ROUTINE:
        initial["task"] = UpkeepTask.MINOR_REPAIR
    if corrects is not None:
        names = ("task", "quantity", "unit", "labour_days", "material", "note")
        initial |= {name: getattr(corrects, name) for name in names}
        initial["device_time"] = timezone.localtime(corrects.device_time)
    return initial


def _page(
    request: HttpRequest,
    asset: Any,
    order: Any,
    corrects: Any,
    form: LogForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"asset": asset, "order": order, "corrects": corrects, "form": form}
    return render(request, "maintenance/log_form.html", context, status=status)
