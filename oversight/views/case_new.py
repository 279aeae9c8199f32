"""A new case: from a site, from a missed record, or from nothing but the facts."""

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
from oversight.case_choices import RECORDS, ground_choices
from oversight.forms_cases import RaiseForm
from oversight.models import AccountabilityCase
from oversight.services.case_grounds import Grounds
from oversight.services.cases import case_raise
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.models import ProjectSite
from sites.services import NotPermitted, ServiceError


@takes_photos
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def case_new(request: HttpRequest) -> HttpResponse:
    """Raise a case; the address may name the site or the record that was missed."""
    scope = scope_of_request(request)
    if not scope.manages_register:
        raise PermissionDenied
    if request.method == "POST":
        return _raise(request, scope)
    site, ground = _asked(request, scope)
    grounds = ground_choices(scope, site, on=timezone.localdate())
    initial = {"site": site.pk if site else None, "ground": ground or grounds[0].value}
    form = RaiseForm(scope=scope, grounds=grounds, initial=initial)
    return render(request, "oversight/case_new.html", {"form": form, "site": site})


def _raise(request: HttpRequest, scope: Scope) -> HttpResponse:
    site = _site(scope, request.POST.get("site", ""))
    today = timezone.localdate()
    grounds = ground_choices(scope, site, on=today)
    form = RaiseForm(request.POST, request.FILES, scope=scope, grounds=grounds)
    case: AccountabilityCase | None = None
    if form.is_valid():
        try:
            case = _raised(request, form, site, scope)
        except NotPermitted as error:
            if type(error) is NotPermitted:
                raise PermissionDenied from error
            add_service_error(form, error)
        except ServiceError as error:
            add_service_error(form, error)
    if case is None:
        context = {"form": form, "site": site}
        return render(request, "oversight/case_new.html", context, status=422)
    words = {"number": case.number}
    messages.success(request, _("Case %(number)s was raised. Now send its letter.") % words)
    return redirect("oversight:case-detail", pk=case.pk)


def _raised(
    request: HttpRequest, form: RaiseForm, site: ProjectSite | None, scope: Scope
) -> AccountabilityCase:
    given = form.cleaned_data
    cause, record = given["ground"]
    behind: dict[str, Any] = {cause: record} if record else {}
    grounds = Grounds(
        cause=cause,
        organisation=given["organisation"],
        person=given["person"],
        site=site,
        **behind,
    )
    return case_raise(
        grounds=grounds,
        facts=given["facts"],
        level=given["level"],
        photos=given["photos"],
        actor=request.user,  # type: ignore[arg-type]
        scope=scope,
        on=timezone.localdate(),
    )


def _asked(request: HttpRequest, scope: Scope) -> tuple[ProjectSite | None, str]:
    """Return the site and the ground that the address names; 404 for what is not known."""
    site, ground = _site(scope, request.GET.get("site", "")), ""
    for cause, model in RECORDS.items():
        key = request.GET.get(str(cause), "")
        if key:
            record = model.objects.visible_to(scope).filter(pk=_key(key)).first()
            if record is None:
                raise Http404
            owner = getattr(record, "acceptance", record)
            site = getattr(owner, "site", None) or site
            ground = f"{cause}:{record.pk}"
    return site, ground


def _site(scope: Scope, key: str) -> ProjectSite | None:
    if not key:
        return None
    rows = ProjectSite.objects.visible_to(scope).select_related("area").defer("area__boundary")
    found: ProjectSite | None = rows.filter(pk=_key(key)).first()
    if found is None:
        raise Http404
    return found


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
