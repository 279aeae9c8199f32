"""A letter as a DOCX file in the layout of official letters.

Paper, margins, type and spacing follow GB/T 9704-2012 as far as a letter without letterhead and
seal needs them: A4, margins 37/35/28/26 mm, title 2 号, body 3 号 (16 pt), lines of 28 pt, two
characters of indent. The typefaces are named, not embedded.
"""

from __future__ import annotations

import io
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from oversight.letters import Letter

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE_FACE: Final = "方正小标宋简体"
BODY_FACE: Final = "仿宋_GB2312"
TITLE_PT: Final = 22
BODY_PT: Final = 16
LINE_PT: Final = 28
LONGEST_TITLE_LINE: Final = 19
"""Characters of the title's size that fit between the margins."""


def letter_document(letter: Letter) -> bytes:
    """Return the letter as the bytes of a DOCX file."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    for part in _title_lines(letter.title):
        _line(document, part, face=TITLE_FACE, size=TITLE_PT, align=centre)
    _line(document, letter.number_line, align=centre)
    _line(document, "")
    _line(document, letter.salutation)
    for paragraph in letter.paragraphs:
        _line(document, paragraph, indent=True)
    _line(document, "")
    _line(document, letter.issuer, align=right)
    _line(document, letter.day, align=right)
    document.core_properties.title = letter.title
    document.core_properties.author = letter.issuer
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _title_lines(title: str) -> list[str]:
    """Return the title on one line, or broken before the name of the letter where it is long."""
    if len(title) <= LONGEST_TITLE_LINE:
        return [title]
    matter, of, name = title.rpartition("的")
    return [f"{matter}{of}", name]


def _line(
    document: Any,
    text: str,
    *,
    face: str = BODY_FACE,
    size: int = BODY_PT,
    align: Any = None,
    indent: bool = False,
) -> None:
    paragraph = document.add_paragraph()
    style = paragraph.paragraph_format
    style.alignment = align
    style.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.line_spacing = Pt(LINE_PT)
    style.space_after = style.space_before = Pt(0)
    if indent:
        style.first_line_indent = Pt(2 * size)
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), face
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
