"""Writing an agreement: its terms on one form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maintenance.agreement_models import TEMPLATES
from maintenance.agreement_page import powers
from maintenance.forms_agreements import AgreementForm, add_refusal, initial_for, initial_of
from maintenance.kinds import AgreementModel
from maintenance.models import Agreement
from maintenance.services import agreement_create, agreement_update
from sites.access import scope_of_request
from sites.services import ConcurrentChange, NotPermitted, ServiceError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agreement_new(request: HttpRequest) -> HttpResponse:
    """Draft an agreement; `?model=` chooses the template from which the form starts."""
    scope = scope_of_request(request)
    if not scope.edits_sites:
        raise PermissionDenied
    asked = request.GET.get("model", "")
    model = AgreementModel(asked) if asked in AgreementModel.values else AgreementModel.THREE_PARTY
    if request.method != "POST":
        return _page(request, AgreementForm(scope=scope, initial=initial_for(model)), model=model)
    form = AgreementForm(request.POST, scope=scope)
    if form.is_valid():
        try:
            agreement = agreement_create(
                terms=form.terms(),
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
            )
            messages.success(request, _("The draft was saved. Choose now what it covers."))
            return redirect("maintenance:agreement-scope", pk=agreement.pk)
        except NotPermitted as error:
            raise PermissionDenied from error
        except ServiceError as error:
            add_refusal(form, error)
    return _page(request, form, model=model, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agreement_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the terms of a draft, or of what is negotiated and nobody has signed."""
    scope = scope_of_request(request)
    agreements = Agreement.objects.visible_to(scope).select_related("area").defer("area__boundary")
    agreement = get_object_or_404(agreements, pk=pk)
    if not powers(scope, agreement).edit:
        raise PermissionDenied
    if request.method != "POST":
        form = AgreementForm(instance=agreement, scope=scope, initial=initial_of(agreement))
        return _page(request, form, agreement=agreement)
    form = AgreementForm(request.POST, instance=agreement, scope=scope)
    status = 422
    if form.is_valid():
        try:
            agreement_update(
                agreement=agreement,
                terms=form.terms(),
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                expected_version=form.cleaned_data["version"] or 0,
            )
            messages.success(request, _("The agreement was saved."))
            return redirect("maintenance:agreement-detail", pk=pk)
        except NotPermitted as error:
            raise PermissionDenied from error
        except ConcurrentChange:
            status = 409
            form.add_error(
                None,
                _("Somebody changed this agreement meanwhile. Load the page again to see it."),
            )
        except ServiceError as error:
            add_refusal(form, error)
    return _page(request, form, agreement=agreement, status=status)


def _page(
    request: HttpRequest,
    form: AgreementForm,
    *,
    agreement: Agreement | None = None,
    model: AgreementModel | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "agreement": agreement,
        "model": model,
        "templates": [(entry.model, entry.usual_for) for entry in TEMPLATES.values()],
    }
    return render(request, "maintenance/agreement_form.html", context, status=status)
