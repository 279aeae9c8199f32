"""A report as Word file and its annex as workbook."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assets.document_files import DOCX, XLSX
from reports.models import Report
from reports.outputs.content import content_of
from reports.outputs.word import word_document
from reports.outputs.workbook import annex_of
from reports.report_page import report_page
from reports.services.layouts import layout_of
from sites.access import Scope, scope_of_request


@require_safe
@login_required
def report_word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the report in the layout of its template."""
    report = _report(scope_of_request(request), pk)
    content = word_document(layout_of(report.template), content_of(report_page(report)))
    return _file(content, DOCX, f"{report.label}.docx")


@require_safe
@login_required
def report_annex(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the figures, tables and sites of the report."""
    scope = scope_of_request(request)
    report = _report(scope, pk)
    return _file(annex_of(report_page(report), scope), XLSX, f"{report.label}.xlsx")


def _report(scope: Scope, pk: UUID) -> Report:
    reports = Report.objects.visible_to(scope).select_related("template", "area")
    report: Report = get_object_or_404(reports, pk=pk)
    return report


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    plain = re.sub(r"[\x00-\x1f\x7f\"\\/]", "_", name)
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, plain) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
