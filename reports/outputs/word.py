"""A report put into a Word layout.

A layout is a Word file with tags. Whoever may edit templates may bring one, so its tags run in a
sandbox without any function of the outside, and it is tried before it is kept.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sites.services.errors import ServiceError

MOST_PARTS: Final = 1_000
MOST_BYTES: Final = 64 * 1024**2
"""Of a layout when it is unpacked."""
NARROW_FROM: Final = 4
"""So many columns leave too little room for a name."""


class LayoutRefused(ServiceError):
    """A Word file cannot serve as a layout."""

    code = "layout_refused"
    message = gettext_lazy("The file cannot serve as a layout.")

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


def word_document(layout: bytes, told: Mapping[str, Any]) -> bytes:
    """Return the layout with the report's words in it; raises `LayoutRefused`.

    `told` is what `reports.outputs.content` makes of a report.
    """
    _check_parts(layout)
    try:
        template = DocxTemplate(io.BytesIO(layout))
        template.render(dict(told), jinja_env=_environment(), autoescape=True)
    except TemplateError as error:
        sentence = _("The layout's tags cannot be used: %(reason)s")
        raise LayoutRefused(sentence % {"reason": str(error)[:200]}) from error
    except (KeyError, ValueError, SyntaxError, AttributeError, TypeError, OSError) as error:
        raise LayoutRefused(_("The file is no sound Word document.")) from error
    _widen_first_columns(template.docx)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def _widen_first_columns(document: Any) -> None:
    """Give names twice the room of a number in tables whose columns came out all alike."""
    for table in document.tables:
        widths = {column.width for column in table.columns}
        if len(table.columns) < NARROW_FROM or len(widths) > 1:
            continue
        whole = sum(column.width for column in table.columns)
        step = whole // (len(table.columns) + 1)
        for place, column in enumerate(table.columns):
            column.width = step if place else step * 2
        for row in table.rows:
            for place, cell in enumerate(row.cells):
                cell.width = step if place else step * 2


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    environment.globals.clear()
    return environment


def _check_parts(layout: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(layout)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise LayoutRefused(_("The file is no sound Word document.")) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise LayoutRefused(_("The file is too large when it is unpacked."))
    if not any(part.filename == "word/document.xml" for part in parts):
        raise LayoutRefused(_("The file is no sound Word document."))
