"""Documents that go with a handover: the file first, the record last."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.transaction import atomic

from assets.acceptance_roles import holds_office
from assets.document_files import KeptFile
from assets.models import Document, Handover
from assets.services.locking import site_locked
from sites.access import Scope
from sites.services.errors import NotPermitted
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@atomic
def document_add(
    *,
    handover: Handover,
    kind: str,
    title: str,
    actor: User,
    scope: Scope,
    number: str = "",
    issued_on: datetime.date | None = None,
    file: KeptFile | None = None,
) -> Document:
    """Add a document to a handover, also after its completion: papers come late.

    `file` lies on disk already (`assets.document_files.keep_file`); a document may be on paper
    only. Raises `NotPermitted` or `RefusedByRegister`.
    """
    if not holds_office(scope, site_locked(handover.site_id)):
        raise NotPermitted
    document = Document(
        handover=handover,
        kind=kind,
        title=title.strip(),
        number=number.strip(),
        issued_on=issued_on,
        added_by=actor,
    )
    if file is not None:
        document.file_name, document.content_type = file.name, file.content_type
        document.size_bytes, document.sha256 = file.size_bytes, file.sha256
    save_checked(document, force_insert=True)
    document.refresh_from_db()
    return document
