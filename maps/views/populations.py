"""The page of populations: those that are kept, and a new one of a file or of the register."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maps.coverage.population import population_from_register
from maps.coverage.population_file import population_from_file
from maps.forms_coverage import PopulationForm
from maps.models import PopulationSet
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.imports.problems import ImportStoppedError
from sites.imports.uploads import pieces_of, safe_name
from sites.services import ServiceError

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def populations(request: HttpRequest) -> HttpResponse:
    """Show the kept populations; the planner adds one."""
    scope = scope_of_request(request)
    if request.method != "POST":
        return _page(request, scope, PopulationForm(scope=scope))
    if not scope.manages_register:
        raise PermissionDenied
    form = PopulationForm(request.POST, request.FILES, scope=scope)
    if form.is_valid():
        try:
            kept = _keep(request, scope, form)
        except ServiceError as error:
            add_service_error(form, error)
        except ImportStoppedError as problem:
            form.add_error("file", str(problem))
        else:
            said = _("%(people)s people at %(places)s places are kept.")
            messages.success(request, said % {"people": f"{kept.people:,}", "places": kept.cells})
            return redirect("maps:populations")
    return _page(request, scope, form, status=422)


def _keep(request: HttpRequest, scope: Scope, form: PopulationForm) -> PopulationSet:
    given = form.cleaned_data
    common: dict[str, Any] = {
        "area": given["area"],
        "name": given["name"],
        "year": given["year"],
        "on": timezone.localdate(),
        "actor": request.user,
        "scope": scope,
    }
    upload = given["file"]
    if upload is None:
        return population_from_register(**common)
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise ServiceError(_("The file is too large."), field="file")
    with tempfile.TemporaryDirectory(prefix="population-") as folder:
        path = Path(folder) / safe_name(upload.name)
        with path.open("wb") as target:
            for piece in pieces_of(upload):
                target.write(piece)
        return population_from_file(path=path, people_field=given["people_field"], **common)


def _page(
    request: HttpRequest, scope: Scope, form: PopulationForm, *, status: int = 200
) -> HttpResponse:
    rows = PopulationSet.objects.visible_to(scope).select_related("area")
    context = {
        "rows": rows.order_by("-year", "-created_at", "-pk")[:SHOWN],
        "form": form,
        "may_manage": scope.manages_register,
    }
    return render(request, "maps/populations.html", context, status=status)
