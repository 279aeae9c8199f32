"""The API of the `reports` app."""

from __future__ import annotations

from django.urls import URLPattern

# Each owner of a part adds the addresses of that part to its own list.
told: list[URLPattern] = []

urlpatterns: list[URLPattern] = [*told]
