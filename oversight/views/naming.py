"""Naming a person for a site, for many sites, for a programme or a township's part of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from oversight.forms_responsibility import NameForm
from oversight.kinds import ResponsibleRole
from oversight.services.access import may_name
from oversight.services.responsibilities import (
    MOST_SITES,
    responsibility_set,
    responsibility_set_many,
)
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.listing import LISTED_COLUMNS
from sites.models import Area, Programme, ProjectSite
from sites.services import NotPermitted, ServiceError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def responsibility_name(request: HttpRequest) -> HttpResponse:
    """Name a person: `site` (one or many), or `programme` and perhaps `area` say for what."""
    scope = scope_of_request(request)
    if not scope.edits_sites:
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    subject = _subject(asked, scope)
    role = asked.get("role", "")
    first = {
        "role": role if role in ResponsibleRole.values else ResponsibleRole.PROJECT_LEAD,
        "starts_on": timezone.localdate(),
    }
    form = NameForm(request.POST if "person" in request.POST else None, scope=scope, initial=first)
    if form.is_bound and form.is_valid() and _named(request, form, subject, scope):
        return redirect(_back(subject))
    context = {"form": form, **subject, "back": _back(subject)}
    status = 422 if form.is_bound else 200
    return render(request, "oversight/responsibility_name.html", context, status=status)


def _named(request: HttpRequest, form: NameForm, subject: dict[str, Any], scope: Scope) -> bool:
    values = {**form.cleaned_data, "actor": request.user, "scope": scope}
    try:
        if subject["sites"]:
            keys = [site.pk for site in subject["sites"]]
            number = len(responsibility_set_many(site_ids=keys, **values))
        else:
            responsibility_set(programme=subject["programme"], area=subject["area"], **values)
            number = 1
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        add_service_error(form, error)
        return False
    told = ngettext("The person was named.", "The person was named for %(number)s sites.", number)
    messages.success(request, told % {"number": number})
    return True


def _subject(asked: QueryDict, scope: Scope) -> dict[str, Any]:
    """Return the sites, or the programme and township, that an address names; 404 for others."""
    keys = [_key(text) for text in asked.getlist("site")[: MOST_SITES + 1]]
    if keys:
        rows = ProjectSite.objects.visible_to(scope).filter(pk__in=keys).order_by("code")
        sites = list(rows.select_related("programme").only(*LISTED_COLUMNS))
        if len(sites) != len(set(keys)):
            raise Http404
        if not all(may_name(scope, site=site) for site in sites):
            raise PermissionDenied
        return {"sites": sites, "programme": None, "area": None}
    programmes = Programme.objects.visible_to(scope)
    programme = get_object_or_404(programmes, pk=_key(asked.get("programme", "")))
    area = None
    if asked.get("area"):
        areas = Area.objects.visible_to(scope).defer("boundary")
        area = get_object_or_404(areas, pk=_key(asked.get("area", "")))
    if not may_name(scope, area=area):
        raise PermissionDenied
    return {"sites": [], "programme": programme, "area": area}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _back(subject: dict[str, Any]) -> str:
    sites = subject["sites"]
    if len(sites) == 1:
        return reverse("oversight:responsibility-site", args=[sites[0].pk])
    if sites:
        return reverse("oversight:responsibility-list")
    return reverse("oversight:responsibility-programme", args=[subject["programme"].pk])
