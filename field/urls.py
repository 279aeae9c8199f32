"""Pages under `/field/`: the phone's, which start without a network."""

from __future__ import annotations

from django.urls import path

from field.views.phone import PhoneManifest, PhonePage, PhoneWords, PhoneWorker

app_name = "field"

urlpatterns = [
    path("", PhonePage.as_view(), name="phone"),
    path("sw.js", PhoneWorker.as_view(), name="phone-worker"),
    path("words-<slug:language>.js", PhoneWords.as_view(), name="phone-words"),
    path("manifest-<slug:language>.webmanifest", PhoneManifest.as_view(), name="phone-manifest"),
]
