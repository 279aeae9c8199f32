"""Pages for the office, under `/maintenance/`: what phones sent and nobody could take in."""

from __future__ import annotations

from django.urls import URLPattern, path

from field.views import outbox_files, set_aside_list, set_aside_pages

app_name = "field_office"

urlpatterns: list[URLPattern] = [
    path("outbox-files/", outbox_files.outbox_files, name="outbox-files"),
    path("outbox-files/take/", outbox_files.outbox_file_taken, name="outbox-file-take"),
    path("set-aside/", set_aside_list.set_aside_list, name="set-aside-list"),
    path("set-aside/<uuid:pk>/", set_aside_pages.set_aside_detail, name="set-aside-detail"),
    path(
        "set-aside/<uuid:pk>/download/",
        set_aside_pages.set_aside_download,
        name="set-aside-download",
    ),
    path("set-aside/<uuid:pk>/choose/", set_aside_pages.set_aside_chosen, name="set-aside-choose"),
    path("set-aside/<uuid:pk>/retry/", set_aside_pages.set_aside_retried, name="set-aside-retry"),
    path("set-aside/<uuid:pk>/enter/", set_aside_pages.set_aside_entered, name="set-aside-enter"),
    path(
        "set-aside/<uuid:pk>/dismiss/",
        set_aside_pages.set_aside_dismissed,
        name="set-aside-dismiss",
    ),
]
