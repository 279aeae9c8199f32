"""Hostile photos over HTTP: each is taken or refused with a clear code, by PUT and PATCH alike."""

from __future__ import annotations

import struct
import uuid
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from PIL import Image

from assets.models import Photo
from assets.photos.parts import parts_folder
from assets.photos.store import Version, path_of
from tests.factories import hostile_images as hostile
from tests.factories.heic import heic
from tests.factories.photos import picture, stored_files
from tests.factories.sending_phone import CONTENT, SHA256, Phone, code, noise
from tests.factories.world import build_world

JPEG = picture((800, 600))
SMALL = Image.new("RGB", hostile.SMALL, (9, 99, 200))
HEIC = heic((400, 300))
ZIP = b"PK\x03\x04" + bytes(500) + b"PK\x05\x06" + bytes(18)
HTML = b"<html><script>alert(1)</script>"
HIDDEN = b"<?php system($_GET[0]) ?>"
PROFILE_BOMB = hostile.chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(90_000_000), 9))
TEXT_BOMBS = hostile.chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(1_040_000), 9)) * 80
MANY_FRAMES = hostile.chunk(b"acTL", struct.pack(">II", 4_000_000_000, 0))
ENDLESS_DIRECTORY = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08"

UNKNOWN, UNREADABLE, PIXELS = (
    (415, "photo_type_unknown"),
    (422, "photo_unreadable"),
    (413, "photo_too_many_pixels"),
)
TAKEN = {
    "a JPEG that is a ZIP as well": JPEG + ZIP,
    "a JPEG that is a page as well": JPEG + HTML,
    "a script in a comment": hostile.with_segments(JPEG, hostile.segment(hostile.COMMENT, HIDDEN)),
    "2 MB of Exif": hostile.with_segments(
        JPEG, *[hostile.segment(hostile.APP1, b"Exif\0\0" + bytes(60_000))] * 30
    ),
    "Exif that leads to itself": hostile.with_segments(
        JPEG, hostile.segment(hostile.APP1, ENDLESS_DIRECTORY)
    ),
    "inks of print": hostile.saved(Image.new("CMYK", hostile.SMALL, (0, 200, 200, 0)), "JPEG"),
    "several pictures of one camera": hostile.saved(
        SMALL, "MPO", save_all=True, append_images=hostile.frames()
    ),
    "16 bits a colour": hostile.png(20, 20, hostile.black(20, 20, depth=16), depth=16),
    "a film of PNG": hostile.saved(SMALL, "PNG", save_all=True, append_images=hostile.frames()),
    "4,000 million frames announced": hostile.png(20, 20, hostile.black(20, 20), extra=MANY_FRAMES),
    "a film of WebP, larger than it looks": hostile.saved(
        Image.new("RGB", (3000, 3000)),
        "WEBP",
        save_all=True,
        append_images=hostile.frames(8, (3000, 3000)),
        lossless=True,
    ),
    "a HEIC that is a ZIP as well": HEIC + ZIP,
}
REFUSED = {
    "a GIF that is a JPEG as well": (b"GIF89a/*" + JPEG, UNKNOWN),
    "a PDF that is a JPEG as well": (b"%PDF-1.4\n" + JPEG, UNKNOWN),
    "one byte": (b"x", UNKNOWN),
    "a sound": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), UNKNOWN),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", UNKNOWN),
    "12 bits a colour in a JPEG": (hostile.with_frame_byte(JPEG, 4, 12), UNKNOWN),
    "five colours in a JPEG": (hostile.with_frame_byte(JPEG, 9, 5), UNKNOWN),
    "half a JPEG": (JPEG[: len(JPEG) // 2], UNREADABLE),
    "a JPEG without its end": (JPEG[:-2], UNREADABLE),
    "a colour profile of 90 MB": (
        hostile.png(20, 20, hostile.black(20, 20), extra=PROFILE_BOMB),
        UNREADABLE,
    ),
    "80 MB of text": (hostile.png(20, 20, hostile.black(20, 20), extra=TEXT_BOMBS), UNREADABLE),
    "2 thousand million pixels a row": (hostile.png(2**31, 1, b""), PIXELS),
    "no pixel": (hostile.png(0, 0, b""), UNKNOWN),
    "80 pictures in one HEIC": (heic(frames=80), UNREADABLE),
    "boxes in boxes": (hostile.nested_boxes(HEIC), UNREADABLE),
    "a box of 4 exabytes": (
        HEIC[:24] + struct.pack(">I", 1) + b"meta" + struct.pack(">Q", 2**62) + bytes(100),
        UNREADABLE,
    ),
    "a JPEG that says it is HEIC": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + JPEG, UNREADABLE),
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def part_files():
    return [path for path in parts_folder().rglob("*") if path.is_file()]


def both_ways(world, content):
    """The answers to one content by PUT and by PATCH."""
    user = world.users["company_member"]
    yield Phone(user, content).put()
    yield Phone(user, content).patch(0, Upload_Length=len(content))


@pytest.mark.parametrize("content", TAKEN.values(), ids=TAKEN)
def test_what_is_a_photo_is_shown_without_what_hides_behind_it(world, content):
    for answer in both_ways(world, content):
        assert answer.status_code == 201
    for version in (Version.PUBLIC, Version.THUMB):
        drawn = path_of(answer.json()["sha256"], version).read_bytes()
        assert drawn.startswith(hostile.SOI)
        assert not [hidden for hidden in (ZIP, HTML, HIDDEN, b"Exif") if hidden in drawn]
    assert part_files() == []


@pytest.mark.parametrize(("content", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_photo_is_refused_with_a_clear_code(world, content, told):
    for answer in both_ways(world, content):
        assert code(answer) == told
    assert (stored_files(), part_files()) == ([], [])


@pytest.mark.parametrize(
    "content_type", ["", "text/html", "application/json", "multipart/form-data; boundary=x"]
)
def test_the_type_that_a_sender_states_says_nothing(world, content_type):
    phone = Phone(world.users["company_member"], picture())
    answer = phone.client.generic(
        "PUT",
        phone.path,
        phone.content,
        content_type=content_type,
        headers={"X-Content-SHA256": phone.sha256.upper()},
    )
    told = answer.status_code, answer.json()["content_type"], answer.json()["sha256"]
    assert told == (201, "image/jpeg", phone.sha256)


@pytest.mark.parametrize("length", [-1, "1e3", "５", "9" * 20, 0, len(CONTENT) - 1])
def test_a_length_that_cannot_be_is_refused(world, length):
    answer = Phone(world.users["company_member"]).patch(0, Upload_Length=length)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Upload-Length")


def test_a_length_that_is_too_large_delays_the_photo_and_loses_nothing(world):
    phone = Phone(world.users["company_member"])
    answer = phone.patch(0, Upload_Length=len(CONTENT) + 1)
    assert (answer.status_code, phone.offset()) == (204, len(CONTENT))
    assert phone.patch(len(CONTENT), Upload_Length=len(CONTENT)).status_code == 201


def test_of_two_photos_under_one_identifier_the_second_is_refused_and_leaves_no_part(world):
    user, identifier = world.users["company_member"], uuid.uuid4()
    first = Phone(user, identifier=identifier)
    second = Phone(user, noise((300, 200)), identifier)
    assert (first.patch(0, 1000).status_code, second.patch(0, 1000).status_code) == (204, 204)
    assert second.patch(1000, Upload_Length=len(second.content)).status_code == 201
    for answer in (first.patch(1000, Upload_Length=len(CONTENT)), first.put()):
        assert code(answer) == (409, "photo_content_differs")
    assert Photo.objects.get(pk=identifier).sha256 == second.sha256
    assert part_files() == []


def test_a_photo_sent_whole_again_is_not_drawn_again(world, monkeypatch):
    phone = Phone(world.users["company_member"])
    assert phone.put().status_code == 201
    monkeypatch.delattr("assets.photos.intake.draw_versions")
    assert (phone.put().status_code, part_files()) == (200, [])


@pytest.mark.django_db(transaction=True)
def test_of_two_photos_that_come_at_once_under_one_identifier_one_stands():
    user, identifier = build_world().users["company_member"], uuid.uuid4()
    phones = [Phone(user, identifier=identifier), Phone(user, noise((300, 200)), identifier)]

    def send(phone):
        try:
            return phone.put().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as together:
        assert sorted(together.map(send, phones)) == [201, 409]
    assert Photo.objects.get(pk=identifier).sha256 in (SHA256, phones[1].sha256)
    assert part_files() == []
