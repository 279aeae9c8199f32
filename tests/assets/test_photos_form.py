"""The form field for photos, and how pages show them."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from assets.forms_photos import MOST_PHOTOS, PhotosField
from tests.factories.photos import kept_photo, picture


class ReportForm(forms.Form):
    photos = PhotosField(required=False)


class StrictReportForm(forms.Form):
    photos = PhotosField(most=2)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def sent(form, *contents, name="bridge.jpg"):
    uploads = [SimpleUploadedFile(name, content) for content in contents]
    return form({}, MultiValueDict({"photos": uploads} if uploads else {}))


def test_several_photos_are_taken_in_their_order():
    form = sent(ReportForm, picture((30, 20)), picture((20, 30)))
    assert form.is_valid()
    assert [photo.width for photo in form.cleaned_data["photos"]] == [30, 20]
    assert {photo.original_name for photo in form.cleaned_data["photos"]} == {"bridge.jpg"}


def test_no_photo_is_an_empty_list_unless_one_is_needed():
    form, strict = sent(ReportForm), sent(StrictReportForm)
    assert form.is_valid()
    assert form.cleaned_data["photos"] == []
    assert strict.errors == {"photos": ["Add at least one photo."]}


def test_too_many_are_refused_before_any_is_read(media):
    assert sent(StrictReportForm, *[picture()] * 3).errors == {
        "photos": ["Choose at most 2 photos."]
    }
    assert not sent(ReportForm, *[picture()] * (MOST_PHOTOS + 1)).is_valid()
    assert list(media.iterdir()) == []


def test_each_bad_photo_is_named_with_its_reason():
    form = sent(ReportForm, picture(), b"<html>", b"", name="<b>x.jpg")
    assert form.errors["photos"] == [
        "<b>x.jpg: This is no photo. Send a JPEG, PNG, WebP or HEIC image.",
        "<b>x.jpg: The file is empty. Choose the photo again.",
    ]
    assert "<b>" not in form.as_p()


def test_a_photo_above_the_limit_is_refused(settings):
    settings.PHOTO_MAX_BYTES = 1024 * 1024
    form = sent(ReportForm, bytes(1024 * 1024 + 1))
    assert "larger than 1 MB" in form.errors["photos"][0]


def test_the_input_offers_images_several_at_once_and_says_what_is_taken():
    html = render_to_string("assets/partials/_photo_input.html", {"field": ReportForm()["photos"]})
    assert 'type="file"' in html
    assert 'accept="image/*"' in html
    assert " multiple" in html
    assert "capture" not in html
    assert f"at most {MOST_PHOTOS} photos of up to 20 MB" in html
    assert 'aria-describedby="id_photos_helptext"' in html


def test_a_form_that_comes_back_asks_for_the_photos_again():
    form = sent(StrictReportForm)
    html = render_to_string("assets/partials/_photo_input.html", {"field": form["photos"]})
    assert "Choose the photos again" in html


@pytest.mark.django_db
def test_a_page_shows_thumbnails_that_lead_to_the_larger_picture(django_assert_num_queries):
    photos = [kept_photo(picture(camera={0x9003: "2026:05:01 08:30:00"})), kept_photo()]
    with django_assert_num_queries(0):
        html = render_to_string("assets/partials/_photos.html", {"photos": photos})
    for photo in photos:
        assert f'src="/api/v1/photos/{photo.pk}?v=thumb"' in html
        assert f'href="/api/v1/photos/{photo.pk}?v=public"' in html
    assert 'alt="Photo 1, taken ' in html
    assert 'alt="Photo 2"' in html


@pytest.mark.django_db
def test_a_public_page_shows_the_public_door_and_no_facts():
    photo = kept_photo(picture(camera={0x9003: "2026:05:01 08:30:00"}))
    context = {"photos": [photo], "public": True}
    html = render_to_string("assets/partials/_photos.html", context, HttpRequest())
    assert f"/api/public/v1/photos/{photo.pk}" in html
    assert "/api/v1/" not in html
    assert "2026" not in html
