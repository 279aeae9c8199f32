"""Files of documents, given out to those who may see the handover."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assets.document_files import path_of
from assets.models import Document
from sites.access import scope_of_request


@require_safe
@login_required
def document_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """Give the file of a document to be saved, never to be shown inside our own pages."""
    documents = Document.objects.visible_to(scope_of_request(request)).exclude(sha256="")
    document = get_object_or_404(documents, pk=pk)
    try:
        stream = path_of(document.sha256).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=document.file_name,
        content_type=document.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
