"""The page of one entry set aside: both values side by side, and the office's decision."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from field.body_fields import label_of
from field.forms_set_aside import ChoicesForm, ReasonForm
from field.services.set_aside_decisions import (
    may_decide,
    set_aside_choose,
    set_aside_dismiss,
)
from field.services.set_aside_retries import (
    CORRECTABLE,
    may_enter_second,
    may_retry,
    set_aside_enter_second,
    set_aside_retry,
)
from field.set_aside_body import as_sent, decision_of
from field.set_aside_words import ADVICE, outcome, title_of, why
from field.side_by_side import SideBySide, side_by_side
from maintenance.kinds import SetAsideCause, SetAsideState
from maintenance.models import SetAsideEntry
from maintenance.refusals import sentences_of
from sites.access import Scope, scope_of_request
from sites.services import ConcurrentChange, NotPermitted, ServiceError


@require_safe
@login_required
def set_aside_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one entry beside what the register holds."""
    return _detail(request, _entry(request, pk))


@require_safe
@login_required
def set_aside_download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the entry as the phone sent it, with why it was not taken, as one JSON file."""
    entry = _entry(request, pk)
    text = json.dumps(as_sent(entry), ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="set-aside-{entry.pk}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@login_required
def set_aside_chosen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Settle a clash value by value."""

    def decide(entry: Any, scope: Scope) -> Any:
        form = ChoicesForm(request.POST)
        return set_aside_choose(
            entry=entry, **form.values(), actor=_user(request), scope=scope, at=timezone.now()
        )

    return _decided(request, pk, decide, _("The clash is settled."))


@require_POST
@login_required
def set_aside_dismissed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave the entry out, with a reason."""

    def decide(entry: Any, scope: Scope) -> Any:
        reason = ReasonForm(request.POST).reason()
        user = _user(request)
        return set_aside_dismiss(
            entry=entry, reason=reason, actor=user, scope=scope, at=timezone.now()
        )

    return _decided(request, pk, decide, _("The entry was dismissed; its sender sees why."))


@require_POST
@login_required
def set_aside_retried(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Judge the entry once more."""

    def decide(entry: Any, scope: Scope) -> Any:
        return set_aside_retry(entry=entry, actor=_user(request), scope=scope, at=timezone.now())

    return _decided(request, pk, decide, _("The entry has gone in now."))


@require_POST
@login_required
def set_aside_entered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the second content in beside the first."""

    def decide(entry: Any, scope: Scope) -> Any:
        return set_aside_enter_second(
            entry=entry, actor=_user(request), scope=scope, at=timezone.now()
        )

    return _decided(request, pk, decide, _("The second entry has gone in; the first stands."))


def _decided(
    request: HttpRequest, pk: UUID, decide: Callable[[Any, Scope], Any], done: str
) -> HttpResponse:
    entry = _entry(request, pk)
    try:
        decide(entry, scope_of_request(request))
    except ConcurrentChange:
        changed = _(
            "The record was changed while you were choosing. The values below are those that hold "
            "now; choose once more."
        )
        return _detail(request, _entry(request, pk), refused=[changed], status=409)
    except ServiceError as error:
        status = 403 if isinstance(error, NotPermitted) else 422
        status = 409 if error.problem == "conflict" else status
        refused = sentences_of(error)
        return _detail(request, _entry(request, pk), refused=refused, status=status)
    messages.success(request, done)
    return redirect("field_office:set-aside-detail", pk=pk)


def _user(request: HttpRequest) -> Any:
    return request.user


def _entry(request: HttpRequest, pk: UUID) -> Any:
    rows = SetAsideEntry.objects.visible_to(scope_of_request(request))
    rows = rows.select_related("asset", "sender", "decided_by")
    return get_object_or_404(rows, pk=pk)


def _detail(
    request: HttpRequest, entry: Any, *, refused: list[str] | None = None, status: int = 200
) -> HttpResponse:
    scope = scope_of_request(request)
    beside = side_by_side(entry, scope)
    may = may_decide(entry, scope) and entry.state == SetAsideState.OPEN
    context = {
        "entry": entry,
        "title": title_of(entry),
        "why": why(entry),
        "advice": ADVICE[SetAsideCause(entry.cause)],
        "outcome": outcome(entry),
        "decision": decision_of(entry, scope),
        "chosen": [(label_of(name), side) for name, side in entry.choices.items()],
        "beside": beside,
        "drawing": beside.picture,
        "refused": refused or [],
        "reason": request.POST.get("reason", "")[:2000],
        "is_own": entry.sender_id == scope.user_id,
        **_offers(entry, beside, may=may),
    }
    return render(request, "field/set_aside_detail.html", context, status=status)


def _offers(entry: Any, beside: SideBySide, *, may: bool) -> dict[str, bool]:
    """Return which decisions the page offers."""
    is_clash = entry.cause == SetAsideCause.CLASH
    return {
        "may_decide": may,
        "may_choose": may and is_clash and beside.record is not None,
        "may_retry": may and may_retry(entry),
        "may_enter": may and may_enter_second(entry),
        "is_correction": entry.entity in CORRECTABLE,
        "may_dismiss": may and not (is_clash and beside.record is not None),
    }
