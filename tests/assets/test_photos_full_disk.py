"""Photos on a disk that is really full: refused with a clear word, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest

from assets.models import Photo
from assets.photos.store import Version, path_of
from tests.factories.photos import picture
from tests.factories.sending_phone import CONTENT, SHA256, Phone, code

ROOM = 1024 * 1024
LEFT = 4096


@pytest.fixture
def disk(tmp_path, settings):
    """A disk of 1 MiB in memory that holds the photos."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None or os.geteuid() != 0:
        pytest.skip("A disk can only be made full where this user may mount one.")
    folder = tmp_path / "disk"
    folder.mkdir()
    command = [mount, "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"A disk can only be made full where mounting is permitted: {done.stderr}")
    settings.MEDIA_ROOT = folder
    yield folder
    subprocess.run([umount, "--lazy", str(folder)], check=True)


@pytest.fixture
def phone(world):
    return Phone(world.users["company_member"])


def fill(disk: Path, *, left: int = 0) -> Path:
    """Write a file that leaves `left` bytes of the disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        file.write(bytes(max(0, free - left)))
    return filler


def test_a_whole_photo_is_refused_and_taken_once_there_is_room(disk, phone):
    filler = fill(disk, left=LEFT)
    assert code(phone.put()) == (507, "photo_store_full")
    assert not Photo.objects.exists()
    filler.unlink()
    assert phone.put().status_code == 201
    assert path_of(SHA256, Version.ORIGINAL).read_bytes() == CONTENT


def test_what_was_acknowledged_stays_and_goes_on_once_there_is_room(disk, phone):
    assert phone.patch(0, 50_000).status_code == 204
    filler = fill(disk)
    assert code(phone.patch(50_000, 150_000)) == (507, "photo_store_full")
    held = phone.offset()
    assert 50_000 <= held < 150_000
    filler.unlink()
    done = phone.patch(held, Upload_Length=len(CONTENT))
    assert (done.status_code, done.json()["sha256"]) == (201, SHA256)


def test_a_photo_that_came_whole_waits_for_room_to_be_drawn(disk, phone):
    assert phone.patch(0, len(CONTENT) - 1).status_code == 204
    filler = fill(disk, left=2 * LEFT)
    last = phone.patch(len(CONTENT) - 1, Upload_Length=len(CONTENT))
    assert code(last) == (507, "photo_store_full")
    assert phone.offset() == len(CONTENT)
    assert not Photo.objects.exists()
    assert list((disk / "photos").rglob("*.jpg")) == []
    filler.unlink()
    assert phone.patch(len(CONTENT), Upload_Length=len(CONTENT)).status_code == 201


def test_photos_are_read_from_a_full_disk(disk, phone, world):
    other = Phone(world.users["company_member"], picture(), uuid.uuid4())
    assert other.put().status_code == 201
    fill(disk)
    assert code(phone.put()) == (507, "photo_store_full")
    for version in Version.values:
        answer = other.client.get(f"{other.path}?v={version}")
        assert answer.status_code == 200
        assert len(b"".join(answer.streaming_content)) > 0
    assert other.put().status_code == 200
    assert Photo.objects.get(pk=other.path.rsplit("/")[-1]).sha256 == other.sha256
