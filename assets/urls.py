"""Pages of the `assets` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from assets.views.acceptance_list import acceptance_list
from assets.views.chain_actions import ACTIONS
from assets.views.chain_page import chain_action, chain_page
from assets.views.condition_urls import condition_patterns
from assets.views.documents import document_file

app_name = "assets"
urlpatterns: list[URLPattern] = [
    *condition_patterns,
    path("assets/acceptance/", acceptance_list, name="acceptance-list"),
    path("assets/acceptance/<uuid:pk>/", chain_page, name="chain"),
    *(
        path(f"assets/acceptance/<uuid:pk>/{name}/", chain_action(name), name=f"chain-{name}")
        for name in ACTIONS
    ),
    path("assets/documents/<uuid:pk>/", document_file, name="document"),
]
