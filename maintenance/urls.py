"""Pages of the `maintenance` app, and those of an asset that need what this app knows."""

from __future__ import annotations

from django.urls import URLPattern, path

from maintenance.views.agreement_edit import agreement_edit, agreement_new
from maintenance.views.agreement_list import agreement_list
from maintenance.views.agreement_page import (
    agreement_delete,
    agreement_detail,
    agreement_keeper,
    agreement_move,
    agreement_print,
    agreement_renewal,
    agreement_signature,
)
from maintenance.views.agreement_scope import agreement_scope
from maintenance.views.passport import asset_detail, asset_plate, public_asset_page
from maintenance.views.posts import post_end, post_new, post_page

app_name = "maintenance"

# Each owner of a part adds the addresses of that part to its own list.
workbench: list[URLPattern] = []
agreements: list[URLPattern] = [
    path("maintenance/agreements/", agreement_list, name="agreement-list"),
    path("maintenance/agreements/new/", agreement_new, name="agreement-new"),
    path("maintenance/agreements/<uuid:pk>/", agreement_detail, name="agreement-detail"),
    path("maintenance/agreements/<uuid:pk>/edit/", agreement_edit, name="agreement-edit"),
    path("maintenance/agreements/<uuid:pk>/scope/", agreement_scope, name="agreement-scope"),
    path("maintenance/agreements/<uuid:pk>/print/", agreement_print, name="agreement-print"),
    path("maintenance/agreements/<uuid:pk>/move/", agreement_move, name="agreement-move"),
    path("maintenance/agreements/<uuid:pk>/sign/", agreement_signature, name="agreement-sign"),
    path("maintenance/agreements/<uuid:pk>/renew/", agreement_renewal, name="agreement-renew"),
    path("maintenance/agreements/<uuid:pk>/remove/", agreement_delete, name="agreement-remove"),
    path(
        "maintenance/agreements/<uuid:pk>/keepers/<uuid:stretch>/",
        agreement_keeper,
        name="agreement-keeper",
    ),
    path("maintenance/agreements/<uuid:pk>/posts/", post_new, name="post-new"),
    path("maintenance/posts/<uuid:pk>/", post_page, name="post-page"),
    path("maintenance/posts/<uuid:pk>/end/", post_end, name="post-end"),
]
duties: list[URLPattern] = []
defects: list[URLPattern] = []
orders: list[URLPattern] = []
payments: list[URLPattern] = []
passports: list[URLPattern] = [
    path("assets/<uuid:pk>/", asset_detail, name="asset-detail"),
    path("assets/<uuid:pk>/plate/", asset_plate, name="asset-plate"),
    path("public/a/<slug:plate>/", public_asset_page, name="public-asset"),
]
public: list[URLPattern] = []

urlpatterns: list[URLPattern] = [
    *workbench,
    *agreements,
    *duties,
    *defects,
    *orders,
    *payments,
    *passports,
    *public,
]
