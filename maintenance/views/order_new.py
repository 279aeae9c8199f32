"""The form by which a work order is issued: from an asset, from its defects, or from the map."""

from __future__ import annotations

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
from django.views.decorators.http import require_http_methods

from assets.kinds import Severity
from maintenance.asset_picker import picked_asset, picker_context
from maintenance.forms_orders import OrderForm, due_for, label_of_defect
from maintenance.kinds import PartyRole, Priority
from maintenance.models import Agreement, AgreementParty, AgreementScope, Defect, WorkOrder
from maintenance.order_roles import may_issue
from maintenance.parties import office_of
from maintenance.services import order_issue
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.services import NotPermitted, ServiceError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def order_new(request: HttpRequest) -> HttpResponse:
    """Issue an order; `?asset=` or `?defect=` say on what, else the asset is chosen first."""
    scope = scope_of_request(request)
    if not may_issue(scope):
        raise PermissionDenied
    if address := _from_defect(request, scope):
        return redirect(address)
    asset = picked_asset(request, scope)
    if asset is None:
        context = picker_context(request, scope, title=_("New work order"))
        return render(request, "maintenance/asset_picker.html", context)
    agreements = _agreements(scope, asset)
    if not agreements:
        return render(request, "maintenance/order_form.html", {"asset": asset, "form": None})
    form = _form(request, scope, asset, agreements)
    order = _issued(request, scope, asset, form) if request.method == "POST" else None
    if order is not None:
        words = {"number": order.number}
        messages.success(request, _("Work order #%(number)s was issued.") % words)
        return redirect("maintenance:order-detail", pk=order.pk)
    status = 422 if request.method == "POST" else 200
    context = {"asset": asset, "form": form}
    return render(request, "maintenance/order_form.html", context, status=status)


def _issued(request: HttpRequest, scope: Scope, asset: Any, form: OrderForm) -> WorkOrder | None:
    """Issue what the form asks for; `None` when the form says what stands against it."""
    if not form.is_valid():
        return None
    try:
        return order_issue(
            asset=asset,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            at=timezone.now(),
            **form.values(),
        )
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        add_service_error(form, error)
        return None


def _from_defect(request: HttpRequest, scope: Scope) -> str:
    """Return the address with the asset of the defect that the address names, if it lacks one."""
    if request.method == "POST" or request.GET.get("asset") or not request.GET.get("defect"):
        return ""
    try:
        key = UUID(request.GET["defect"])
    except ValueError:
        return ""
    defect = Defect.objects.visible_to(scope).filter(pk=key).first()
    if defect is None:
        return ""
    return f"{reverse('maintenance:order-new')}?asset={defect.asset_id}&defect={defect.pk}"


def _agreements(scope: Scope, asset: Any) -> list[Agreement]:
    """Return the agreements in force on the asset under which the viewer may issue."""
    today = timezone.localdate()
    covering = AgreementScope.objects.binding(today).filter(asset=asset)
    rows = Agreement.objects.filter(pk__in=covering.values("agreement_id"))
    if office_of(scope, asset.area_code) is None:
        parties = AgreementParty.objects.filter(
            organisation_id__in=scope.organisation_ids(),
            role__in=(PartyRole.CLIENT, PartyRole.SUPERVISOR),
        )
        rows = rows.filter(pk__in=parties.values("agreement_id"))
    return list(rows.order_by("number"))


def _form(request: HttpRequest, scope: Scope, asset: Any, agreements: list[Agreement]) -> OrderForm:
    defects = Defect.objects.visible_to(scope).to_order().filter(asset=asset).order_by("number")
    options: dict[str, Any] = {
        "agreements": agreements,
        "defects": defects,
        "is_road": hasattr(asset, "road_section"),
    }
    if request.method == "POST":
        form = OrderForm(request.POST, **options)
    else:
        form = OrderForm(initial=_initial(request, defects, agreements), **options)
    form.fields["defects"].label_from_instance = label_of_defect  # type: ignore[attr-defined]
    return form


def _initial(request: HttpRequest, defects: Any, agreements: list[Agreement]) -> dict[str, Any]:
    wanted = set(request.GET.getlist("defect"))
    chosen = [defect for defect in defects if str(defect.pk) in wanted]
    urgent = any(defect.severity == Severity.SERIOUS for defect in chosen)
    priority = Priority.URGENT if urgent else Priority.NORMAL
    title = "；".join(label_of_defect(defect) for defect in chosen)[:200]
    return {
        "title": title,
        "agreement": chosen[0].agreement_id if chosen else agreements[0].pk,
        "priority": priority,
        "due_at": due_for(priority),
        "defects": [defect.pk for defect in chosen],
        "longitude": request.GET.get("lon", ""),
        "latitude": request.GET.get("lat", ""),
    }
