"""Photos that come in pieces: nothing that was acknowledged is lost."""

from __future__ import annotations

import datetime
import errno
import os
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from assets.models import Photo
from assets.photos import cleaning, parts
from assets.photos.parts import Part, append, held, part_of, write_whole
from assets.photos.refusals import PartsTooLarge, PhotoOffsetDiffers
from assets.photos.store import Version, path_of
from tests.factories import UserFactory
from tests.factories.heic import heic
from tests.factories.photos import gps, kept_photo, picture
from tests.factories.sending_phone import CONTENT, SHA256, Phone, code
from tests.factories.world import build_world


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def phone(world):
    return Phone(world.users["company_member"])


def files(media):
    return [path for path in (media / "photo-parts").rglob("*") if path.is_file()]


@pytest.mark.parametrize("error", [None, ConnectionResetError(), TimeoutError()])
@pytest.mark.parametrize("breaks_at", [0, 1, 70_000, len(CONTENT) - 1])
def test_a_cut_put_keeps_what_came_and_patch_goes_on(phone, media, error, breaks_at):
    assert phone.put(breaks_at=breaks_at, error=error).status_code == 400
    # Of the piece that was being read when the connection was reset, nothing is left.
    lost = breaks_at % parts.PIECE if error else 0
    assert breaks_at - lost <= phone.offset() <= breaks_at
    assert not Photo.objects.exists()
    answer = phone.patch(phone.offset(), Upload_Length=len(CONTENT))
    assert answer.status_code == 201
    assert answer.json()["sha256"] == SHA256
    assert path_of(SHA256, Version.ORIGINAL).read_bytes() == CONTENT
    assert files(media) == []


@pytest.mark.parametrize("states_length", [True, False])
def test_a_photo_comes_in_pieces_and_the_last_is_answered_as_put(phone, media, states_length):
    length = {"Upload_Length": len(CONTENT)} if states_length else {}
    for start in range(0, len(CONTENT), 50_000):
        answer = phone.patch(start, start + 50_000, **length)
        if start + 50_000 < len(CONTENT):
            held_now = start + 50_000
            assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(held_now))
            assert phone.offset() == held_now
    assert answer.status_code == 201
    assert answer.headers["Upload-Offset"] == str(len(CONTENT))
    assert answer.json()["size_bytes"] == len(CONTENT)
    assert phone.offset() == len(CONTENT)
    assert files(media) == []


def test_the_last_piece_sent_again_is_the_same_photo(phone):
    assert phone.patch(0, Upload_Length=len(CONTENT)).status_code == 201
    for start in (0, 100, len(CONTENT)):
        again = phone.patch(start, Upload_Length=len(CONTENT))
        assert (again.status_code, again.json()["sha256"]) == (200, SHA256)
    head = phone.client.head(phone.path)
    assert head.headers["X-Content-SHA256"] == SHA256
    assert Photo.objects.count() == 1


def test_another_offset_is_answered_with_the_right_one(phone):
    phone.patch(0, 1000)
    for start in (0, 999, 1001, 5000):
        answer = phone.patch(start, start + 500)
        assert code(answer) == (409, "photo_offset_differs")
        assert answer.headers["Upload-Offset"] == "1000"
        assert answer.json()["upload_offset"] == 1000
    assert phone.offset() == 1000


def test_a_photo_that_is_whole_and_another_is_thrown_away(world, media):
    phone = Phone(world.users["company_member"], sha256="0" * 64)
    answer = phone.patch(0, Upload_Length=len(CONTENT))
    assert code(answer) == (422, "photo_hash_differs")
    assert phone.offset() == 0
    assert files(media) == []
    assert not Photo.objects.exists()


def test_a_put_writes_over_what_was_spoilt_before(phone):
    phone.send("PATCH", b"x" * 300_000, Upload_Offset=0)
    assert phone.offset() == 300_000
    assert phone.put().status_code == 201
    assert Photo.objects.get().sha256 == SHA256


@pytest.mark.parametrize(
    ("headers", "body", "wanted"),
    [
        ({}, b"abc", (422, "required")),
        ({"Upload_Offset": "-1"}, b"abc", (422, "bad_number")),
        ({"Upload_Offset": "1e3"}, b"abc", (422, "bad_number")),
        ({"Upload_Offset": "9" * 40}, b"abc", (422, "bad_number")),
        ({"Upload_Offset": 0, "Upload_Length": "x"}, b"abc", (422, "bad_number")),
        ({"Upload_Offset": 0, "Upload_Length": 2}, b"abc", (422, "beyond_length")),
        ({"Upload_Offset": 0, "Upload_Length": 2 * 1024 * 1024}, b"abc", (413, "photo_too_large")),
        ({"Upload_Offset": 1024 * 1024}, b"abc", (413, "photo_too_large")),
        ({"Upload_Offset": 999_999_999_999}, b"", (413, "photo_too_large")),
        ({"Upload_Offset": 7}, b"abc", (409, "photo_offset_differs")),
        ({"Upload_Offset": 0, "X_Content_SHA256": ""}, b"abc", (422, "required")),
        ({"Upload_Offset": 0, "X_Content_SHA256": "../../etc"}, b"abc", (422, "bad_hash")),
        ({"Upload_Offset": 0, "X_Field_User": 1}, b"abc", (409, "other_user")),
        ({"Upload_Offset": 0, "Upload_Length": 3}, b"abc", (422, "photo_hash_differs")),
    ],
)
def test_a_piece_that_cannot_be_taken_is_refused(phone, settings, media, headers, body, wanted):
    settings.PHOTO_MAX_BYTES = 1024 * 1024
    assert code(phone.send("PATCH", body, **headers)) == wanted
    assert files(media) == []


def test_what_can_never_be_a_photo_leaves_no_part(world, media):
    phone = Phone(world.users["company_member"], content=b"<svg/>" * 50)
    assert code(phone.patch(0, Upload_Length=300)) == (415, "photo_type_unknown")
    assert code(phone.put()) == (415, "photo_type_unknown")
    assert files(media) == []


def test_a_heic_photo_may_come_in_pieces_too(world):
    phone = Phone(world.users["company_member"], content=heic((800, 600), place=gps()))
    phone.patch(0, 400)
    told = phone.patch(400, query="?taken_at=2026-05-02T10:00:00Z").json()
    assert (told["content_type"], told["width"]) == ("image/heic", 800)
    assert told["position"] == [pytest.approx(117.06), pytest.approx(31.05)]
    assert told["taken_at"] == "2026-05-02T18:00:00+08:00"


def test_the_part_of_another_sender_is_neither_seen_nor_gone_on_with(world):
    mine = Phone(world.users["company_member"])
    mine.patch(0, 1000)
    theirs = Phone(world.users["township_officer"])
    theirs.path = mine.path
    assert theirs.offset() == 0
    assert code(theirs.patch(1000)) == (409, "photo_offset_differs")
    assert theirs.patch(0, 10).headers["Upload-Offset"] == "10"
    assert mine.offset() == 1000


def test_a_photo_of_another_sender_tells_a_piece_nothing(world):
    theirs = kept_photo(picture(place=gps()), uploaded_by=world.users["township_officer"])
    phone = Phone(world.users["company_member"], identifier=theirs.pk)
    assert phone.offset() == 0
    answer = phone.patch(0, Upload_Length=len(CONTENT))
    assert code(answer) == (409, "photo_content_differs")
    assert b"117" not in answer.content


def test_who_may_not_send_hears_of_no_part(world):
    stranger = Phone(UserFactory())
    assert stranger.patch(0, 10).status_code == 403
    assert stranger.client.head(stranger.path).status_code == 404
    assert Client().head(stranger.path).status_code == 401


def test_head_without_a_hash_tells_of_the_latest_part(phone):
    phone.patch(0, 1000)
    answer = phone.client.head(phone.path)
    told = answer.headers["Upload-Offset"], answer.headers["X-Content-SHA256"]
    assert told == ("1000", SHA256)
    assert answer.headers["Cache-Control"] == "no-store"


def test_on_a_full_disk_what_was_acknowledged_stays(phone, monkeypatch):
    phone.patch(0, 100_000)

    def full(*_given):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        assert code(phone.patch(100_000, 150_000)) == (507, "photo_store_full")
        assert phone.offset() == 100_000
    with monkeypatch.context() as patched:
        patched.setattr("assets.photos.intake.place", full)
        answer = phone.patch(100_000, Upload_Length=len(CONTENT))
        assert code(answer) == (507, "photo_store_full")
    assert phone.offset() == len(CONTENT)
    done = phone.patch(len(CONTENT), Upload_Length=len(CONTENT))
    assert (done.status_code, done.json()["sha256"]) == (201, SHA256)


def test_every_acknowledged_offset_was_flushed_to_disk(phone, monkeypatch):
    flushed = {}
    real = os.fsync

    def noted(handle):
        real(handle)
        status = os.fstat(handle)
        flushed[status.st_ino] = status.st_size

    monkeypatch.setattr(os, "fsync", noted)
    phone.patch(0, 70_001)
    assert 70_001 in flushed.values()


def part(sha256=SHA256, sender=1):
    return Part(sender, uuid.UUID(int=5), sha256)


def test_two_that_send_the_same_piece_at_once_leave_one_whole_part():
    together = threading.Barrier(4)

    def send(_number):
        together.wait()
        try:
            return append(part(), BytesIO(CONTENT), offset=0)
        except PhotoOffsetDiffers as error:
            return error.offset

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    while (offset := held(part())) < len(CONTENT):
        append(part(), BytesIO(CONTENT[offset:]), offset=offset)
    assert part().path.read_bytes() == CONTENT


def test_a_whole_photo_and_a_piece_at_once_leave_one_whole_part():
    together = threading.Barrier(2)

    def whole():
        together.wait()
        write_whole(part(), BytesIO(CONTENT))

    def piece():
        together.wait()
        try:
            append(part(), BytesIO(CONTENT[:90_000]), offset=0)
        except PhotoOffsetDiffers:
            return

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(whole), pool.submit(piece)):
            done.result()
    assert part().path.read_bytes() == CONTENT


@pytest.mark.django_db(transaction=True)
def test_the_last_piece_from_six_requests_at_once_is_one_photo():
    user = build_world().users["company_member"]
    identifier, together = uuid.uuid4(), threading.Barrier(6)

    def send(number):
        phone = Phone(user, identifier=identifier)
        try:
            together.wait()
            answer = phone.put() if number % 2 else phone.patch(0, Upload_Length=len(CONTENT))
            return answer.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(send, range(6)))
    assert statuses.count(201) == 1
    assert set(statuses) <= {200, 201, 409}
    assert Photo.objects.get().sha256 == SHA256
    assert path_of(SHA256, Version.ORIGINAL).read_bytes() == CONTENT


def test_unfinished_photos_of_one_sender_have_a_limit(settings):
    settings.PHOTO_PARTS_MAX_BYTES = 1000
    append(part(), BytesIO(bytes(1001)), offset=0)
    with pytest.raises(PartsTooLarge):
        append(part("1" * 64), BytesIO(b"a"), offset=0)
    assert append(part("1" * 64, sender=2), BytesIO(b"a"), offset=0) == 1
    assert append(part(), BytesIO(b"a"), offset=1001) == 1002


def test_parts_that_nobody_goes_on_with_are_removed(settings):
    now = timezone.now()
    old, young = part(), part("1" * 64)
    for one in (old, young):
        append(one, BytesIO(b"abc"), offset=0)
    long_ago = (now - datetime.timedelta(days=settings.PHOTO_PART_DAYS, hours=1)).timestamp()
    os.utime(old.path, (long_ago, long_ago))
    assert cleaning.remove_given_up_parts(now) == 1
    assert (held(old), held(young)) == (0, 3)
    assert part_of(1, uuid.UUID(int=5)) == young
    assert cleaning.remove_given_up_parts(now) == 0


def test_the_limits_are_told(client, settings):
    told = client.get("/api/v1/limits").json()
    assert told["photo_bytes"] == settings.PHOTO_MAX_BYTES
    assert told["photo_parts_bytes"] == settings.PHOTO_PARTS_MAX_BYTES
    assert told["photos_in_an_entry"] == 20


def test_a_part_that_takes_the_place_of_another_is_not_thrown_away_with_it():
    append(part(), BytesIO(b"old"), offset=0)
    with parts.opened(part()) as file:
        parts.forget(part())
        append(part(), BytesIO(b"newer"), offset=0)
        assert file.read() == b"old"
        parts.forget(part(), file)
    assert held(part()) == 5


def test_a_part_that_grew_or_shrank_meanwhile_is_no_bad_photo():
    append(part(), BytesIO(b"abcde"), offset=0)
    for length in (4, 6):
        with pytest.raises(PhotoOffsetDiffers) as refused, parts.opened(part(), length=length):
            pass
        assert refused.value.offset == 5
    with parts.opened(part(), length=3, cut=True) as file:
        assert file.read() == b"abc"


def test_a_photo_that_another_request_has_finished_answers_a_late_one(phone, monkeypatch):
    """What an abandoned request leaves to be found never costs the photo that stands."""
    real = parts.append

    def finished_meanwhile(*given, **named):
        monkeypatch.setattr(parts, "append", real)
        assert phone.put().status_code == 201
        return real(*given, **named)

    monkeypatch.setattr(parts, "append", finished_meanwhile)
    answer = phone.patch(0, 1000, Upload_Length=1000)
    assert (answer.status_code, answer.json()["sha256"]) == (200, SHA256)
    assert phone.offset() == len(CONTENT)
