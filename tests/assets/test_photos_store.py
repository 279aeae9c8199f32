"""Records of photos: one for each identifier, whoever is first, and files that outlive nobody."""

from __future__ import annotations

import datetime
import os
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.contrib.gis.geos import Point
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from assets.models import Photo
from assets.photos import cleaning
from assets.photos.intake import receive
from assets.photos.refusals import PhotoContentDiffers, PhotoStoreFull
from assets.photos.store import Version, path_of, photos_folder
from assets.services.photos import photo_store, photos_keep
from sites.access import Scope
from sites.services.errors import NotPermitted, RefusedByRegister
from tests.factories.photos import kept_photo, picture


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(identifier, content, **options):
    given = {"actor": None, "scope": Scope.public(), **options}
    return photo_store(identifier=identifier, stream=BytesIO(content), **given)


@pytest.mark.django_db(transaction=True)
def test_the_same_photo_sent_eight_times_at_once_is_kept_once():
    identifier, content = uuid.uuid4(), picture((300, 200))
    together = threading.Barrier(8)

    def send(_number):
        try:
            together.wait()
            return store(identifier, content)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        are_new = list(pool.map(send, range(8)))
    assert sorted(are_new) == [False] * 7 + [True]
    assert Photo.objects.get().sha256 == Photo.objects.get(pk=identifier).sha256
    assert not any((photos_folder() / "incoming").iterdir())


@pytest.mark.django_db(transaction=True)
def test_of_two_photos_under_one_identifier_one_is_kept_and_the_other_refused():
    identifier = uuid.uuid4()
    together = threading.Barrier(2)

    def send(content):
        try:
            together.wait()
            return store(identifier, content)[0].sha256
        except PhotoContentDiffers:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        kept = list(pool.map(send, [picture(), picture(colour=(1, 2, 3))]))
    assert kept.count(None) == 1
    assert Photo.objects.get().sha256 in kept


@pytest.mark.django_db
def test_the_same_bytes_under_two_identifiers_are_two_records_of_one_file():
    first, second = store(uuid.uuid4(), picture())[0], store(uuid.uuid4(), picture())[0]
    assert (first.sha256, first.pk != second.pk) == (second.sha256, True)
    originals = list(photos_folder().rglob("*.original"))
    assert len(originals) == 1


@pytest.mark.django_db
def test_a_form_of_the_public_keeps_its_photos_in_order():
    received = [receive(BytesIO(picture((10 + n, 10)))) for n in range(3)]
    kept = photos_keep(received=received, actor=None, scope=Scope.public())
    assert [photo.width for photo in kept] == [10, 11, 12]
    assert {photo.uploaded_by for photo in kept} == {None}


@pytest.mark.django_db
def test_who_holds_no_role_keeps_nothing():
    with pytest.raises(NotPermitted):
        store(uuid.uuid4(), picture(), scope=Scope(user_id=1))
    assert not photos_folder().joinpath("incoming").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "options",
    [
        {"position": Point(200, 31, srid=4490)},
        {"position": Point(float("nan"), 31, srid=4490)},
        {"position": Point(117, 31, srid=4490), "accuracy_m": -1.0},
        {"position": Point(117, 31, srid=4490), "accuracy_m": float("nan")},
        {"position": Point(117, 31, srid=4490), "accuracy_m": float("inf")},
    ],
)
def test_a_place_that_cannot_be_is_refused_by_the_register(options):
    with pytest.raises(RefusedByRegister):
        store(uuid.uuid4(), picture(), **options)
    assert not Photo.objects.exists()


@pytest.mark.django_db
def test_a_photo_is_never_changed_or_deleted():
    photo = kept_photo()
    for change in (
        lambda: Photo.objects.filter(pk=photo.pk).update(original_name="x"),
        lambda: Photo.objects.filter(pk=photo.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "A" * 64},
        {"sha256": ""},
        {"content_type": "image/svg+xml"},
        {"width": 0},
        {"size_bytes": 0},
        {"accuracy_m": float("nan")},
    ],
)
def test_the_database_refuses_a_photo_that_cannot_be(wrong):
    right = {
        "sha256": "a" * 64,
        "content_type": "image/jpeg",
        "size_bytes": 1,
        "width": 1,
        "height": 1,
    }
    Photo.objects.create(id=uuid.uuid4(), **right)
    with pytest.raises(DatabaseError), transaction.atomic():
        Photo.objects.create(id=uuid.uuid4(), **{**right, **wrong})


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch):
    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PhotoStoreFull):
        receive(BytesIO(picture()))
    assert [
        path for path in photos_folder().rglob("*") if path.suffix in {".original", ".jpg"}
    ] == []
    assert list((photos_folder() / "incoming").iterdir()) == []


def _age(path, **past):
    moment = (timezone.now() - datetime.timedelta(**past)).timestamp()
    os.utime(path, (moment, moment))


@pytest.mark.django_db
def test_files_without_a_record_go_after_a_day_and_no_others():
    kept = kept_photo(picture())
    orphan = receive(BytesIO(picture(colour=(1, 2, 3))))
    young = receive(BytesIO(picture(colour=(4, 5, 6))))
    half = photos_folder() / "incoming" / "tmpabc"
    half.write_bytes(b"x")
    for path in (half, *(path_of(p.sha256, v) for p in (kept, orphan) for v in Version)):
        _age(path, days=1, minutes=1)
    for version in Version:
        _age(path_of(young.sha256, version), hours=23)
    assert cleaning.remove_unnamed_files(timezone.now()) == 4
    assert not half.exists()
    for version in Version:
        assert path_of(kept.sha256, version).exists()
        assert path_of(young.sha256, version).exists()
        assert not path_of(orphan.sha256, version).exists()
    assert cleaning.remove_unnamed_files(timezone.now()) == 0


@pytest.mark.django_db
def test_a_file_that_is_sent_again_while_cleaning_runs_stays(monkeypatch):
    """Its record is about to come; age counts from the last time that the bytes arrived."""
    content = picture()
    sha256 = receive(BytesIO(content)).sha256
    for version in Version:
        _age(path_of(sha256, version), days=2)
    look = Photo.objects.filter

    def arrives_just_then(**asked):
        found = look(**asked)
        receive(BytesIO(content))
        return found

    monkeypatch.setattr(Photo.objects, "filter", arrives_just_then, raising=False)
    assert cleaning.remove_unnamed_files(timezone.now()) == 0
    assert path_of(sha256, Version.ORIGINAL).read_bytes() == content


@pytest.mark.django_db
def test_cleaning_where_no_photo_ever_came_does_nothing():
    assert cleaning.remove_unnamed_files(timezone.now()) == 0
