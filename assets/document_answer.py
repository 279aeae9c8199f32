"""The answer that gives a document's file out: to be saved, never shown inside our own pages."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404

from assets.document_files import path_of


def file_answer(document: Any) -> FileResponse:
    """Return the file of a row with `sha256`, `file_name` and `content_type`.

    Raises `Http404` where the file is gone from the disk.
    """
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
