"""A limit on what a form with photos may write to disk before anybody looks at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import IO, Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from assets.forms_photos import MOST_PHOTOS

View = Callable[..., HttpResponseBase]
_REST_OF_THE_FORM: Final = 1024 * 1024


class PhotoUploads(TemporaryFileUploadHandler):
    """Writes files to temporary ones, each only as far as a photo may be large.

    What is above the limit is counted and not kept; `PhotosField` refuses the file by its size.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 - the framework's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse a form that announces more than all its photos may have."""
        if content_length > MOST_PHOTOS * settings.PHOTO_MAX_BYTES + _REST_OF_THE_FORM:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep one piece of a file while it is within the limit."""
        if start + len(raw_data) > settings.PHOTO_MAX_BYTES:
            return None
        return super().receive_data_chunk(raw_data, start)


def takes_photos(view: View) -> View:
    """Bound the uploads of a view whose form has a `PhotosField` and no other files.

    The outermost decorator: the limit must stand before the form's token is read from the body.
    """
    protected = csrf_protect(view)

    @csrf_exempt  # the inner view protects
    @wraps(view)
    def taking(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        if request.method == "POST":
            request.upload_handlers = [PhotoUploads(request)]
        return protected(request, *given, **named)

    return taking
