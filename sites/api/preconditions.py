"""Versions as entity tags: nobody overwrites what they have not seen."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from rest_framework.request import Request

from sites.problems import FieldProblem, Problem

ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')
MAX_HEADER = 500


def entity_tag(version: int | str) -> str:
    """Return the strong entity tag of a version."""
    return f'"{version}"'


def require_match(request: Request, version: int | str) -> bool:
    """Whether `If-Match` names the version; `*` does not count, for it names none.

    Raises `Problem` 428 without the header and 400 when it cannot be read.
    """
    header = request.META.get("HTTP_IF_MATCH", "").strip()
    if header in {"", "*"}:
        raise Problem("precondition_required")
    return entity_tag(version) in _tags(header)


def _tags(header: str) -> list[str]:
    parts = [part.strip() for part in header.split(",")]
    if len(header) > MAX_HEADER or not all(ENTITY_TAG.fullmatch(part) for part in parts):
        raise Problem(
            "malformed",
            errors=[FieldProblem("If-Match", "bad_entity_tag", _("If-Match holds no entity tag."))],
        )
    return parts
