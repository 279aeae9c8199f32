"""Which pages of ours can be kept as a view, and how their addresses are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PATH: Final = re.compile(r"/(?:[0-9A-Za-z._-]+/)*", re.ASCII)
LONGEST_PATH: Final = 120
LONGEST_QUERY: Final = 4000
PUBLIC_ROOT: Final = "public"
LEFT_OUT: Final = frozenset({"cursor", "next", "csrfmiddlewaretoken"})
"""Parameters that are no part of a view: a place in a list, where to go next, a form's key."""

ROOTS: Mapping[str, str | Promise] = {
    "": _("Map"),
    PUBLIC_ROOT: _("Public map"),
    "sites": _("Sites"),
    "assets": _("Assets"),
    "areas": _("Townships"),
    "programmes": _("Programmes"),
    "targets": _("Targets"),
    "services": _("Service records"),
    "year-plan": _("Next year's plan"),
    "progress": _("Progress"),
    "quantities": _("Declared and mapped"),
    "funding": _("Money"),
    "maintenance": _("Upkeep"),
    "oversight": _("Steering"),
    "coverage": _("Coverage"),
    "reports": _("Reports"),
    "dashboard": _("Dashboard"),
    "screen": _("Big screen"),
    "changes": _("What changed"),
}
"""The first part of a page's path, and the word for what one sees there."""


def page_word(path: str) -> str:
    """Return the word for the page of a path."""
    return str(ROOTS.get(_root(path), path))


def is_page(path: str) -> bool:
    """Whether a path is one of our pages that can be kept: known root, plain form, served."""
    if len(path) > LONGEST_PATH or not PATH.fullmatch(path) or _root(path) not in ROOTS:
        return False
    if "/./" in path or "/../" in path:
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def is_public_page(path: str) -> bool:
    """Whether everybody can open the page without signing in."""
    return _root(path) == PUBLIC_ROOT


def kept_query(text: str) -> str | None:
    """Return the parameters of an address as they are kept; None when they cannot be."""
    if len(text) > LONGEST_QUERY or not text.isprintable():
        return None
    try:
        query = QueryDict(text.removeprefix("?"), mutable=True)
    except ValueError:
        return None
    for name in LEFT_OUT & set(query):
        del query[name]
    kept = query.urlencode(safe=",:")
    values = "".join(value for values in query.lists() for value in (values[0], *values[1]))
    return kept if len(kept) <= LONGEST_QUERY and "\x00" not in values else None


def _root(path: str) -> str:
    return path.split("/")[1] if path.startswith("/") and path != "/" else ""
