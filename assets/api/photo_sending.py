"""Photos on their way in: whole, or piece by piece over a link that breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BufferedReader
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from rest_framework.request import Request

from assets.api.photo_requests import Body, Statement
from assets.models.photo import Photo
from assets.photos import parts, refusals
from assets.photos.parts import Part
from assets.services.photos import photo_store
from sites.access import Scope
from sites.models import Organisation
from sites.problems import FieldProblem, Problem, invalid

OFFSET_HEADER: Final = "Upload-Offset"
LENGTH_HEADER: Final = "Upload-Length"
_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_STATUSES: tuple[tuple[type[refusals.PhotoRefused], str], ...] = (
    (refusals.PhotoContentDiffers, "conflict"),
    (refusals.PhotoOffsetDiffers, "conflict"),
    (refusals.PhotoTooLarge, "too_large"),
    (refusals.PartsTooLarge, "too_large"),
    (refusals.PhotoHasTooManyPixels, "too_large"),
    (refusals.PhotoTypeUnknown, "unsupported_media_type"),
    (refusals.PhotoStoreFull, "disk_full"),
    (refusals.PhotoRefused, "invalid"),
)
"""Which refusal is which problem, the more special ones first."""


class Sending:
    """One request that brings bytes of one photo.

    Raises `Problem` for whatever is wrong; a connection that broke is `malformed`, and what came
    before stays.
    """

    def __init__(
        self, request: Request, identifier: UUID, *, actor: User, scope: Scope, sha256: str
    ) -> None:
        self.request = request
        self.actor, self.scope = actor, scope
        self.part = Part(actor.pk, identifier, sha256)

    def whole(self, statement: Statement) -> tuple[Photo, bool]:
        """Take a photo from its first byte to its last; return it and whether it is new."""
        announced = announced_length(self.request)
        _require_bearable(announced)
        try:
            came = parts.write_whole(self.part, Body(self.request))
            _require_all(came, announced)
            if came == 0:
                raise refusals.PhotoEmpty
            with parts.opened(self.part, length=came, cut=True) as file:
                known = self._known()
                if known is not None and parts.digest(file) == self.part.sha256:
                    # Sent again, as its answer was lost: nothing is drawn anew.
                    parts.forget(self.part, file)
                    return known, False
                return self._stored(statement, file)
        except refusals.PhotoRefused as error:
            return self._standing_or(error)

    def piece(self, statement: Statement) -> tuple[Photo, bool] | int:
        """Take a piece; return how many bytes are held, or the photo once it is whole."""
        offset = stated_number(self.request, OFFSET_HEADER, is_required=True) or 0
        length = stated_number(self.request, LENGTH_HEADER)
        announced = announced_length(self.request)
        _require_bearable(offset + announced, length)
        try:
            known = self._known()
            if known is not None:
                return known, False
            now_held = parts.append(self.part, Body(self.request), offset=offset)
            _require_all(now_held - offset, announced)
            if now_held == 0 or (length is not None and now_held < length):
                return now_held
            with parts.opened(self.part, length=length) as file:
                if length is None and parts.digest(file) != self.part.sha256:
                    return now_held
                return self._stored(statement, file)
        except refusals.PhotoRefused as error:
            return self._standing_or(error)

    def _stored(self, statement: Statement, file: BufferedReader) -> tuple[Photo, bool]:
        """Make the part a photo; it is removed once the photo stands, or can never stand."""
        try:
            stored = photo_store(
                identifier=self.part.photo,
                stream=file,
                actor=self.actor,
                scope=self.scope,
                organisation=_organisation(self.scope),
                expected_sha256=self.part.sha256,
                taken_at=statement.taken_at,
                position=statement.position,
                accuracy_m=statement.accuracy_m,
            )
        except refusals.PhotoRefused as error:
            if not isinstance(error, refusals.PhotoStoreFull):
                parts.forget(self.part, file)
            raise
        parts.forget(self.part, file)
        return stored

    def _known(self) -> Photo | None:
        """Return the photo if it has come; raises `PhotoContentDiffers` for another one."""
        found: Photo | None = Photo.objects.filter(pk=self.part.photo).first()
        if found is None:
            return None
        if (found.sha256, found.uploaded_by_id) != (self.part.sha256, self.actor.pk):
            raise refusals.PhotoContentDiffers
        return found

    def _standing_or(self, error: refusals.PhotoRefused) -> tuple[Photo, bool]:
        """Return the photo where another request of its sender has finished it meanwhile."""
        standing = Photo.objects.filter(
            pk=self.part.photo, sha256=self.part.sha256, uploaded_by=self.actor
        ).first()
        if standing is not None:
            return standing, False
        if isinstance(error, refusals.PhotoTooLarge | refusals.PhotoContentDiffers):
            # It can never stand; what lies here would only take up the sender's room.
            parts.forget(self.part)
        raise photo_problem(error) from error


def photo_problem(error: refusals.PhotoRefused) -> Problem:
    """Return the answer to a refusal; the right offset goes with a wrong one."""
    code = next(code for kind, code in _STATUSES if isinstance(error, kind))
    told = [FieldProblem("", error.code, str(error.message))]
    if isinstance(error, refusals.PhotoOffsetDiffers):
        return Problem(
            code,
            errors=told,
            headers={OFFSET_HEADER: str(error.offset)},
            extra={"upload_offset": error.offset},
        )
    return Problem(code, errors=told)


def announced_length(request: Request) -> int:
    """Return the length of the body in bytes as the request states it, else 0."""
    text = request.META.get("CONTENT_LENGTH") or ""
    return int(text) if text.isdecimal() else 0


def stated_number(request: Request, header: str, *, is_required: bool = False) -> int | None:
    """Return a header's number of bytes; raises `Problem` 422 for anything else."""
    given = request.headers.get(header, "").strip()
    if not given and not is_required:
        return None
    if not _WHOLE_NUMBER.fullmatch(given):
        sentence = _("Give a number of bytes.")
        raise invalid(header, "bad_number" if given else "required", sentence)
    return int(given)


def _require_bearable(end: int, length: int | None = None) -> None:
    """Raise `Problem` for bytes beyond the largest photo, or beyond the stated length."""
    if max(end, length or 0) > settings.PHOTO_MAX_BYTES:
        raise photo_problem(refusals.PhotoTooLarge(settings.PHOTO_MAX_BYTES))
    if length is not None and end > length:
        sentence = _("The piece goes beyond the stated length of the photo.")
        raise invalid(LENGTH_HEADER, "beyond_length", sentence)


def _require_all(came: int, announced: int) -> None:
    """Raise `Problem` when the connection broke: it gave fewer bytes than it announced."""
    if came < announced:
        raise Problem("malformed")


def _organisation(scope: Scope) -> Organisation | None:
    """Return the sender's body, when there is exactly one."""
    own = scope.organisation_ids()
    found: Callable[[], Organisation | None] = Organisation.objects.filter(pk__in=own).first
    return found() if len(own) == 1 else None
