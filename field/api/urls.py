"""Addresses of the phone's exchange with the register, under `/api/v1/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from field.api.me import FieldMe

urlpatterns: list[URLPattern] = [
    path("field/me", FieldMe.as_view(), name="api-field-me"),
]
