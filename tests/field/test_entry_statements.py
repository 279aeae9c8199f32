"""What one field entry costs, and that what is no longer read again is still told rightly."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from rest_framework.exceptions import ValidationError

from maintenance.models import MaintenanceLog
from sites.access import Scope, scope_of
from sites.api.bodies import checked
from sites.api.rows_in_scope import row_in_scope
from sites.api.tokens import CredentialsSerializer
from tests.factories import AssetFactory
from tests.factories.push import log_body, operation, push

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
OF_A_PUT = 5
"""The session aside: person, scope, asset, what covers it, and the entry itself."""


def feature(world, geometry=None, **properties):
    body = {**log_body(world.own_asset), **properties}
    place = body.pop("geometry")
    return {"type": "Feature", "geometry": geometry or place, "properties": body}


def statements(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return [query["sql"] for query in queries if "django_session" not in query["sql"]]


def test_an_entry_goes_in_with_few_statements(world, worker):
    def put():
        assert worker.put(f"{V1}/logs/{uuid4()}", feature(world)).status_code == 201

    put()
    made = [text for text in statements(put) if "SAVEPOINT" not in text]
    assert len(made) <= OF_A_PUT
    assert sum("INSERT INTO maintenance_maintenancelog" in text for text in made) == 1


def test_each_further_entry_of_a_push_is_one_statement_in_one_savepoint(world, worker):
    def of(count):
        ops = [operation("log", log_body(world.own_asset)) for _place in range(count)]
        return len(statements(lambda: push(worker, *ops)))

    of(1)
    assert of(11) - of(1) <= 30


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"quantity": 3, "unit": "m", "labour_days": 0.5, "material": " 砂石 "},
        {"chainage_m": 100.5, "accuracy_m": 900},
        {"device_time": "2020-01-01T00:00:00Z"},
        {"geometry": {"type": "Point", "coordinates": [117, 31.0500000149]}},
    ],
)
def test_the_first_answer_is_what_every_later_one_says(world, worker, properties):
    address = f"{V1}/logs/{uuid4()}"
    body = feature(world, **properties)
    first = worker.put(address, body)
    assert first.status_code == 201, first.content
    again, read = worker.put(address, body), worker.get(address)
    assert (again.status_code, read.status_code) == (200, 200)
    assert first.json() == again.json() == read.json()


def test_an_entry_without_a_position_is_answered_alike(world, worker):
    address = f"{V1}/logs/{uuid4()}"
    body = {**feature(world), "geometry": None}
    first = worker.put(address, body)
    assert first.json() == worker.get(address).json()
    assert first.json()["properties"]["distance_m"] is None


def test_an_entry_that_stands_is_answered_though_its_writer_is_no_party_any_more(
    world, worker, agreement
):
    key, body = uuid4(), feature(world)
    assert worker.put(f"{V1}/logs/{key}", body).status_code == 201
    world.users["company_member"].memberships.get().organisations.set([world.companies[1]])
    upkeep = {"upkeep_party": world.companies[1]}
    type(world.own_asset).objects.filter(pk=world.own_asset.pk).update(**upkeep)
    assert worker.put(f"{V1}/logs/{key}", body).status_code == 200
    other = feature(world, note="别的")
    assert worker.put(f"{V1}/logs/{key}", other).status_code == 409
    assert worker.put(f"{V1}/logs/{uuid4()}", body).status_code == 403


def test_a_receipt_knows_that_a_later_entry_of_the_same_push_corrected_the_first(world, worker):
    first = operation("log", log_body(world.own_asset))
    push(worker, first)
    second = operation("log", {**log_body(world.own_asset), "corrects": first["entity_id"]})
    kept = push(worker, operation("log", first["body"], entity_id=first["entity_id"]), second)
    assert [result["receipt"]["standing"] for result in kept] == ["corrected", "pending"]
    assert MaintenanceLog.objects.count() == 2


def test_a_body_is_refused_in_each_readers_language():
    told = []
    for language in ("en", "zh-hans", "en"):
        with translation.override(language), pytest.raises(ValidationError) as refused:
            checked(CredentialsSerializer, {"username": "a" * 151, "password": "b"})
        told.append(str(refused.value.detail["username"][0]))
    assert told[0] == told[2] != told[1]
    assert checked(CredentialsSerializer, {"username": "a", "password": "b"})["username"] == "a"


def test_an_asset_is_found_by_its_key_only_within_the_scope(world, agreement):
    elsewhere = AssetFactory(area=world.townships[1])
    model, scope = type(elsewhere), scope_of(world.users["township_officer"])
    assert row_in_scope(model, scope, world.own_asset.pk) == world.own_asset
    assert row_in_scope(model, scope, elsewhere.pk) is None
    assert row_in_scope(model, Scope.internal(), elsewhere.pk) == elsewhere
    assert row_in_scope(model, Scope(), elsewhere.pk) is None
