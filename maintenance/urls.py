"""Pages of the `maintenance` app, and those of an asset that need what this app knows."""

from __future__ import annotations

from django.urls import URLPattern, path

from maintenance.views.passport import asset_detail, asset_plate, public_asset_page

app_name = "maintenance"

# Each owner of a part adds the addresses of that part to its own list.
workbench: list[URLPattern] = []
agreements: list[URLPattern] = []
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
