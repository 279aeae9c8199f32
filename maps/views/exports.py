"""The page of one's exports: ask for one, watch it, fetch it, remove it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.filters import parameters
from maps.exports.choice import export_layer
from maps.exports.formats import FORMATS
from maps.exports.jobs import (
    TooManyExports,
    cancel_export,
    may_fetch,
    remove_export,
    request_export,
)
from maps.forms import LAYER_WORDS, ExportForm
from maps.layers import EXPORT_LAYERS, LAYERS, LayerDefinition, Topic
from maps.models import ExportJob
from maps.subjects import subject_of
from maps.tasks import write_export
from sites.access import Scope, scope_of_request
from sites.filter_choices import chips, filter_choices
from sites.filters import ParameterError
from sites.kinds import Kind

MOST_SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Show the form for the filter of the address, and the exports asked for so far."""
    scope = scope_of_request(request)
    try:
        layer = export_layer(request.GET.get("layer") or "sites")
        params = request.GET.copy()
        params.pop("layer", None)
        chosen = subject_of(layer).read(params)
    except ParameterError as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(reverse("maps:exports"))
    form = ExportForm(
        request.POST or None, scope=scope, topic=layer.topic, initial=_initial(layer, chosen)
    )
    if request.method == "POST" and form.is_valid() and _requested(request, scope, chosen, form):
        return HttpResponseRedirect(f"{reverse('maps:exports')}#mine")
    context = {
        "form": form,
        "topics": _topics(layer),
        "chips": _chips(layer, chosen, scope),
        "address": _address(layer, chosen.to_query()),
        "query": chosen.to_query(),
        "of_sites": layer.topic is Topic.SITES,
        "of_assets": layer.topic is Topic.ASSETS,
        "count": subject_of(layer).rows(scope, chosen).count(),
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


def _initial(layer: LayerDefinition, chosen: Any) -> dict[str, Any]:
    """Return the layer asked for; where one kind of site is chosen, that kind's."""
    if layer.name == "sites" and len(chosen.kind) == 1:
        kinds = {one.kind: name for name, one in LAYERS.items() if one.topic is Topic.SITES}
        return {"layer": kinds[Kind(chosen.kind[0])]}
    return {"layer": layer.name}


def _topics(now: LayerDefinition) -> list[dict[str, Any]]:
    """Return the ways to the form of each topic; `now` is the one that is shown."""
    first: dict[Topic, str] = {}
    for name in EXPORT_LAYERS:
        first.setdefault(LAYERS[name].topic, name)
    return [
        {"label": LAYER_WORDS[name], "query": _address_of(name), "now": topic is now.topic}
        for topic, name in first.items()
    ]


def _address_of(name: str) -> str:
    return "" if name == "sites" else f"layer={name}"


def _address(layer: LayerDefinition, query: str) -> str:
    return "&".join(part for part in (_address_of(layer.name), query) if part)


def _chips(layer: LayerDefinition, chosen: Any, scope: Scope) -> list[dict[str, str]]:
    """Return what is chosen in words, each with the address without it."""
    if layer.topic is Topic.SITES:
        found = chips(chosen, filter_choices(scope, chosen))
        return [
            {"label": chip.label, "query": _address(layer, chip.without.to_query())}
            for chip in found
        ]
    pairs = chosen.pairs()
    return [
        {
            "label": _pair_words(layer, name, text),
            "query": _address(layer, urlencode([p for p in pairs if p[0] != name], safe=",:")),
        }
        for name, text in pairs
    ]


def _pair_words(layer: LayerDefinition, name: str, text: str) -> str:
    """Return a parameter and its value; the words of assets' parameters are in their filter."""
    if layer.topic is not Topic.ASSETS:
        return f"{name}: {text}"
    parameter = parameters()[name]
    words = dict(parameter.choices.choices) if parameter.choices else {}
    values = [str(words.get(value, value)) for value in text.split(",")]
    return f"{parameter.label}: {', '.join(values)}"


def _requested(
    request: HttpRequest, scope: Scope, chosen: Any, form: ExportForm
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
    return {
        "jobs": [_row(job, scope) for job in jobs],
        "working": any(job.is_open for job in jobs),
    }


def _row(job: ExportJob, scope: Scope) -> dict[str, Any]:
    layer = LAYERS[job.layer]
    chosen = subject_of(layer).read(QueryDict(job.query))
    return {
        "job": job,
        "ready": may_fetch(job, scope),
        "layer": LAYER_WORDS[job.layer],
        "format": FORMATS[job.format].label,
        "filter": " · ".join(chip["label"] for chip in _chips(layer, chosen, scope)),
    }
