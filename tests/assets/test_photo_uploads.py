"""A form with photos writes no more to disk than its photos may have."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from assets.forms_photos import PhotosField
from assets.photo_uploads import takes_photos
from tests.factories.photos import picture

LIMIT = 1024 * 1024


class ReportForm(forms.Form):
    text = forms.CharField()
    photos = PhotosField()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.PHOTO_MAX_BYTES = LIMIT


@takes_photos
def report(request):
    form = ReportForm(request.POST, request.FILES)
    request.form = form
    return HttpResponse(status=200 if form.is_valid() else 422)


def sent(*contents, checks=False):
    uploads = [SimpleUploadedFile(f"{n}.jpg", content) for n, content in enumerate(contents)]
    request = RequestFactory().post("/", {"text": "桥", "photos": uploads})
    request._dont_enforce_csrf_checks = not checks
    return request


def test_photos_within_the_limit_arrive_whole():
    request = sent(picture(), picture((30, 20)))
    assert report(request).status_code == 200
    assert [photo.width for photo in request.form.cleaned_data["photos"]] == [64, 30]
    assert request.form.cleaned_data["text"] == "桥"


def test_a_file_above_the_limit_is_cut_on_disk_and_refused_by_its_size():
    request = sent(picture(), bytes(3 * LIMIT))
    assert report(request).status_code == 422
    assert request.form.errors["photos"][0].startswith("1.jpg")
    big = request.FILES.getlist("photos")[1]
    assert big.size == 3 * LIMIT
    big.file.seek(0, 2)
    assert big.file.tell() <= LIMIT


def test_a_form_that_announces_too_much_is_not_read():
    request = sent(picture())
    request.META["CONTENT_LENGTH"] = str(8 * LIMIT + 2 * LIMIT)
    with pytest.raises(RequestDataTooBig):
        report(request)


def test_the_forms_token_is_still_asked_for():
    assert takes_photos(report).csrf_exempt
    assert report(sent(picture(), checks=True)).status_code == 403
