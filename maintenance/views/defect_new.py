"""The form by which somebody on the spot reports a defect of an asset."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assets.photo_uploads import takes_photos
from maintenance.asset_picker import picked_asset, picker_context
from maintenance.forms_defects import DefectForm, local_now
from maintenance.nearby import possible_duplicates
from maintenance.parties import office_of
from maintenance.services import defect_report
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.identifiers import new_id
from sites.services import ServiceError


@takes_photos
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def defect_new(request: HttpRequest) -> HttpResponse:
    """Take a report of a defect; `?asset=` says of what, without it the asset is chosen first."""
    scope = scope_of_request(request)
    if not (scope.everything or scope.grants):
        raise PermissionDenied
    asset = picked_asset(request, scope)
    if asset is None:
        context = picker_context(request, scope, title=_("Report a defect"))
        return render(request, "maintenance/asset_picker.html", context)
    options: dict[str, Any] = {
        "is_road": hasattr(asset, "road_section"),
        "is_office": office_of(scope, asset.area_code) is not None,
    }
    if request.method != "POST":
        # The map names the place that was clicked.
        place = {"longitude": request.GET.get("lon", ""), "latitude": request.GET.get("lat", "")}
        initial = {"entry": new_id(), "found_at": local_now(), **place}
        form = DefectForm(initial=initial, **options)
        return _page(request, asset, form)
    form = DefectForm(request.POST, request.FILES, **options)
    if not form.is_valid():
        return _page(request, asset, form, status=422)
    try:
        defect, _is_new = defect_report(
            asset=asset,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            at=timezone.now(),
            **form.values(),
        )
    except ServiceError as error:
        add_service_error(form, error)
        return _page(request, asset, form, status=422)
    near = possible_duplicates(
        asset_id=asset.pk,
        point=defect.point,
        chainage_m=defect.chainage_m,
        scope=scope,
        at=timezone.now(),
        excluding=defect.pk,
    )
    messages.success(request, _("Defect #%(number)s was recorded.") % {"number": defect.number})
    if near:
        messages.warning(
            request, _("There are defects nearby. Look whether one of them is the same.")
        )
    return redirect("maintenance:defect-detail", pk=defect.pk)


def _page(request: HttpRequest, asset: Any, form: DefectForm, *, status: int = 200) -> HttpResponse:
    context = {"asset": asset, "form": form}
    return render(request, "maintenance/defect_form.html", context, status=status)
