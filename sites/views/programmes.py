"""The programmes page: what each level of government set out to do, and how far it is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sites.access import Scope, scope_of_request
from sites.kinds import ProgrammeKind
from sites.models import Programme
from sites.programme_forms import ProgrammeForm
from sites.programme_progress import levels_of_kind, programme_progress, tally_by_kind
from sites.services.programmes import programme_create


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def programme_list(request: HttpRequest) -> HttpResponse:
    """Show the programmes by level, and take a new one from who keeps the register.

    `?year=` and `?kind=` narrow it down and fall back to all.
    """
    scope = scope_of_request(request)
    if request.method != "POST":
        return _page(request, scope, ProgrammeForm())
    if not scope.manages_register:
        raise PermissionDenied
    form = ProgrammeForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, form, status=422)
    programme = programme_create(values=form.cleaned_data, scope=scope)
    messages.success(
        request, _("The programme “%(name)s” was created.") % {"name": programme.label}
    )
    return redirect("sites:programme-list")


def _page(
    request: HttpRequest, scope: Scope, form: ProgrammeForm, *, status: int = 200
) -> HttpResponse:
    years = sorted(
        set(Programme.objects.visible_to(scope).values_list("year", flat=True)), reverse=True
    )
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(known) for known in years} else None
    levels = programme_progress(scope=scope, as_of=timezone.localdate(), year=year)
    kind = request.GET.get("kind", "")
    shown = levels_of_kind(levels, kind) if kind in ProgrammeKind.values else levels
    context = {
        "levels": shown,
        "tally": tally_by_kind(levels),
        "kind": kind,
        "years": years,
        "year": year,
        "form": form,
    }
    return render(request, "sites/programme_list.html", context, status=status)
