"""API addresses of steering."""

from __future__ import annotations

from django.urls import URLPattern

responsibility: list[URLPattern] = []
plans: list[URLPattern] = []
meetings: list[URLPattern] = []
cases: list[URLPattern] = []
information: list[URLPattern] = []

urlpatterns: list[URLPattern] = [
    *responsibility,
    *plans,
    *meetings,
    *cases,
    *information,
]
