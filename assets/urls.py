"""Pages of the `assets` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from assets.views.acceptance_list import acceptance_list
from assets.views.chain_actions import ACTIONS
from assets.views.chain_page import chain_action, chain_page
from assets.views.condition_urls import condition_patterns
from assets.views.documents import document_file
from assets.views.housing import housing
from assets.views.listing import asset_list
from assets.views.progress import (
    progress_entry,
    progress_list,
    progress_new,
    progress_reviewed,
)
from assets.views.register import asset_edit, asset_move, asset_new
from assets.views.routes import route_detail, route_list

app_name = "assets"
urlpatterns: list[URLPattern] = [
    path("assets/", asset_list, name="asset-list"),
    path("assets/new/", asset_new, name="asset-new"),
    path("assets/<uuid:pk>/edit/", asset_edit, name="asset-edit"),
    path("assets/<uuid:pk>/move/", asset_move, name="asset-move"),
    path("assets/routes/", route_list, name="route-list"),
    path("assets/routes/<uuid:pk>/", route_detail, name="route-detail"),
    path("assets/housing/", housing, name="housing"),
    *condition_patterns,
    path("assets/acceptance/", acceptance_list, name="acceptance-list"),
    path("assets/acceptance/<uuid:pk>/", chain_page, name="chain"),
    *(
        path(f"assets/acceptance/<uuid:pk>/{name}/", chain_action(name), name=f"chain-{name}")
        for name in ACTIONS
    ),
    path("progress/", progress_list, name="progress-list"),
    path("progress/<uuid:pk>/", progress_entry, name="progress-entry"),
    path("progress/<uuid:pk>/review/", progress_reviewed, name="progress-review"),
    path("sites/<uuid:pk>/progress/new/", progress_new, name="progress-new"),
    path("assets/documents/<uuid:pk>/", document_file, name="document"),
]
