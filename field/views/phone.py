"""The phone's page: one shell for everybody, its words, its manifest and its service worker.

Nothing here depends on who asks: the phone keeps these answers and shows them without a network.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import etag

from field.edition import (
    LANGUAGES,
    MARK,
    SHELL,
    WORKER,
    current_edition,
    words_of,
)

ASK_AGAIN = "no-cache"
"""Kept by the browser, but asked after each time: a new version is noticed at once."""
ICONS = (
    ("field/icons/field-192.png", "192x192", "any"),
    ("field/icons/field-512.png", "512x512", "any"),
    ("field/icons/field-maskable-512.png", "512x512", "maskable"),
)
THEME = "#0a454b"


def _shell() -> str:
    return render_to_string("field/phone.html", {"mark": MARK, "theme": THEME})


def _version(request: HttpRequest, *_given: Any, **_named: Any) -> str:
    return f'"{current_edition(_shell().encode()).version}"'


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise Http404
    return language


def _kept(content: str | bytes, content_type: str) -> HttpResponse:
    return HttpResponse(content, content_type=content_type, headers={"Cache-Control": ASK_AGAIN})


@method_decorator([gzip_page, etag(_version)], name="dispatch")
class StaticAnswer(View):
    """An answer that is the same for everybody until the edition changes."""

    http_method_names = ["get", "head", "options"]


class PhonePage(StaticAnswer):
    """The shell: an empty page that the modules fill; it holds no word about anybody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the shell."""
        return _kept(_shell(), "text/html; charset=utf-8")


class PhoneWords(StaticAnswer):
    """The page's words in one language."""

    def get(self, request: HttpRequest, language: str) -> HttpResponse:
        """Return the words as a script."""
        return _kept(words_of(_known(language)), "text/javascript; charset=utf-8")


class PhoneManifest(StaticAnswer):
    """What a phone needs to put the page on its home screen, in one language."""

    def get(self, request: HttpRequest, language: str) -> HttpResponse:
        """Return the manifest."""
        with translation.override(_known(language)):
            manifest = {
                "id": SHELL,
                "name": _("Livelihood Atlas in the field"),
                "short_name": _("Field log"),
                "description": _("Patrols, orders and field entries, also without a network."),
                "lang": "en" if language == "en" else "zh-Hans",
                "start_url": SHELL,
                "scope": SHELL,
                "display": "standalone",
                "orientation": "portrait",
                "theme_color": THEME,
                "background_color": "#ffffff",
                "icons": [
                    {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
                    for name, sizes, purpose in ICONS
                ],
            }
        return _kept(json.dumps(manifest, ensure_ascii=False), "application/manifest+json")


class PhoneWorker(StaticAnswer):
    """The service worker: the edition's list of files, then the code that keeps them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the worker."""
        found = current_edition(_shell().encode())
        edition = {
            "version": found.version,
            "files": found.files,
            "shell": SHELL,
            "mark": MARK,
        }
        script = (
            f"self.edition = {json.dumps(edition)};\nimportScripts({json.dumps(static(WORKER))});\n"
        )
        return _kept(script, "text/javascript; charset=utf-8")
