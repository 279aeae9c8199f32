"""Work orders, logs and photos for tests: an order at any state, by the right people."""

from __future__ import annotations

import datetime
from uuid import UUID, uuid4

from django.contrib.gis.geos import Point
from django.utils import timezone

from assets.models import Photo
from maintenance.kinds import OrderState
from maintenance.log_entry import LogEntry
from maintenance.services import (
    log_record,
    log_review,
    order_accept,
    order_cancel,
    order_close,
    order_confirm,
    order_inspect,
    order_issue,
    order_start,
    order_submit,
)
from sites.access import scope_of
from tests.factories.records import SRID

PATH = (
    OrderState.ISSUED,
    OrderState.ACCEPTED,
    OrderState.DOING,
    OrderState.SUBMITTED,
    OrderState.INSPECTED,
    OrderState.CONFIRMED,
    OrderState.CLOSED,
)


def by(user):
    """The actor and the scope of a user, as services take them."""
    return {"actor": user, "scope": scope_of(user)}


def issued_order(world, agreement, **values):
    """A work order on the first township's own road, issued by the township's officer."""
    now = timezone.now()
    user = values.pop("user", world.users["township_officer"])
    defaults = {
        "agreement": agreement,
        "asset": world.own_asset,
        "title": "修补坑槽",
        "kind": "minor_repair",
        "priority": "normal",
        "at": now,
        "due_at": now + datetime.timedelta(days=3),
    }
    return order_issue(**{**defaults, **values}, **by(user))


def photo_row(user, *, sha256=None):
    """The record of a photo without its file, sent by a user."""
    return Photo.objects.create(
        id=uuid4(),
        sha256=sha256 or f"{uuid4().int:064x}"[-64:],
        content_type="image/jpeg",
        size_bytes=1000,
        width=640,
        height=480,
        uploaded_by=user,
    )


def recorded_log(
    order, user, *, stages=("before", "after"), identifier: UUID | None = None, **values
):
    """A log of the executor on an order, with a photo for each stage, on the asset."""
    entry = LogEntry(
        **{
            "asset": order.asset,
            "order": order,
            "task": "minor_repair",
            "device_time": timezone.now(),
            "position": Point(order.point.x, order.point.y, srid=SRID),
            "accuracy_m": 8.0,
            "photos": [(photo_row(user), stage) for stage in stages],
            "note": "填补坑槽",
            **values,
        }
    )
    return log_record(identifier=identifier or uuid4(), entry=entry, at=timezone.now(), **by(user))[
        0
    ]


def advance(world, order, to_state):
    """Bring an order along the straight path to a state, each step by its own body."""
    company = world.users["company_member"]
    steps = {
        OrderState.ACCEPTED: lambda: order_accept(order=order, at=timezone.now(), **by(company)),
        OrderState.DOING: lambda: order_start(order=order, at=timezone.now(), **by(company)),
        OrderState.SUBMITTED: lambda: (
            recorded_log(order, company),
            order_submit(order=order, at=timezone.now(), **by(company)),
        ),
        OrderState.INSPECTED: lambda: order_inspect(
            order=order, passed=True, at=timezone.now(), **by(world.users["association_member"])
        ),
        OrderState.CONFIRMED: lambda: order_confirm(
            order=order, passed=True, at=timezone.now(), **by(world.users["cooperative_member"])
        ),
        OrderState.CLOSED: lambda: order_close(
            order=order, at=timezone.now(), **by(world.users["township_officer"])
        ),
    }
    if to_state == OrderState.CANCELLED:
        order_cancel(
            order=order,
            reason="重复派单",
            at=timezone.now(),
            **by(world.users["township_officer"]),
        )
        return order
    for state in PATH[PATH.index(order.state) + 1 : PATH.index(to_state) + 1]:
        steps[state]()
    return order


def verified_log(world, log):
    """The log after the association's review."""
    log_review(log=log, verdict="verified", **by(world.users["association_member"]))
    return log
