"""What everybody may see of a photo gives nothing away, whichever way it came in (promise C6)."""

from __future__ import annotations

import hashlib
import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from assets.forms_photos import PhotosField
from assets.photos.store import Version, path_of
from maintenance.models import ReportPhoto
from tests.factories.field import opened
from tests.factories.heic import heic
from tests.factories.photos import GPS_IFD, MAKE, gps

SECRET = b"Zhang San 13800000000"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
IPTC = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0\x1a\x1c\x02\x50\0\x15" + SECRET
TRACES = (SECRET, b"Secretphone", b"Exif", b"xmp", b"8BIM", b"Photoshop", b"ICC_PROFILE")
KINDS = ("JPEG", "PNG", "WEBP", "HEIC")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def thumbnail():
    """A small JPEG as cameras put it into the Exif of a large one, with the place in its own."""
    exif, target = Image.Exif(), BytesIO()
    exif.get_ifd(GPS_IFD).update(gps())
    Image.new("RGB", (32, 24), "red").save(target, "JPEG", exif=exif, comment=SECRET)
    return target.getvalue()


def telling(kind):
    """A photo that tells its place, its owner and its device in every way its type knows."""
    place = gps()
    if kind == "HEIC":
        return heic((320, 240), place=place, xmp=XMP + SECRET)
    exif = Image.Exif()
    exif[MAKE] = "Secretphone"
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(GPS_IFD).update(place)
    image, target = Image.new("RGB", (320, 240), (40, 120, 90)), BytesIO()
    more = {"exif": exif.tobytes() + thumbnail(), "xmp": XMP, "icc_profile": SECRET * 20}
    if kind == "JPEG":
        more["comment"] = SECRET
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", SECRET.decode())
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more = {"exif": exif.tobytes(), "pnginfo": text, "icc_profile": SECRET * 20}
    image.save(target, kind, **more)
    content = target.getvalue()
    if kind == "JPEG":
        segment = b"\xff\xed" + (len(IPTC) + 2).to_bytes(2, "big") + IPTC
        content = content[:2] + segment + content[2:]
    return content + SECRET


def sent_whole(client, content):
    return _put(client, "PUT", content, {})


def sent_in_pieces(client, content):
    identifier = uuid.uuid4()
    for start in range(0, len(content), 1000):
        headers = {"Upload-Offset": str(start), "Upload-Length": str(len(content))}
        sha256 = _put(client, "PATCH", content[start : start + 1000], headers, content, identifier)
    return sha256


def _put(client, method, body, headers, whole=None, identifier=None):
    sha256 = hashlib.sha256(whole or body).hexdigest()
    answer = client.generic(
        method,
        f"/api/v1/photos/{identifier or uuid.uuid4()}",
        body,
        content_type="image/jpeg",
        headers={"X-Content-SHA256": sha256, **headers},
    )
    assert answer.status_code in {201, 204}, answer.content
    return sha256


def sent_with_a_form(_client, content):
    (received,) = PhotosField().clean([SimpleUploadedFile("IMG_1.jpg", content, "image/jpeg")])
    return received.sha256


WAYS = (sent_whole, sent_in_pieces, sent_with_a_form)


def require_bare(sha256):
    for version in (Version.PUBLIC, Version.THUMB):
        shown = path_of(sha256, version).read_bytes()
        image = Image.open(BytesIO(shown))
        assert image.format == "JPEG"
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        for trace in (
            SECRET,
            b"Secretphone",
            b"Exif",
            b"xmp",
            b"8BIM",
            b"Photoshop",
            b"ICC_PROFILE",
        ):
            assert trace not in shown
        assert shown.count(b"\xff\xd8\xff") == 1, "no picture within the picture"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS)
def test_the_shown_versions_hold_pixels_and_nothing_else(world, way, kind):
    client = Client()
    client.force_login(world.users["company_member"])
    content = telling(kind)
    sha256 = way(client, content)
    assert path_of(sha256, Version.ORIGINAL).read_bytes() == content
    require_bare(sha256)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_public_sends_is_shown_bare_too(world, kind):
    asset, content = opened(world.own_asset), telling(kind)
    upload = SimpleUploadedFile("IMG_1.jpg", content, "image/jpeg")
    answer = Client().post(
        f"/public/a/{asset.plate_code}/report/",
        {"entry": str(uuid.uuid4()), "text": "路面有个大坑", "photos": [upload]},
    )
    assert answer.status_code in {200, 302}
    require_bare(ReportPhoto.objects.get().photo.sha256)
