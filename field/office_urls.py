"""Pages for the office, under `/maintenance/`: what phones sent and nobody could take in."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "field_office"

urlpatterns: list[URLPattern] = []
