"""Reports as files: Word in a layout that the office may replace, and a workbook as annex."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from reports.models import ReportTemplate
from reports.outputs.content import content_of
from reports.outputs.layout import standard_layout
from reports.outputs.word import LayoutRefused, word_document
from reports.outputs.workbook import Annex, harmless
from reports.periods import Period
from reports.report_page import report_page
from reports.services import report_make
from reports.services.layouts import SAMPLE, layout_set
from sites.access import Scope
from sites.kinds import Kind, State
from sites.services.errors import ConcurrentChange, NotPermitted
from tests.factories import ProgrammeFactory, ProjectSiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world):
    ProjectSiteFactory(
        kind=Kind.ROAD,
        area=world.villages[0],
        programme=ProgrammeFactory(year=2023),
        year=2023,
        state=State.COMPLETED,
        actual_start=datetime.date(2023, 3, 1),
        actual_finish=datetime.date(2023, 9, 30),
    )
    template = ReportTemplate.objects.get(code="annual-work-report")
    period = Period.of_year(2023)
    return report_make(
        template=template,
        area=world.district,
        period=period,
        as_of=period.last,
        actor=None,
        scope=Scope.internal(),
    )


@pytest.fixture
def planner(world):
    client = Client()
    client.force_login(world.users["district_planner"])
    return client


def words_of(content):
    document = Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def layout_saying(*lines):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_the_word_file_says_what_the_page_says(report, planner):
    answer = planner.get(reverse("reports:report-word", args=[report.pk]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    words = words_of(answer.content)
    content = content_of(report_page(report))
    assert content["title"] in words
    for section in content["sections"]:
        assert section["heading"] in words
        assert all(paragraph in words for paragraph in section["paragraphs"])
    assert "{{" not in words
    assert "{%" not in words


def test_a_table_of_the_word_file_has_every_row_of_the_page(report):
    content = content_of(report_page(report))
    tables = [section["table"] for section in content["sections"] if section["table"]]
    document = Document(io.BytesIO(word_document(standard_layout(), content)))
    assert len(document.tables) == len(tables)
    for table, told in zip(document.tables, tables, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == told["columns"]
        assert [[c.text for c in row.cells] for row in table.rows[1:]] == told["rows"]


def test_names_that_look_like_markup_stay_words():
    content = {**SAMPLE, "title": "<w:p>{{ signer }} & Co"}
    assert "<w:p>{{ signer }} & Co" in words_of(word_document(standard_layout(), content))


@pytest.mark.parametrize(
    "line",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ nobody }}",
        "{% for x in range(999999999) %}x{% endfor %}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% if %}",
        "{{ figures.unknown_key }}",
    ],
)
def test_a_layout_with_a_tag_that_cannot_be_used_is_refused(line):
    with pytest.raises(LayoutRefused):
        word_document(layout_saying(line), {**SAMPLE, "figures": {}})


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 nothing", b"%PDF-1.4", standard_layout()[:500]]
)
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(LayoutRefused):
        word_document(content, SAMPLE)


def test_a_word_file_that_unpacks_to_too_much_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (65 * 1024**2))
    with pytest.raises(LayoutRefused):
        word_document(stream.getvalue(), SAMPLE)


def test_the_offices_own_layout_serves_until_it_is_taken_back(report, planner, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    template = report.template
    own = layout_saying("OWN {{ title }}", "{{ figures.road_km }} km")
    address = reverse("reports:template-layout", args=[template.code])
    file = SimpleUploadedFile("自拟.docx", own)
    planner.post(address, {"file": file, "version": template.version})
    template.refresh_from_db()
    assert template.document_name == "自拟.docx"
    word = reverse("reports:report-word", args=[report.pk])
    assert words_of(planner.get(word).content).startswith(f"OWN {report.title}")
    assert planner.get(address).content == own
    planner.post(address, {"wish": "remove", "version": template.version})
    assert "OWN" not in words_of(planner.get(word).content)


def test_a_refused_layout_leaves_the_old_one(report, planner, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    address = reverse("reports:template-layout", args=[report.template.code])
    file = SimpleUploadedFile("x.docx", layout_saying("{{ nobody }}"))
    answer = planner.post(address, {"file": file, "version": report.template.version}, follow=True)
    assert "nobody" in answer.content.decode()
    report.template.refresh_from_db()
    assert report.template.document_sha256 == ""


def test_two_planners_do_not_overwrite_each_others_layout(report, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    given = {
        "template": report.template,
        "pieces": [standard_layout()],
        "name": "a.docx",
        "keys": [],
        "actor": None,
        "scope": Scope.internal(),
        "expected_version": report.template.version,
    }
    layout_set(**given)
    with pytest.raises(ConcurrentChange):
        layout_set(**given)
    with pytest.raises(NotPermitted):
        layout_set(**{**given, "scope": Scope()})


def test_the_annex_holds_each_figure_and_the_sites_behind_it(report, planner, world):
    answer = planner.get(reverse("reports:report-annex", args=[report.pk]))
    book = load_workbook(io.BytesIO(answer.content), read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    figures = {row[1]: row for row in rows[1:] if len(row) > 1 and row[1]}
    page = report_page(report)
    assert set(page.told) <= set(figures)
    for key, told in page.told.items():
        assert str(figures[key][2]) == told.number
        assert figures[key][7] == told.figure.site_count
    finished = report.figures.get(key="sites_finished")
    sheet = next(s for s in book.worksheets if s.title == finished.label)
    codes = {row[0] for row in sheet.iter_rows(min_row=2, values_only=True) if row and row[0]}
    assert finished.site_count > 0
    assert len(codes - {"合计"}) == finished.site_count
    assert sum(finished.amounts) == finished.value


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "@SUM(A1)", "-2+3", "\t=1"])
def test_no_text_of_the_annex_is_run_by_a_spreadsheet(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-12.5", "+3", "-1,234.00", 5, None, "村道"])
def test_numbers_and_words_of_the_annex_stay_as_they_are(value):
    assert harmless(value) == value


def test_sheets_of_one_name_do_not_collide():
    annex = Annex()
    for _turn in range(3):
        annex.sheet("资金[1]: a/b" * 6, ("x",), [("y",)])
    names = load_workbook(io.BytesIO(annex.content())).sheetnames
    assert len(set(names)) == 3
    assert all(len(name) <= 31 for name in names)


@pytest.mark.parametrize("role", ["company_member", "cooperative_member"])
def test_who_has_no_area_gets_no_report_file(report, world, role):
    client = Client()
    client.force_login(world.users[role])
    assert client.get(reverse("reports:report-word", args=[report.pk])).status_code == 404
    assert client.get(reverse("reports:report-annex", args=[report.pk])).status_code == 404
