"""The pages of targets: the table of a year, and the form of one target."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.filters import ParameterError, SiteFilter
from sites.forms import add_service_error
from sites.models import Area, Programme, Target
from sites.services import ServiceError, target_remove, target_save
from sites.target_forms import TargetForm
from sites.target_matrix import target_matrix
from sites.targets import with_relations
from sites.townships import townships_of

PARAMETERS = frozenset({"area", "programme", "year"})


@require_safe
@login_required
def target_list(request: HttpRequest) -> HttpResponse:
    """Show the targets of a year by programme and township; wrong parameters are named (400)."""
    scope = scope_of_request(request)
    chosen, problems = read_filter(request.GET, PARAMETERS)
    years = _years(scope)
    today = timezone.localdate()
    year = chosen.year[0] if chosen.year else _default_year(years, today.year)
    matrix = target_matrix(
        scope,
        year=year,
        as_of=today,
        area=chosen.area[0] if chosen.area else "",
        programme=chosen.programme[0] if chosen.programme else "",
    )
    context = {
        "matrix": matrix,
        "year": year,
        "years": years,
        "today": today,
        "problems": problems,
        "townships": area_choices(scope, chosen.area),
        "may_plan": scope.manages_register,
        "kept": _kept(chosen),
    }
    return render(request, "sites/target_list.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def target_new(request: HttpRequest) -> HttpResponse:
    """Set a target; the address may name programme, area, year and measure."""
    scope = scope_of_request(request)
    if not scope.manages_register:
        raise PermissionDenied
    if request.method != "POST":
        return _form_page(request, TargetForm(scope=scope, initial=_named(request.GET)))
    return _save(request, scope, TargetForm(request.POST, scope=scope), None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def target_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a target, if nobody else did so in the meantime."""
    scope = scope_of_request(request)
    target = _target(scope, pk)
    if request.method != "POST":
        form = TargetForm(instance=target, scope=scope, initial={"version": target.version})
        return _form_page(request, form, target)
    return _save(request, scope, TargetForm(request.POST, instance=target, scope=scope), target)


@require_POST
@login_required
def target_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a target."""
    scope = scope_of_request(request)
    target = _target(scope, pk)
    version = request.POST.get("version", "")
    try:
        target_remove(
            target=target,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            expected_version=int(version) if version.isascii() and version.isdecimal() else 0,
        )
    except ServiceError as error:
        form = TargetForm(instance=target, scope=scope, initial={"version": target.version})
        messages.error(request, str(error.message))
        return _form_page(request, form, target, status=422)
    messages.success(request, _("The target was removed."))
    return redirect(_address(target.year))


def read_filter(
    query: QueryDict, known: frozenset[str]
) -> tuple[SiteFilter, list[tuple[str, str]]]:
    """Read an address, leaving out each parameter that is wrong; they are named."""
    usable = QueryDict(mutable=True)
    problems = []
    for name in query:
        if name in known:
            usable.setlist(name, query.getlist(name))
        else:
            problems.append((name[:60], _("There is no such parameter.")))
    while True:
        try:
            return SiteFilter.from_query(usable), problems
        except ParameterError as error:
            problems.append((error.parameter, error.message))
            del usable[error.parameter]


def area_choices(scope: Scope, chosen: tuple[str, ...]) -> list[Choice]:
    """Return the viewer's townships as choices."""
    rows = townships_of(scope).only("code", "name", "name_en")
    return [Choice(row.code, row.label, row.code in chosen) for row in rows]


def _save(
    request: HttpRequest, scope: Scope, form: TargetForm, target: Target | None
) -> HttpResponse:
    if form.is_valid():
        try:
            saved = target_save(
                target=target,
                values=form.values(),
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                expected_version=form.cleaned_data["version"],
            )
            messages.success(request, _("The target was saved."))
            return redirect(_address(saved.year))
        except ServiceError as error:
            add_service_error(form, error)
    return _form_page(request, form, target, status=422)


def _form_page(
    request: HttpRequest, form: TargetForm, target: Target | None = None, *, status: int = 200
) -> HttpResponse:
    back = _address(target.year) if target else reverse("sites:target-list")
    context = {"form": form, "target": target, "back": back}
    return render(request, "sites/target_form.html", context, status=status)


def _target(scope: Scope, pk: UUID) -> Target:
    """Return a target that the viewer may change; 404 where it may not be known of."""
    targets = with_relations(Target.objects.visible_to(scope))
    target: Target = get_object_or_404(targets, pk=pk)
    if not scope.manages_area(target.area_code):
        raise PermissionDenied
    return target


def _named(query: QueryDict) -> dict[str, Any]:
    """Return what the address says of a new target; what cannot be read is left out."""
    chosen, _problems = read_filter(query, PARAMETERS)
    named: dict[str, Any] = {"year": chosen.year[0] if chosen.year else timezone.localdate().year}
    if chosen.programme:
        named["programme"] = Programme.objects.filter(code=chosen.programme[0]).first()
    if chosen.area:
        found = Area.objects.filter(code=chosen.area[0], valid_to__isnull=True)
        named["area"] = found.defer("boundary").first()
    if query.get("measure", "") in {"pass_rate", "certificate_rate"}:
        named["measure"] = query["measure"]
    return named


def _years(scope: Scope) -> list[int]:
    planned = Target.objects.visible_to(scope).values_list("year", flat=True).distinct()
    running = Programme.objects.visible_to(scope).values_list("year", flat=True).distinct()
    return sorted({*planned, *running}, reverse=True)


def _default_year(years: list[int], today: int) -> int:
    return today if today in years or not years else years[0]


def _address(year: int) -> str:
    return f"{reverse('sites:target-list')}?{urlencode({'year': year})}"


def _kept(chosen: SiteFilter) -> str:
    """Return the parameters that a change of year keeps."""
    pairs = [pair for pair in chosen.pairs() if pair[0] != "year"]
    return urlencode(pairs)
