"""The Word layout that a report has until the office brings its own.

A4 with the margins, type sizes and line spacing of official documents 党政机关公文格式 (GB/T
9704-2012: margins of 37, 35, 28 and 26 mm, title in size 二号, text in size 三号 at 28 points a
line). The fonts are those that office machines have; another machine shows its own in their place.
"""

from __future__ import annotations

import io
from typing import Any, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

TITLE_FONT: Final = "方正小标宋简体"
HEADING_FONT: Final = "黑体"
TEXT_FONT: Final = "仿宋_GB2312"
LATIN_FONT: Final = "Times New Roman"
TITLE_SIZE: Final = Pt(22)
TEXT_SIZE: Final = Pt(16)
SUBTITLE_SIZE: Final = Pt(12)
TABLE_SIZE: Final = Pt(10.5)
NOTE_SIZE: Final = Pt(12)
CELL_PADDING: Final = Pt(3)
LINE: Final = Pt(28)


def standard_layout() -> bytes:
    """Return the layout as a Word file whose tags `reports.outputs.word` fills."""
    document = Document()
    _page(document)
    _line(document, "{{ title }}", font=TITLE_FONT, size=TITLE_SIZE, align="center", after=6)
    _line(document, "{{ subtitle }}", size=SUBTITLE_SIZE, align="center", after=14)
    _line(document, "{%p for section in sections %}")
    _line(document, "{{ section.heading }}", font=HEADING_FONT, keep_with_next=True, indent=True)
    _line(document, "{%p for paragraph in section.paragraphs %}")
    _line(document, "{{ paragraph }}", align="justify", indent=True)
    _line(document, "{%p endfor %}")
    _line(document, "{%p if section.table %}")
    _line(
        document,
        "{{ section.table.caption }}",
        font=HEADING_FONT,
        size=NOTE_SIZE,
        align="center",
        keep_with_next=True,
    )
    _table(document)
    _line(document, "{{ section.table.note }}", size=NOTE_SIZE)
    _line(document, "{%p endif %}")
    _line(document, "{%p endfor %}")
    _line(document, "{{ notes }}", size=NOTE_SIZE, align="justify")
    _line(document, "{{ signer }}", align="right", before=28)
    _line(document, "{{ signed_on }}", align="right")
    return _bytes(document)


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _dress(footer.add_run("— "), "宋体", Pt(14))
    _page_number(footer)
    _dress(footer.add_run(" —"), "宋体", Pt(14))


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    _dress(run, "宋体", Pt(14))
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _line(
    container: Any,
    text: str,
    *,
    font: str = TEXT_FONT,
    size: Pt = TEXT_SIZE,
    align: str = "left",
    indent: bool = False,
    before: float = 0,
    after: float = 0,
    keep_with_next: bool = False,
) -> None:
    paragraph = container.add_paragraph()
    _dress(paragraph.add_run(text), font, size)
    shape = paragraph.paragraph_format
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = LINE
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.keep_with_next = keep_with_next
    if indent:
        shape.first_line_indent = size * 2


def _table(document: WordDocument) -> None:
    """Add a table whose columns and rows the tags repeat."""
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    columns = "{%tc for column in section.table.columns %}"
    cells = "{%tc for cell in row %}"
    for row, texts in zip(
        table.rows,
        (
            (columns, "{{ column }}", "{%tc endfor %}"),
            ("{%tr for row in section.table.rows %}", "", ""),
            (cells, "{{ cell }}", "{%tc endfor %}"),
            ("{%tr endfor %}", "", ""),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            _cell(cell, text, is_heading=row is table.rows[0])
    _mark_row(table.rows[0], "w:tblHeader")
    _mark_row(table.rows[2], "w:cantSplit")


def _cell(cell: Any, text: str, *, is_heading: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = CELL_PADDING
    paragraph.paragraph_format.space_after = CELL_PADDING
    _dress(paragraph.add_run(text), HEADING_FONT if is_heading else "宋体", TABLE_SIZE)


def _mark_row(row: Any, mark: str) -> None:
    """Set a switch of a row: that it is repeated on each page, or never broken between two."""
    part = OxmlElement(mark)
    part.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(part)


def _dress(run: Any, font: str, size: Pt) -> None:
    run.font.name = LATIN_FONT
    run.font.size = size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _bytes(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
