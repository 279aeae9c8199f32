"""HEIC photos: read like all others, and hostile ones stopped without harm."""

from __future__ import annotations

import contextlib
import datetime
import random
import resource

import pytest
from PIL import Image

from assets.photos import refusals
from assets.photos.heic import is_heic
from assets.photos.store import Version, path_of
from tests.factories.heic import declared, heic
from tests.factories.photos import gps, shown, stored_files, took

BLANK = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_the_original_is_kept_to_the_byte_and_the_others_are_jpeg():
    content = heic((2000, 1500))
    received = took(content, name="IMG_0001.HEIC")
    assert path_of(received.sha256, Version.ORIGINAL).read_bytes() == content
    told = received.content_type, received.width, received.height, received.size_bytes
    assert told == ("image/heic", 2000, 1500, len(content))
    assert (shown(received).format, shown(received).size) == ("JPEG", (1600, 1200))
    assert shown(received, Version.THUMB).size == (480, 360)


def test_place_error_and_time_are_read_from_its_exif():
    received = took(heic(place=gps(t31=5.0), camera={0x9003: "2026:05:01 08:30:00"}))
    assert received.position.coords == pytest.approx((117.06, 31.05))
    assert received.accuracy_m == 5.0
    assert received.taken_at == datetime.datetime(2026, 5, 1, 0, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_is_shown_the_right_way_up(turn):
    image = Image.new("RGB", (128, 64), "white")
    image.paste((200, 0, 0), (0, 0, 64, 32))  # the upper left corner, as it was seen
    turns = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = image if turns[turn] is None else image.transpose(turns[turn])
    received = took(heic(image=stored, turn=turn))
    assert (received.width, received.height) == (128, 64)
    red, green, _blue = shown(received).convert("RGB").getpixel((16, 8))
    assert (red > 150, green < 60) == (True, True)


@pytest.mark.parametrize(
    ("mode", "colour"), [("L", 90), ("RGBA", (0, 0, 0, 0)), ("RGB", (9, 9, 9))]
)
def test_every_kind_of_pixel_can_be_shown(mode, colour):
    received = took(heic((300, 200), mode=mode, colour=colour))
    middle = shown(received).convert("RGB").getpixel((150, 100))
    wanted = {"L": 90, "RGBA": 255, "RGB": 9}[mode]
    assert middle == pytest.approx((wanted,) * 3, abs=6)


def test_of_a_burst_the_main_picture_is_shown():
    assert took(heic(frames=5)).width == 64


WHOLE = heic((800, 600), place=gps())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BLANK, refusals.PhotoUnreadable),
        (BLANK[:24], refusals.PhotoUnreadable),
        (BLANK.replace(b"ftypheic", b"ftypavif"), refusals.PhotoTypeUnknown),
        (BLANK.replace(b"ftypheic", b"ftypqt  "), refusals.PhotoTypeUnknown),
        (WHOLE[: len(WHOLE) // 2], refusals.PhotoUnreadable),
        (WHOLE[:-40], refusals.PhotoUnreadable),
        (WHOLE[:200], refusals.PhotoUnreadable),
        (declared(WHOLE, 30_000, 30_000), refusals.PhotoHasTooManyPixels),
        (declared(WHOLE, 2**32 - 1, 2**32 - 1), refusals.PhotoRefused),
        (declared(WHOLE, 0, 0), refusals.PhotoUnreadable),
        (heic(frames=80), refusals.PhotoUnreadable),
    ],
)
def test_what_is_no_whole_photo_is_refused_and_leaves_no_file(content, reason):
    with pytest.raises(reason) as refused:
        took(content)
    assert str(refused.value.message)
    assert stored_files() == []


def test_a_picture_with_more_pixels_than_are_decoded_is_refused(monkeypatch):
    monkeypatch.setattr("assets.photos.pictures.MAX_PIXELS", 10_000)
    with pytest.raises(refusals.PhotoHasTooManyPixels):
        took(heic((200, 100)))


def test_a_picture_that_is_larger_than_it_says_does_not_get_through(monkeypatch):
    """What was declared and what was coded are both looked at."""
    monkeypatch.setattr("assets.photos.pictures.MAX_PIXELS", 10_000)
    with pytest.raises(refusals.PhotoRefused):
        took(declared(heic((800, 600)), 64, 48))
    assert stored_files() == []


def test_a_process_that_is_killed_or_lies_costs_only_the_photo(monkeypatch):
    starts = (
        "import os; os.kill(os.getpid(), 9)",
        "print('{}')",
        "print('[]')",
        "import sys; sys.stdout.buffer.write(bytes(3_000_000))",
        'print(\'{"width": 1, "height": 1, "exif": "", "reduced": [9000, 9000]}\')',
        'print(\'{"width": 1, "height": 1, "exif": "", "reduced": [-1, -1]}\\nabc\', end="")',
    )
    for start in starts:
        monkeypatch.setattr("assets.photos.heic._START", start)
        with pytest.raises(refusals.PhotoUnreadable):
            took(heic())
    assert stored_files() == []


def test_a_process_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr("assets.photos.heic._SECONDS", 0.2)
    monkeypatch.setattr("assets.photos.heic._START", "import time; time.sleep(60)")
    with pytest.raises(refusals.PhotoUnreadable):
        took(heic())


def test_forty_spoilt_files_are_each_taken_or_refused_in_bounded_memory():
    dice = random.Random(5)
    for _number in range(40):
        spoilt = bytearray(WHOLE)
        for _place in range(dice.randrange(1, 12)):
            spoilt[dice.randrange(12, min(len(spoilt), 700))] = dice.randrange(256)
        with contextlib.suppress(refusals.PhotoRefused):
            took(bytes(spoilt))
    most_of_a_child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    assert most_of_a_child < 800  # MiB


def test_the_type_is_told_by_the_first_bytes():
    assert is_heic(heic()[:16])
    assert not is_heic(b"\xff\xd8\xff\xe0" + bytes(12))
    assert not is_heic(b"")
