"""Files of documents, given out to those who may see the handover."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assets.document_answer import file_answer
from assets.models import Document
from sites.access import scope_of_request


@require_safe
@login_required
def document_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """Give the file of a document to be saved, never to be shown inside our own pages."""
    documents = Document.objects.visible_to(scope_of_request(request)).exclude(sha256="")
    document = get_object_or_404(documents, pk=pk)
    return file_answer(document)
