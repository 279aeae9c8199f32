"""Pages of steering: plans, meetings, decisions, responsibility, accountability, information."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "oversight"

# Each owner of a part adds the addresses of that part to its own list.
workbench: list[URLPattern] = []
responsibility: list[URLPattern] = []
plans: list[URLPattern] = []
meetings: list[URLPattern] = []
cases: list[URLPattern] = []
information: list[URLPattern] = []

urlpatterns: list[URLPattern] = [
    *workbench,
    *responsibility,
    *plans,
    *meetings,
    *cases,
    *information,
]
