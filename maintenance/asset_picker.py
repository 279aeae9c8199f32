"""Choosing the asset of a form: by what was typed, among those that the viewer may see."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest

from assets.filters import AssetFilter
from assets.models import Asset
from sites.access import Scope
from sites.filter_values import ParameterError

MOST_FOUND: Final = 30


def picked_asset(request: HttpRequest, scope: Scope) -> Any:
    """Return the asset that `?asset=` names, None without one; raises 404 for an unknown one."""
    text = request.GET.get("asset") or request.POST.get("asset") or ""
    if not text:
        return None
    rows = Asset.objects.visible_to(scope).select_related("area", "road_section__route")
    try:
        return rows.defer("area__boundary", "search_text").get(pk=UUID(text))
    except (ValueError, Asset.DoesNotExist) as error:
        raise Http404 from error


def picker_context(request: HttpRequest, scope: Scope, *, title: str) -> dict[str, Any]:
    """Return the assets in service that the words in `?q=` find, the first ones by code."""
    text, problem = request.GET.get("q", ""), ""
    rows = Asset.objects.visible_to(scope).to_keep_up()
    try:
        rows = AssetFilter.from_query({"q": text}).apply(rows)
    except ParameterError as error:
        rows, problem = Asset.objects.none(), error.message
    found = rows.select_related("area").only(
        "code", "name", "name_en", "kind", "area__name", "area__name_en", "area__code"
    )
    kept = [(name, value) for name, value in request.GET.items() if name not in {"q", "asset"}]
    return {
        "title": title,
        "q": text[:100],
        "problem": problem,
        "found": list(found.order_by("code")[:MOST_FOUND]),
        "most": MOST_FOUND,
        "kept": kept,
    }
