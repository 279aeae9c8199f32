"""A field for photos that every form may have.

The form must be sent as `multipart/form-data`. A photo is read, looked at and stored while the
form is checked, so a bad one is an error of the form like any other; its record is written by
`assets.services.photos.photos_keep`. Files of a form that was not accepted are removed later.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.photos.intake import ReceivedPhoto, receive
from assets.photos.refusals import PhotoRefused, PhotoTooLarge

MOST_PHOTOS: Final = 8
"""Our choice: enough for before, during and after, and one request stays bearable."""


class PhotosInput(forms.ClearableFileInput):
    """A file input for several images; a phone offers its camera beside its album."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # No `capture`: it would shut out the album, where photos taken without a net wait.
        super().__init__({"accept": "image/*", **(attrs or {})})


class PhotosField(forms.FileField):
    """Up to `most` photos; the cleaned value is a list of `ReceivedPhoto`, empty without any."""

    widget = PhotosInput

    def __init__(self, *, most: int = MOST_PHOTOS, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Photos"))
        super().__init__(**options)
        self.most = most
        if not self.help_text:
            self.help_text = lazy(self._help, str)()

    def clean(self, data: Any, initial: Any = None) -> list[ReceivedPhoto]:
        """Return the photos; raises `ValidationError` with a sentence for each bad one."""
        uploads = [data] if isinstance(data, UploadedFile) else list(data or ())
        if self.required and not uploads:
            raise ValidationError(_("Add at least one photo."), code="required")
        if len(uploads) > self.most:
            sentence = _("Choose at most %(most)s photos.") % {"most": self.most}
            raise ValidationError(sentence, code="too_many")
        photos, problems = [], []
        for upload in uploads:
            try:
                photos.append(_received(upload))
            except PhotoRefused as error:
                problems.append(_problem(upload, error))
        if problems:
            raise ValidationError(problems)
        return photos

    def _help(self) -> str:
        sentence = _(
            "JPEG, PNG, WebP or HEIC, at most %(most)s photos of up to %(limit)s MB each. Place and"
            " time are read from the photo; the public never sees them."
        )
        return sentence % {"most": self.most, "limit": settings.PHOTO_MAX_BYTES // 1024**2}


def _received(upload: UploadedFile[Any]) -> ReceivedPhoto:
    if (upload.size or 0) > settings.PHOTO_MAX_BYTES:
        raise PhotoTooLarge(settings.PHOTO_MAX_BYTES)
    return receive(upload, name=upload.name or "")


def _problem(upload: UploadedFile[Any], error: PhotoRefused) -> ValidationError:
    values = {"name": (upload.name or "")[:80], "problem": str(error.message)}
    return ValidationError(_("%(name)s: %(problem)s") % values, code=error.code)
