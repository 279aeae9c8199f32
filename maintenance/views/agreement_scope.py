"""The page on which an agreement is told what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maintenance.agreement_page import powers, scope_drawing, stretches
from maintenance.agreement_terms import ScopeTerm, Terms
from maintenance.kinds import UpkeepTask
from maintenance.models import Agreement
from maintenance.scope_picker import (
    Picking,
    PickingError,
    candidates,
    chosen_terms,
    standing_terms,
)
from maintenance.services import agreement_update
from sites.access import scope_of_request
from sites.filters import ParameterError
from sites.kinds import Kind
from sites.models import Area
from sites.services import ConcurrentChange, NotPermitted, RefusedByRegister, ServiceError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agreement_scope(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what the agreement covers and what could be added; take both forms."""
    scope = scope_of_request(request)
    agreements = Agreement.objects.visible_to(scope).select_related("area").defer("area__boundary")
    agreement = get_object_or_404(agreements, pk=pk)
    if not powers(scope, agreement).edit:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, agreement)
    try:
        terms = _posted(request, agreement)
        _save(request, agreement, terms)
    except PickingError as error:
        return _page(request, agreement, refused=error.sentences, status=422)
    except ConcurrentChange:
        sentence = _("Somebody changed this agreement meanwhile. This is how it stands now.")
        return _page(request, agreement, refused=[sentence], status=409)
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        return _page(request, agreement, refused=_reasons(error), status=422)
    messages.success(request, _("What the agreement covers was saved."))
    return redirect(f"{request.path}?{request.GET.urlencode()}")


def _posted(request: HttpRequest, agreement: Agreement) -> list[ScopeTerm]:
    """Return the whole list as it is to stand: rows that stay, with their keepers, and new ones."""
    data = request.POST
    standing = standing_terms(agreement)
    if data.get("action") == "add":
        added = chosen_terms(scope_of_request(request), data)
        if not added:
            raise PickingError([_("Tick what the agreement is to cover.")])
        return [*standing.values(), *added]
    return [
        _with_keeper(term, str(key), data)
        for key, term in standing.items()
        if str(key) not in data.getlist("remove")
    ]


def _with_keeper(term: ScopeTerm, key: str, data: QueryDict) -> ScopeTerm:
    """Return a term with the keeper that was written; rows that the page left out stay."""
    return replace(
        term,
        keeper_name=data.get(f"keeper_{key}", term.keeper_name).strip()[:60],
        keeper_phone=data.get(f"phone_{key}", term.keeper_phone).strip()[:30],
    )


def _save(request: HttpRequest, agreement: Agreement, terms: Sequence[ScopeTerm]) -> None:
    version = request.POST.get("version", "")
    agreement_update(
        agreement=agreement,
        terms=Terms(scopes=terms),
        actor=request.user,  # type: ignore[arg-type]
        scope=scope_of_request(request),
        expected_version=int(version) if version.isascii() and version.isdecimal() else 0,
    )


def _reasons(error: ServiceError) -> list[str]:
    if isinstance(error, RefusedByRegister):
        return [text for _field, _code, text in error.errors]
    return [str(error.message)]


def _page(
    request: HttpRequest,
    agreement: Agreement,
    *,
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    scope = scope_of_request(request)
    problems = list(refused)
    try:
        asked = Picking.from_query(request.GET)
    except ParameterError as error:
        problems.append(f"{error.parameter}: {error.message}")
        asked, status = Picking.from_query(QueryDict()), 400
    agreement.refresh_from_db(fields=["version", "state"])
    found, after = ([], "") if asked.is_empty else candidates(scope, agreement, asked)
    villages = Area.objects.within(agreement.area_code).in_force(agreement.starts_on)
    context = {
        "agreement": agreement,
        "asked": asked,
        "refused": problems,
        "found": found,
        "next_query": asked.query(after) if after else "",
        "covered": stretches(agreement, scope, every=True),
        "drawing": scope_drawing(agreement),
        "kinds": [(kind.value, kind.label) for kind in Kind if kind != Kind.HOUSING],
        "tasks": UpkeepTask.choices,
        "areas": villages.only("code", "name", "name_en", "level").order_by("code"),
    }
    return render(request, "maintenance/agreement_scope.html", context, status=status)
