"""Pages under `/field/`: the phone's, which start without a network."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "field"

urlpatterns: list[URLPattern] = []
