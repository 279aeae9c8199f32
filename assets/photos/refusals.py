"""Why a photo was refused: one class a reason, each with a stable code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.services.errors import ServiceError


class PhotoRefused(ServiceError):
    """A photo cannot be kept; nothing of it stays."""

    code = "photo_refused"
    message = gettext_lazy("The photo cannot be kept.")

    def __init__(self, message: Any = None) -> None:
        super().__init__(message, field="photos")


class PhotoEmpty(PhotoRefused):
    """There were no bytes."""

    code = "photo_empty"
    message = gettext_lazy("The file is empty. Choose the photo again.")


class PhotoTooLarge(PhotoRefused):
    """More bytes than `PHOTO_MAX_MB`."""

    code = "photo_too_large"

    def __init__(self, limit_bytes: int) -> None:
        sentence = _("The photo is larger than %(limit)s MB. Take it again in a smaller size.")
        super().__init__(sentence % {"limit": limit_bytes // (1024 * 1024)})


class PhotoHasTooManyPixels(PhotoRefused):
    """More pixels than are ever decoded."""

    code = "photo_too_many_pixels"

    def __init__(self, limit: int) -> None:
        sentence = _("The photo has more than %(limit)s million pixels. Send a smaller one.")
        super().__init__(sentence % {"limit": limit // 1_000_000})


class PhotoTypeUnknown(PhotoRefused):
    """The content is none of the image types that are kept, whatever the name says."""

    code = "photo_type_unknown"
    message = gettext_lazy("This is no photo. Send a JPEG, PNG, WebP or HEIC image.")


class PhotoUnreadable(PhotoRefused):
    """The image is damaged or cut short."""

    code = "photo_unreadable"
    message = gettext_lazy("The photo is damaged or arrived incomplete. Send it again.")


class PhotoHashDiffers(PhotoRefused):
    """The bytes that arrived are not those that the sender hashed."""

    code = "photo_hash_differs"
    message = gettext_lazy("The photo that arrived is not the one that was sent. Send it again.")


class PhotoContentDiffers(PhotoRefused):
    """The identifier already stands for other bytes, or for somebody else's photo."""

    code = "photo_content_differs"
    message = gettext_lazy("Another photo is already stored under this identifier.")


class PhotoOffsetDiffers(PhotoRefused):
    """A piece does not begin where the part ends; `offset` is where it ends."""

    code = "photo_offset_differs"
    message = gettext_lazy("This piece does not begin where the photo's part ends.")

    def __init__(self, offset: int) -> None:
        super().__init__()
        self.offset = offset


class PartsTooLarge(PhotoRefused):
    """The sender's unfinished photos are larger than `PHOTO_PARTS_MAX_MB`."""

    code = "photo_parts_too_large"

    def __init__(self, limit_bytes: int) -> None:
        sentence = _(
            "More than %(limit)s MB of your photos have come only in part. Finish those first."
        )
        super().__init__(sentence % {"limit": limit_bytes // (1024 * 1024)})


class PhotoStoreFull(PhotoRefused):
    """The disk has no room."""

    code = "photo_store_full"
    message = gettext_lazy("The server has no room left for photos. Try again later.")
