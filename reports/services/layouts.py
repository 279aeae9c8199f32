"""The office's own Word layout of a report template."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from assets.document_files import DOCX, keep_file, path_of
from reports.models import ReportTemplate
from reports.outputs.layout import standard_layout
from reports.outputs.word import LayoutRefused, word_document
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted
from sites.services.saving import locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SAMPLE: Final[Mapping[str, Any]] = {
    "title": "—",
    "subtitle": "—",
    "sections": [
        {
            "heading": "—",
            "paragraphs": ["—"],
            "table": {"caption": "—", "columns": ["—", "—"], "rows": [["—", "—"]], "note": ""},
        },
        {"heading": "—", "paragraphs": [], "table": None},
    ],
    "notes": "—",
    "signer": "—",
    "signed_on": "—",
}
"""What a layout is tried with before it is kept."""


@transaction.atomic
def layout_set(
    *,
    template: ReportTemplate,
    pieces: Iterable[bytes],
    name: str,
    keys: Iterable[str],
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> ReportTemplate:
    """Keep a Word file as the layout of a template, after a trial with the figures of `keys`.

    Raises `NotPermitted`, `ConcurrentChange`, `DocumentRefused` or `LayoutRefused`; nothing of a
    refused file serves.
    """
    _require_editor(scope)
    current = locked(template, expected_version)
    kept = keep_file(pieces, name=name)
    if kept.content_type != DOCX:
        raise LayoutRefused(_("A layout is a Word file (.docx)."))
    figures = dict(zip(keys, itertools.repeat("0"), strict=False))
    word_document(path_of(kept.sha256).read_bytes(), {**SAMPLE, "figures": figures})
    current.document_name, current.document_sha256 = kept.name, kept.sha256
    with authored(actor=actor, reason=""):
        save_checked(current)
    return current


@transaction.atomic
def layout_remove(
    *, template: ReportTemplate, actor: User | None, scope: Scope, expected_version: int
) -> ReportTemplate:
    """Go back to the standard layout. Raises `NotPermitted` or `ConcurrentChange`."""
    _require_editor(scope)
    current = locked(template, expected_version)
    current.document_name = current.document_sha256 = ""
    with authored(actor=actor, reason=""):
        save_checked(current)
    return current


def layout_of(template: ReportTemplate) -> bytes:
    """Return the template's own layout, or the standard one."""
    if template.document_sha256:
        return path_of(template.document_sha256).read_bytes()
    return standard_layout()


def _require_editor(scope: Scope) -> None:
    if not scope.manages_register:
        raise NotPermitted
