"""A month of upkeep for tests: the agreement of journey five, its orders, logs and assessment."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from maintenance.models import LogReview, MaintenanceLog, OrderChange, WorkOrder
from maintenance.money import Period
from maintenance.services import LostPoints, assessment_record, payment_draft
from sites.access import scope_of
from tests.factories.assets import RouteFactory, section
from tests.factories.maintenance import signed_agreement

SEPTEMBER = Period(datetime.date(2026, 9, 1), datetime.date(2026, 9, 30))
OCTOBER_1 = datetime.datetime(2026, 10, 1, 9, tzinfo=datetime.UTC)
YEAR = {"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 12, 31)}


def september_noon(day):
    """Noon (UTC) of a day of September 2026."""
    return datetime.datetime(2026, 9, day, 12, tzinfo=datetime.UTC)


def agreement_of_12_4_km(world, **values):
    """The three-party agreement over sections of 7.4 and 5.0 km at 3,000 yuan per km and year."""
    assets = [
        section(RouteFactory(), 0, 7400, world.villages[0], west=117.01),
        section(RouteFactory(), 0, 5000, world.villages[0], west=117.01, lat=31.06),
    ]
    return signed_agreement(world, **{"assets": assets, **YEAR, **values})


def order_of(world, agreement, *, state="closed", day=20, logged=True, **values):
    """A work order that is due on a day of September, in a state, with its verified log."""
    asset = agreement.scopes.first().asset
    at = september_noon(day)
    order = WorkOrder.objects.create(
        **{
            "agreement": agreement,
            "asset": asset,
            "kind": "routine",
            "title": "清理边沟",
            "point": asset.geometry.centroid,
            "issued_at": at - datetime.timedelta(days=5),
            "due_at": at,
            "state": state,
            "closed_at": at if state == "closed" else None,
            "executor": world.companies[0],
            "inspector": world.associations[0],
            "confirmer": world.cooperatives[0],
            **values,
        }
    )
    if logged:
        log_of(world, agreement, order=order, day=day)
    return order


def log_of(world, agreement, *, order=None, day=20, verified=True, **values):
    """A log of the company on a day of September, verified by the association unless told."""
    log = MaintenanceLog.objects.create(
        **{
            "order": order,
            "agreement": agreement,
            "asset": order.asset if order else agreement.scopes.first().asset,
            "task": "routine",
            "device_time": september_noon(day),
            "organisation": world.companies[0],
            "content_hash": "0" * 64,
            **values,
        }
    )
    if verified:
        review(log, "verified")
    return log


def review(log, verdict, reason=""):
    """A review of a log."""
    return LogReview.objects.create(log=log, verdict=verdict, reason=reason)


@transaction.atomic
def move_order(order, to_state):
    """Move an order by hand, with the record that the database insists on."""
    OrderChange.objects.create(
        order=order, from_state=order.state, to_state=to_state, at=timezone.now()
    )
    order.state = to_state
    order.save(update_fields=["state"])
    return order


def acting(world, role):
    """The user of a role and its scope, as services take them."""
    user = world.users[role]
    return {"actor": user, "scope": scope_of(user)}


def assessed(world, agreement, score=86, *, period=SEPTEMBER, at=OCTOBER_1, **values):
    """The association's assessment of a period; one line explains all lost points."""
    lost = Decimal(100) - Decimal(score)
    lines = [LostPoints(lost, "边沟淤塞")] if lost else []
    return assessment_record(
        agreement=agreement,
        period=period,
        score=Decimal(score),
        lines=lines,
        at=at,
        **{**acting(world, "association_member"), **values},
    )


def drafted(world, agreement, *, period=SEPTEMBER, role="township_officer"):
    """The draft of a period's payment."""
    return payment_draft(agreement=agreement, period=period, at=OCTOBER_1, **acting(world, role))
