"""A phone's clock may be wrong: its entries go in at the right moment, and its own is kept too."""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from field.models import FieldOperation
from maintenance.models import Defect, Inspection, Patrol, SetAsideEntry
from tests.factories.field import standard
from tests.factories.push import defect_body, operation, push

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
ENTITIES = ("inspection", "patrol", "defect")


@pytest.fixture
def entry(world, agreement):
    """An entry of a kind, made at a moment of the phone's clock."""
    made = standard({})
    answers = [{"item": str(made.items.get().pk), "result": "ok"}]
    inspection = {"standard": str(made.pk), "kind": "patrol", "answers": answers}

    def build(entity, moment):
        told = moment.isoformat()
        if entity == "inspection":
            body = {**inspection, "asset": str(world.own_asset.pk), "inspected_at": told}
        elif entity == "patrol":
            started = (moment - 40 * MINUTE).isoformat()
            body = {"agreement": str(agreement.pk), "started_at": started, "ended_at": told}
        else:
            body = defect_body(world.own_asset, found_at=told)
        return operation(entity, body, device_time=told)

    return build


def stored_moment(entity):
    if entity == "inspection":
        return Inspection.objects.get().inspected_at
    return Patrol.objects.get().ended_at if entity == "patrol" else Defect.objects.get().found_at


def moments(entity):
    names = {"inspection": ["inspected_at"], "patrol": ["started_at", "ended_at"]}
    return names.get(entity, ["found_at"])


@pytest.mark.parametrize("ahead", [30 * MINUTE, DAY, -180 * MINUTE])
@pytest.mark.parametrize("entity", ENTITIES)
def test_the_moment_is_put_right_and_the_phones_own_is_kept(worker, entry, entity, ahead):
    now = timezone.now()
    op = entry(entity, now + ahead - MINUTE)
    (result,) = push(worker, op, sent_at=(now + ahead).isoformat())
    assert (result["status"], result["code"]) == ("stored", "")
    assert abs(stored_moment(entity) - (now - MINUTE)) < datetime.timedelta(seconds=20)
    kept = FieldOperation.objects.get()
    assert kept.device_time == now + ahead - MINUTE
    assert abs(kept.body["clock_skew_s"] - ahead.total_seconds()) < 20
    assert kept.body["as_sent"] == {name: op["body"][name] for name in moments(entity)}


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_small_difference_is_left_as_it_is(worker, entry, entity):
    made = timezone.now() + 4 * MINUTE
    push(worker, entry(entity, made), sent_at=(made + MINUTE).isoformat())
    assert stored_moment(entity) == made
    assert FieldOperation.objects.get().body is None


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_same_entry_sent_again_by_a_clock_that_drifts_is_the_same(worker, entry, entity):
    now = timezone.now()
    op = entry(entity, now + 29 * MINUTE)
    push(worker, op, sent_at=(now + 30 * MINUTE).isoformat())
    again = {**op, "op_id": str(uuid4())}
    (second,) = push(worker, again, sent_at=(now + 33 * MINUTE).isoformat())
    (third,) = push(worker, op, sent_at=now.isoformat())
    assert (second["status"], third["status"]) == ("duplicate", "duplicate")
    assert not SetAsideEntry.objects.exists()


@pytest.mark.parametrize("sent_at", [None, 0 * MINUTE])
@pytest.mark.parametrize("entity", ENTITIES)
def test_a_moment_that_no_skew_explains_is_not_made_up(worker, entry, entity, sent_at):
    now = timezone.now()
    told = None if sent_at is None else now.isoformat()
    (result,) = push(worker, entry(entity, now + DAY), sent_at=told)
    assert (result["status"], result["code"]) == ("rejected", "in_the_future")
    assert SetAsideEntry.objects.get().device_time == now + DAY


@pytest.mark.parametrize("sent_at", ["9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z"])
@pytest.mark.parametrize("entity", ENTITIES)
def test_a_clock_beyond_all_bounds_is_answered(worker, entry, entity, sent_at):
    (result,) = push(worker, entry(entity, timezone.now()), sent_at=sent_at)
    assert result["status"] in ("stored", "rejected")
    assert result["code"] != "server_error"
