"""The page of one's exports: ask for one, watch it, fetch it, remove it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maps.exports.formats import FORMATS
from maps.exports.jobs import (
    TooManyExports,
    cancel_export,
    may_fetch,
    remove_export,
    request_export,
)
from maps.forms import LAYER_WORDS, ExportForm
from maps.layers import LAYERS
from maps.models import ExportJob
from maps.tasks import write_export
from sites.access import Scope, scope_of_request
from sites.filter_choices import FilterChoices, chips, filter_choices
from sites.filters import ParameterError, SiteFilter
from sites.models import ProjectSite

MOST_SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Show the form for the filter of the address, and the exports asked for so far."""
    scope = scope_of_request(request)
    try:
        chosen = SiteFilter.from_query(request.GET)
    except ParameterError as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(reverse("maps:exports"))
    form = ExportForm(request.POST or None, scope=scope, initial=_only_kind(chosen))
    if request.method == "POST" and form.is_valid() and _requested(request, scope, chosen, form):
        return HttpResponseRedirect(f"{reverse('maps:exports')}#mine")
    context = {
        "form": form,
        "chips": chips(chosen, filter_choices(scope, chosen)),
        "query": chosen.to_query(),
        "count": chosen.apply(ProjectSite.objects.visible_to(scope)).count(),
        **_mine(scope),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "maps/export_list.html", context, status=status)


@login_required
@require_safe
def export_rows(request: HttpRequest) -> HttpResponse:
    """Answer the table of exports alone, which the page asks for while one is at work."""
    return render(request, "maps/partials/_exports.html", _mine(scope_of_request(request)))


@login_required
@require_POST
def export_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop an export at work, or remove one that has ended."""
    mine = ExportJob.objects.visible_to(scope_of_request(request))
    job = get_object_or_404(mine, pk=pk)
    if job.is_open:
        cancel_export(job)
    else:
        remove_export(job)
    return HttpResponseRedirect(f"{reverse('maps:exports')}#mine")


def _only_kind(chosen: SiteFilter) -> dict[str, Any]:
    layers = {
        "road": "roads",
        "village_centre": "village_centres",
        "water_works": "water_works",
        "housing": "housing",
        "facility": "facilities",
    }
    return {"layer": layers[chosen.kind[0]]} if len(chosen.kind) == 1 else {}


def _requested(
    request: HttpRequest, scope: Scope, chosen: SiteFilter, form: ExportForm
) -> ExportJob | None:
    asked = form.cleaned_data
    try:
        with transaction.atomic():
            job = request_export(
                owner=request.user,  # type: ignore[arg-type]
                scope=scope,
                chosen=chosen,
                layer=asked["layer"],
                form=asked["form"],
                names=asked["names"],
                srid=asked["srid"],
                reason=asked["reason"],
            )
            write_export.defer(job_id=str(job.pk))
    except ParameterError as error:
        form.add_error(error.parameter if error.parameter in form.fields else None, error.message)
        return None
    except TooManyExports:
        form.add_error(None, _("Five of your exports are still waiting. Try again when one ends."))
        return None
    return job


def _mine(scope: Scope) -> dict[str, Any]:
    jobs = list(ExportJob.objects.visible_to(scope)[:MOST_SHOWN])
    offered = filter_choices(scope, SiteFilter())
    return {
        "jobs": [_row(job, scope, offered) for job in jobs],
        "working": any(job.is_open for job in jobs),
    }


def _row(job: ExportJob, scope: Scope, offered: FilterChoices) -> dict[str, Any]:
    chosen = SiteFilter.from_query(QueryDict(job.query))
    return {
        "job": job,
        "ready": may_fetch(job, scope),
        "layer": LAYER_WORDS[LAYERS[job.layer].kind],
        "format": FORMATS[job.format].label,
        "filter": " · ".join(chip.label for chip in chips(chosen, offered)),
    }
