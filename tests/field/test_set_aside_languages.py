"""Why an entry was set aside is kept as code, key and values, and said to each reader anew."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from field.kinds import OpStatus
from maintenance.models import SetAsideEntry
from sites.sentence_keys import keyed, said
from tests.factories.field import proposals
from tests.factories.maintenance import signed_agreement
from tests.factories.push import PUSH, defect_body, envelope, log_body, operation
from tests.factories.set_aside import set_aside
from tests.sites.api.conftest import Caller

pytestmark = pytest.mark.django_db

TWICE = "The same photo is given twice; one photo proves one stage."
BOUND = "Ensure this value is greater than or equal to {min_value}."


@pytest.fixture
def phone(world):
    proposals()
    signed_agreement(world, assets=[world.own_asset])
    client = Client()
    client.force_login(world.users["company_member"])
    return client


def sent(phone, op, language):
    answer = phone.post(
        PUSH, envelope(op), content_type="application/json", headers={"accept-language": language}
    )
    return answer.json()["results"][0]


def messages(caller, entry, language):
    path = f"/api/v1/set-aside/{entry.pk}"
    answer = caller.client.get(path, headers={"accept-language": language}).json()
    assert all(set(error) == {"field", "code", "message"} for error in answer["errors"])
    return [error["message"] for error in answer["errors"]]


def in_both(template, **values):
    found = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found.append(said(template, values))
    return found


def test_a_refusal_in_one_language_is_read_in_another(world, phone):
    photo = {"photo": "0190b3c4-0000-7000-8000-000000000001", "sha256": "a" * 64}
    twice = [{**photo, "stage": "before"}, {**photo, "stage": "after"}]
    result = sent(phone, operation("log", log_body(world.own_asset, photos=twice)), "zh-hans")
    entry = SetAsideEntry.objects.get()
    chinese, english = in_both(TWICE)
    assert chinese != english
    assert [error["message"] for error in result["errors"]] == [chinese]
    assert entry.errors == [
        {"field": "photos", "code": "given_twice", "key": TWICE, "values": {}},
    ]
    office = Caller(world.users["township_officer"])
    assert messages(office, entry, "en") == [english]
    assert messages(office, entry, "zh-hans") == [chinese]


def test_values_stay_values(world, phone):
    result = sent(phone, operation("log", log_body(world.own_asset, quantity=-1)), "en")
    entry = SetAsideEntry.objects.get()
    assert entry.errors[0]["key"] == BOUND
    assert entry.errors[0]["values"] == {"min_value": "0"}
    chinese, english = in_both(BOUND, min_value="0")
    assert result["errors"][0]["message"] == english
    assert messages(Caller(world.users["township_officer"]), entry, "zh-hans") == [chinese]


@pytest.mark.parametrize(("sender", "reader"), [("zh-hans", "en"), ("en", "zh-hans")])
def test_the_page_and_the_list_speak_the_readers_language(world, phone, sender, reader):
    body = defect_body(world.own_asset, found_at="2150-01-01T00:00:00Z")
    sent(phone, operation("defect", body), sender)
    entry = SetAsideEntry.objects.get()
    with translation.override(reader):
        expected = said("This moment has not come yet.", {})
    client = Client()
    client.force_login(world.users["township_officer"])
    for path in (f"/maintenance/set-aside/{entry.pk}/", "/maintenance/set-aside/"):
        page = client.get(path, headers={"accept-language": reader}).content.decode()
        assert expected in page


def test_a_row_that_holds_sentences_is_readable_as_it_is(world):
    old = [{"field": "quantity", "code": "bad", "message": "数量不对，见附页。"}]
    entry = set_aside(world.users["company_member"], world.own.area_code, errors=old)
    assert messages(Caller(world.users["township_officer"]), entry, "en") == ["数量不对，见附页。"]


def test_a_sentence_that_no_catalogue_holds_has_no_key():
    with translation.override("zh-hans"):
        assert keyed("随便写的一句话，哪里也没有。") is None


def test_a_change_in_clash_is_answered_alike_in_each_language(world, phone):
    op = operation("log", log_body(world.own_asset))
    sent(phone, op, "zh-hans")
    other = operation("log", log_body(world.own_asset, note="不同"), entity_id=op["entity_id"])
    first = sent(phone, other, "zh-hans")
    again = sent(phone, other, "en")
    assert (first["status"], again["status"]) == (OpStatus.CONFLICT, OpStatus.CONFLICT)
    assert [set(error) for error in again["errors"]] == [{"field", "code", "message"}]
    assert first["errors"][0]["message"] != again["errors"][0]["message"]


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("The order has no quantity at position %(position)s.", {"position": "7"}),
        ("Send at most %(most)s operations at once.", {"most": "100"}),
    ],
)
def test_a_sentence_leads_back_to_its_key_in_each_language(key, values):
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found = keyed(said(key, values))
            assert found is not None
            assert (found.key, dict(found.values)) == (key, values)
