"""What comes in as a photo: good ones are kept whole, hostile ones leave nothing behind."""

from __future__ import annotations

import datetime
import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from assets.photos import pictures, refusals
from assets.photos.intake import plain_name, receive
from assets.photos.store import Version, path_of
from tests.factories.photos import gps, picture, stored_files, took

SOI, EXIF_APP, COMMENT = b"\xff\xd8", b"\xff\xe1", b"\xff\xfe"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, packed):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", packed), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def huge_jpeg_header(width, height):
    content = bytearray(picture())
    start = content.index(b"\xff\xc0")
    content[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(content)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
BOMB = png(30_000, 30_000, zlib.compress(bytes(1000), 9))
BIG_BOMB = png(9_000, 9_000, zlib.compress(bytes(1000), 9))
CUT_JPEG = picture((800, 600))[:-400]
TEXT_BOMB = picture(form="PNG").replace(
    chunk(b"IEND", b""),
    chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(80_000_000), 9)) + chunk(b"IEND", b""),
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", refusals.PhotoEmpty),
        (SVG, refusals.PhotoTypeUnknown),
        (HTML, refusals.PhotoTypeUnknown),
        (GIF, refusals.PhotoTypeUnknown),
        (bytes(5000), refusals.PhotoTypeUnknown),
        (BOMB, refusals.PhotoHasTooManyPixels),
        (BIG_BOMB, refusals.PhotoHasTooManyPixels),
        (huge_jpeg_header(65_000, 65_000), refusals.PhotoHasTooManyPixels),
        (png(5_000, 5_000, zlib.compress(bytes(1000), 9)), refusals.PhotoUnreadable),
        (CUT_JPEG, refusals.PhotoUnreadable),
        (picture((800, 600), form="PNG")[:-100], refusals.PhotoUnreadable),
        (picture((800, 600), form="WEBP")[:-60], refusals.PhotoUnreadable),
        (picture()[:300], refusals.PhotoRefused),
    ],
)
def test_what_is_no_whole_photo_is_refused_and_leaves_no_file(content, reason):
    with pytest.raises(reason) as refused:
        took(content, name="photo.jpg")
    assert str(refused.value.message)
    assert stored_files() == []


def test_text_that_unpacks_to_eighty_megabytes_is_not_unpacked():
    """Either refused or taken without its text; what counts is that it costs no memory."""
    try:
        received = took(TEXT_BOMB)
    except refusals.PhotoUnreadable:
        return
    assert (received.width, received.height) == (64, 48)


def test_more_bytes_than_the_limit_are_refused_while_they_arrive(settings):
    settings.PHOTO_MAX_BYTES = 1024 * 1024

    class Endless:
        given = 0

        def read(self, size=-1):
            self.given += size
            return bytes(size)

    source = Endless()
    with pytest.raises(refusals.PhotoTooLarge):
        receive(source)
    assert source.given < 2 * settings.PHOTO_MAX_BYTES
    assert stored_files() == []


def test_other_bytes_than_the_sender_hashed_are_refused():
    with pytest.raises(refusals.PhotoHashDiffers):
        took(picture(), expected_sha256="0" * 64)
    assert stored_files() == []


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_three_files_under_its_hash(form):
    content = picture((2400, 1800), form=form)
    received = took(content, name="IMG 1.jpg")
    sha256 = hashlib.sha256(content).hexdigest()
    assert received.sha256 == sha256
    assert (received.size_bytes, received.width, received.height) == (len(content), 2400, 1800)
    assert received.content_type == f"image/{form.lower()}"
    assert path_of(sha256, Version.ORIGINAL).read_bytes() == content
    assert stored_files() == [f"{sha256}.{end}" for end in ("original", "public.jpg", "thumb.jpg")]
    sizes = {v: Image.open(path_of(sha256, v)).size for v in (Version.PUBLIC, Version.THUMB)}
    assert sizes == {Version.PUBLIC: (1600, 1200), Version.THUMB: (480, 360)}


def test_one_pixel_and_one_line_are_photos():
    assert (took(picture((1, 1))).width, took(picture((1, 1))).height) == (1, 1)
    assert took(picture((60_000, 2), form="PNG")).width == 60_000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixel_can_be_shown(mode):
    target = BytesIO()
    Image.new(mode, (40, 30)).save(target, "PNG")
    shown = Image.open(path_of(took(target.getvalue()).sha256, Version.PUBLIC))
    assert (shown.mode, shown.size) == ("RGB", (40, 30))


def test_colours_of_print_can_be_shown():
    target = BytesIO()
    Image.new("CMYK", (40, 30), (0, 255, 255, 0)).save(target, "JPEG")
    shown = Image.open(path_of(took(target.getvalue()).sha256, Version.PUBLIC))
    red, green, _blue = shown.getpixel((20, 15))
    assert red > 200 > 100 > green


def test_what_is_transparent_becomes_white():
    target = BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(target, "PNG")
    shown = Image.open(path_of(took(target.getvalue()).sha256, Version.THUMB))
    assert min(shown.getpixel((20, 15))) > 250


def _segments(content):
    """The markers of a JPEG before its pixels, and what follows the pixels."""
    found, place = [], 2
    while content[place + 1] != 0xDA:
        found.append(content[place + 1])
        place += 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
    return found, content[content.rindex(b"\xff\xd9") + 2 :]


def test_the_shown_versions_hold_pixels_and_nothing_else():
    """No Exif, XMP, IPTC, profile, comment or preview, nor what hides behind the image."""
    secret = b"SECRET-OWNER"
    content = picture((900, 700), place=gps(), camera={0x9003: "2026:05:01 08:30:00"})
    image = Image.open(BytesIO(content))
    target = BytesIO()
    image.save(
        target,
        "JPEG",
        exif=image.getexif(),
        comment=secret,
        icc_profile=secret * 20,
        xmp=b"<x:xmpmeta>" + secret + b"</x:xmpmeta>",
    )
    polyglot = target.getvalue() + b"PK\x03\x04" + secret + HTML
    received = took(polyglot)
    assert secret in path_of(received.sha256, Version.ORIGINAL).read_bytes()
    for version in (Version.PUBLIC, Version.THUMB):
        shown = path_of(received.sha256, version).read_bytes()
        markers, rest = _segments(shown)
        assert {m for m in markers if m >= 0xE0} <= {0xE0}, "only the JFIF header"
        assert rest == b""
        assert secret not in shown
        assert b"Secretphone" not in shown
        assert dict(Image.open(BytesIO(shown)).getexif()) == {}


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_is_shown_the_right_way_up(turn):
    """The upper left of what the camera saw is red, whichever way the pixels were stored."""
    seen = Image.new("RGB", (80, 40), "white")
    seen.paste((255, 0, 0), (0, 0, 40, 20))
    undo = {v: k for k, v in {5: 5, 6: 8, 7: 7, 8: 6, 2: 2, 3: 3, 4: 4}.items()}
    stored = seen.transpose(pictures._TURNS[undo[turn]]) if turn > 1 else seen
    exif = Image.Exif()
    exif[0x0112] = turn
    target = BytesIO()
    stored.save(target, "PNG", exif=exif)
    received = took(target.getvalue())
    shown = Image.open(path_of(received.sha256, Version.PUBLIC))
    assert (received.width, received.height, shown.size) == (80, 40, (80, 40))
    assert shown.getpixel((10, 5))[1] < 60
    assert shown.getpixel((70, 35))[1] > 200


def test_place_error_and_time_are_read_from_the_camera():
    camera = {0x9003: "2026:05:01 08:30:00", 0x9011: "+08:00"}
    received = took(picture(place=gps(t31=12.5), camera=camera))
    assert received.position.coords == pytest.approx((117.06, 31.05))
    assert received.position.srid == 4490
    assert received.accuracy_m == 12.5
    assert received.taken_at == datetime.datetime(2026, 5, 1, 0, 30, tzinfo=datetime.UTC)


def test_a_time_without_offset_is_the_districts():
    received = took(picture(camera={0x9003: "2026:05:01 08:30:00"}))
    assert received.taken_at == datetime.datetime(2026, 5, 1, 0, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "place",
    [
        gps(longitude=(181.0, 0.0, 0.0)),
        gps(latitude=(91.0, 0.0, 0.0)),
        gps(latitude=(86.0, 0.0, 0.0)),
        gps(latitude=(31.0, 61.0, 0.0)),
        gps(longitude=(0.0, 0.0, 0.0), latitude=(0.0, 0.0, 0.0)),
        gps(t1="X"),
        gps(t9="V"),
        gps(t18="GCJ-02"),
        {2: (31.0, 3.0, 0.0), 1: "N"},
    ],
)
def test_a_place_that_cannot_be_is_left_out(place):
    assert took(picture(place=place)).position is None


def test_a_place_that_is_no_number_is_left_out():
    """0/0 is how a camera writes NaN, n/0 how it writes infinity."""
    content = picture(place=gps())
    for numbers in ((0, 0), (5, 0)):
        at = (
            content.index(struct.pack(">II", 117, 1))
            if content.find(struct.pack(">II", 117, 1)) >= 0
            else content.index(struct.pack("<II", 117, 1))
        )
        order = ">II" if content[at : at + 8] == struct.pack(">II", 117, 1) else "<II"
        broken = content[:at] + struct.pack(order, *numbers) + content[at + 8 :]
        assert took(broken).position is None


@pytest.mark.parametrize(
    "camera",
    [
        {0x9003: "0000:00:00 00:00:00"},
        {0x9003: "yesterday"},
        {0x9003: "1970:01:01 00:00:00"},
        {0x9003: "9999:12:31 23:59:59", 0x9011: "-23:59"},
    ],
)
def test_a_time_that_cannot_be_is_left_out(camera):
    assert took(picture(camera=camera)).taken_at is None


def test_broken_exif_costs_its_facts_and_not_the_photo():
    content = picture(place=gps())
    at = content.index(b"Exif\0\0") + 6
    broken = content[: at + 8] + b"\xff" * 40 + content[at + 48 :]
    received = took(broken)
    assert (received.width, received.position, received.taken_at) == (64, None, None)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("IMG_1.jpg", "IMG_1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\桥.jpg", "桥.jpg"),
        ("a\0b\r\nc.jpg", "abc.jpg"),
        ("\ud800.jpg", ".jpg"),
        ("x" * 400 + ".jpg", "x" * 251 + ".jpg"),
    ],
)
def test_a_name_is_shown_without_folders_and_odd_characters(given, kept):
    assert plain_name(given) == kept


@pytest.mark.parametrize("made_up", ["", "../../x", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_leads_to_a_file(made_up):
    with pytest.raises(ValueError):
        path_of(made_up, Version.ORIGINAL)
