"""Pages of the `maintenance` app, and those of an asset that need what this app knows."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "maintenance"

# Each owner of a part adds the addresses of that part to its own list.
workbench: list[URLPattern] = []
agreements: list[URLPattern] = []
duties: list[URLPattern] = []
defects: list[URLPattern] = []
orders: list[URLPattern] = []
payments: list[URLPattern] = []
passports: list[URLPattern] = []
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
