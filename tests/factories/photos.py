"""Photos for tests: drawn when they are needed, with what a camera would write into them."""

from __future__ import annotations

import uuid
from io import BytesIO

from PIL import Image

from assets.photos.intake import receive
from assets.photos.store import Version, path_of, photos_folder
from assets.services.photos import photo_store
from sites.access import Scope

GPS_IFD = 0x8825
EXIF_IFD = 0x8769
ORIENTATION = 0x0112
MAKE = 0x010F


def gps(longitude=(117.0, 3.0, 36.0), latitude=(31.0, 3.0, 0.0), **extra):
    """GPS tags: degrees, minutes, seconds east and north; `extra` by tag number as `t18="…"`."""
    tags = {1: "N", 2: latitude, 3: "E", 4: longitude}
    return {**tags, **{int(name[1:]): value for name, value in extra.items()}}


def camera_exif(*, place=None, camera=None, turn=None):
    """What a camera writes beside its pixels; `place` and `camera` are tags by number."""
    exif = Image.Exif()
    exif[MAKE] = "Secretphone"
    if turn:
        exif[ORIENTATION] = turn
    if place:
        exif.get_ifd(GPS_IFD).update(place)
    if camera:
        exif.get_ifd(EXIF_IFD).update(camera)
    return exif


def picture(
    size=(64, 48), *, form="JPEG", colour=(40, 120, 90), place=None, camera=None, turn=None
):
    """The bytes of an image; `place` and `camera` are Exif tags by number."""
    target = BytesIO()
    exif = camera_exif(place=place, camera=camera, turn=turn)
    Image.new("RGB", size, colour).save(target, form, exif=exif)
    return target.getvalue()


def kept_photo(content=None, *, uploaded_by=None, organisation=None, identifier=None):
    """A photo with its record and files."""
    photo, _is_new = photo_store(
        identifier=identifier or uuid.uuid4(),
        stream=BytesIO(content or picture()),
        actor=uploaded_by,
        scope=Scope.internal(),
        organisation=organisation,
    )
    return photo


def took(content, **options):
    """Bytes taken in as a photo, without a record."""
    return receive(BytesIO(content), **options)


def shown(received, version=Version.PUBLIC):
    """A version of a photo that was taken in, opened."""
    return Image.open(path_of(received.sha256, version))


def stored_files():
    """The names of all files of photos, also of those that should have gone."""
    paths = (path for path in photos_folder().rglob("*") if path.is_file())
    return sorted(path.name for path in paths if path.name != ".lock")
