"""Letters of a case as documents: to print, and as a file that a word processor opens."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from oversight.letter_documents import DOCX, letter_document
from oversight.letters import Letter
from oversight.models import AccountabilityCase, CaseStep
from sites.access import scope_of_request


@require_safe
@login_required
def case_letter(request: HttpRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Show a letter as it was sent, laid out as an official letter."""
    found = _step(request, pk, step)
    context = {"letter": Letter.parse(found.letter), "step": found, "case": found.case}
    return render(request, "oversight/case_letter.html", context)


@require_safe
@login_required
def case_letter_file(request: HttpRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Answer the letter as a DOCX file."""
    letter = Letter.parse(_step(request, pk, step).letter)
    name = f"{letter.title}（{letter.number}）.docx"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(letter_document(letter), content_type=DOCX, headers=headers)


def _step(request: HttpRequest, pk: UUID, step: UUID) -> CaseStep:
    cases = AccountabilityCase.objects.visible_to(scope_of_request(request)).filter(pk=pk)
    rows = CaseStep.objects.filter(case__in=cases.values("pk")).exclude(letter="")
    found: CaseStep = get_object_or_404(rows.select_related("case"), pk=step)
    return found
