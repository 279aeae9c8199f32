"""The page of one site's chain: acceptance, rectification, settlement, handover, archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assets.chain import chain_of
from assets.handover_words import signatures
from assets.kinds import AcceptanceStage
from assets.services.errors import RoleConflict
from assets.services.handover import handover_missing
from assets.views.chain_actions import ACTIONS, Action, Asked
from assets.views.chain_forms import Desk, may_try, offered, with_forms
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.models import ProjectSite
from sites.services import ConcurrentChange, NotPermitted, ServiceError

RELATED = (
    "area",
    "programme",
    "contractor",
    "supervisor",
    "owner_organisation",
    "road",
    "water_works",
    "housing",
)
Conflict = tuple[Any, Any, Any]


@require_safe
@login_required
def chain_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the chain of a site to those who may see it."""
    return _page(request, _desk(request, pk))


def chain_action(name: str) -> Callable[..., HttpResponse]:
    """Return the view that does one action and leads back to the page; a refusal is told there."""
    action = ACTIONS[name]

    @require_POST
    @login_required
    def view(request: HttpRequest, pk: UUID) -> HttpResponse:
        desk = _desk(request, pk)
        if not may_try(desk, name):
            raise PermissionDenied
        form: Any = action.form(desk, (request.POST, request.FILES))
        if not form.is_valid():
            return _page(request, desk, sent=(name, form), status=422)
        try:
            action.do(Asked(desk, request.user, form))  # type: ignore[arg-type]
        except ConcurrentChange:
            return _conflict(request, pk, name, action)
        except NotPermitted as error:
            if not isinstance(error, RoleConflict):
                raise PermissionDenied from error
            form.add_error(None, error.message)
            return _page(request, desk, sent=(name, form), status=403)
        except ServiceError as error:
            add_service_error(form, error)
            return _page(request, _desk(request, pk), sent=(name, form), status=422)
        messages.success(request, action.said)
        return redirect(f"{reverse('assets:chain', args=[pk])}#{action.anchor}")

    return view


def _desk(request: HttpRequest, pk: UUID) -> Desk:
    scope, today = scope_of_request(request), timezone.localdate()
    sites = ProjectSite.objects.visible_to(scope).select_related(*RELATED)
    unused = ("geometry_3857", "outline_3857", "search_text", "area__boundary", "area__centre")
    site = get_object_or_404(sites.defer(*unused), pk=pk)
    return Desk(chain_of(site, scope=scope, today=today), scope, today)


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    sent: tuple[str, Any] | None = None,
    conflicts: Sequence[Conflict] = (),
    status: int = 200,
) -> HttpResponse:
    forms, handover = dict(offered(desk)), desk.chain.handover
    if sent and sent[0] in forms:
        forms[sent[0]] = sent[1]
    context = {
        "site": desk.site,
        "chain": desk.chain,
        "desk": desk,
        "forms": forms,
        "preliminary": desk.chain.of_stage(AcceptanceStage.PRELIMINARY),
        "final": desk.chain.of_stage(AcceptanceStage.FINAL),
        # Names with a hyphen cannot be looked up in a template.
        "work_done": forms.get("work-done"),
        "as_built": forms.get("as-built"),
        "party_form": forms.get("sign-party"),
        "hand_over": forms.get("hand-over"),
        "own_bodies": desk.scope.organisation_ids(),
        "findings": with_forms(desk),
        "sent": sent[1] if sent else None,
        "conflicts": conflicts,
        "signatures": list(signatures(handover)) if handover else [],
        "handover_missing": list(handover_missing(handover))
        if handover and "hand-over" in forms
        else [],
        "today": desk.today,
    }
    return render(request, "assets/chain.html", context, status=status)


def _conflict(request: HttpRequest, pk: UUID, name: str, action: Action) -> HttpResponse:
    """Keep what the person wrote on top of what stands now, and show both where they differ."""
    desk = _desk(request, pk)
    standing: Any = offered(desk).get(name)
    sent = request.POST.copy()
    conflicts: list[Conflict] = []
    if standing is not None:
        sent["version"] = str(standing["version"].value())
        conflicts = [
            (field.label, sent[field.html_name], field.value())
            for field in standing.visible_fields()
            if field.html_name in sent and str(field.value() or "") != sent[field.html_name]
        ]
    form: Any = action.form(desk, (sent, request.FILES))
    form.add_error(None, ConcurrentChange.message)
    return _page(request, desk, sent=(name, form), conflicts=conflicts, status=409)
