"""Official documents: the list with the form of a new one, and their files."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assets.document_answer import file_answer
from assets.document_files import keep_file
from funding.bookkeeping import keeps_any_books
from funding.forms import DocumentForm
from funding.kinds import DocumentKind
from funding.models import OfficialDocument
from funding.services import document_add
from funding.views.acting import acted, by, readable
from sites.access import scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import as_text, choices
from sites.keyset_list import Column, Cursor, Order, keyset_page

PAGE_SIZE = 50


class DocumentOrder(Order):
    """Documents by the day of issue, the newest first."""

    columns = {
        "issued": Column(
            lambda: F("issued_on"),
            lambda document: document.issued_on,
            datetime.date.fromisoformat,
            descending=True,
        )
    }


NEWEST = DocumentOrder("issued")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def document_list(request: HttpRequest) -> HttpResponse:
    """Show the documents of the viewer's areas; the office enters a new one here."""
    scope = scope_of_request(request)
    may_add = keeps_any_books(scope)
    form = DocumentForm(request.POST or None, request.FILES or None, scope=scope)
    if request.method == "POST":
        if not may_add:
            raise PermissionDenied
        if acted(request, form, lambda: _add(request, form), _("The document was entered.")):
            return redirect("funding:document-list")
    known = frozenset({"kind", "cursor"})
    (kinds, cursor), problems = readable(request.GET, known, _read)
    rows = OfficialDocument.objects.visible_to(scope).select_related("area")
    rows = rows.filter(kind__in=kinds) if kinds else rows
    page = keyset_page(rows.defer("area__boundary"), order=NEWEST, cursor=cursor, limit=PAGE_SIZE)
    context = {
        "documents": page.rows,
        "kinds": [Choice(kind.value, str(kind.label), kind in kinds) for kind in DocumentKind],
        "problems": problems,
        "is_first": cursor is None,
        "first_address": _address(kinds),
        "next_address": _address(kinds, page.next) if page.next else "",
        "form": form,
        "may_add": may_add,
    }
    status = 422 if request.method == "POST" else (400 if problems else 200)
    return render(request, "funding/document_list.html", context, status=status)


@require_safe
@login_required
def document_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """Give the file of a document to be saved, never to be shown inside our own pages."""
    rows = OfficialDocument.objects.visible_to(scope_of_request(request)).exclude(sha256="")
    document = get_object_or_404(rows, pk=pk)
    return file_answer(document)


def _add(request: HttpRequest, form: DocumentForm) -> None:
    values = dict(form.cleaned_data)
    sent = values.pop("file")
    file = keep_file(sent.chunks(), name=sent.name) if sent else None
    document_add(**values, file=file, **by(request), on=timezone.localdate())


def _read(query: QueryDict) -> tuple[tuple[str, ...], Cursor | None]:
    kinds = choices(query, "kind", DocumentKind.values)
    return kinds, Cursor.parse(query.get("cursor", ""), NEWEST)


def _address(kinds: tuple[str, ...], cursor: Cursor | None = None) -> str:
    query = QueryDict(mutable=True)
    if kinds:
        query["kind"] = as_text(kinds)
    if cursor:
        query["cursor"] = cursor.as_text()
    return reverse("funding:document-list") + (f"?{query.urlencode()}" if query else "")
