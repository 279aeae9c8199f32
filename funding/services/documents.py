"""Official documents that money and decisions rest on: the file first, the record last."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assets.document_files import KeptFile
from funding.bookkeeping import require_books
from funding.models import OfficialDocument
from funding.services.errors import WrongState
from sites.access import Scope
from sites.models import Area
from sites.services.authorship import authored
from sites.services.errors import RefusedByRegister
from sites.services.saving import locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def document_add(
    *,
    area: Area,
    kind: str,
    number: str,
    title: str,
    issued_on: datetime.date,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    issuer: str = "",
    file: KeptFile | None = None,
) -> OfficialDocument:
    """Enter a document of an area, with its file or without; `on` is today.

    `file` lies on disk already (`assets.document_files.keep_file`). Raises `NotPermitted` or
    `RefusedByRegister`.
    """
    require_books(scope, area.code)
    if issued_on > on:
        sentence = _("The day must not lie in the future.")
        raise RefusedByRegister([("issued_on", "out_of_range", sentence)])
    document = OfficialDocument(
        area=area,
        kind=kind,
        number=number.strip(),
        title=title.strip(),
        issuer=issuer.strip(),
        issued_on=issued_on,
        added_by=actor,
    )
    _put(document, file)
    with authored(actor=actor):
        save_checked(document, force_insert=True)
    document.refresh_from_db()
    return document


@transaction.atomic
def document_attach(
    *,
    document: OfficialDocument,
    file: KeptFile,
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> OfficialDocument:
    """Add the file of a document that was entered without one; a file is never replaced.

    Raises `NotPermitted`, `ConcurrentChange` or `WrongState`.
    """
    current = locked(document, expected_version)
    require_books(scope, current.area_code)
    if current.sha256:
        raise WrongState(_("The document has its file already; enter a new document instead."))
    _put(current, file)
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


def _put(document: OfficialDocument, file: KeptFile | None) -> None:
    if file is not None:
        document.file_name, document.content_type = file.name, file.content_type
        document.size_bytes, document.sha256 = file.size_bytes, file.sha256
