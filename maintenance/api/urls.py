"""API addresses of upkeep."""

from __future__ import annotations

from django.urls import URLPattern

agreements: list[URLPattern] = []
duties: list[URLPattern] = []
defects: list[URLPattern] = []
orders: list[URLPattern] = []
payments: list[URLPattern] = []

urlpatterns: list[URLPattern] = [
    *agreements,
    *duties,
    *defects,
    *orders,
    *payments,
]
