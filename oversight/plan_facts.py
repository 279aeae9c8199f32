"""What became of a plan's items, from what the register holds: the facts a plan is closed against.

A node counts by the day it was done, progress and quantity by entries that count (verified, or
in no need of a review), money by what the ledger shows as paid in the month.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from funding.kinds import Stage
from funding.models import LedgerEntry
from oversight.kinds import ItemResult
from oversight.models import PlanItem
from oversight.months import last_day
from sites.kinds import ProgressVerdict
from sites.models import Milestone, ProgressEntry, ProgressReview

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What was reached of one item: days, percent, quantity, yuan, and what that makes of it."""

    reached_on: datetime.date | None
    reached_percent: Decimal | None
    reached_quantity: Decimal | None
    reached_money: Decimal | None
    result: ItemResult


@dataclass(frozen=True, slots=True)
class _Standing:
    """Percent and quantity that count at the end of a day."""

    percent: Decimal = ZERO
    quantity: Decimal | None = None


def facts_of(items: Sequence[PlanItem], month: datetime.date) -> Mapping[UUID, ItemFacts]:
    """Return the facts of a month's items; four statements for any number of them."""
    site_ids = {item.site_id for item in items}
    end = last_day(month)
    done = _nodes_done(site_ids, end)
    before = _standing(site_ids, month - datetime.timedelta(days=1))
    after = _standing(site_ids, end)
    paid = _paid(site_ids, month, end)
    return {
        item.pk: _facts(
            item,
            done.get((item.site_id, item.milestone)),
            before.get(item.site_id, _Standing()),
            after.get(item.site_id, _Standing()),
            paid.get(item.site_id, ZERO),
        )
        for item in items
    }


def _facts(
    item: PlanItem,
    done_on: datetime.date | None,
    before: _Standing,
    after: _Standing,
    paid: Decimal,
) -> ItemFacts:
    aims: list[tuple[bool, bool]] = []
    if item.milestone:
        aims.append((done_on is not None, done_on is not None))
    if item.percent is not None:
        aims.append((after.percent >= item.percent, after.percent > before.percent))
    if item.quantity is not None:
        reached, earlier = after.quantity or ZERO, before.quantity or ZERO
        aims.append((reached >= item.quantity, reached > earlier))
    if item.money is not None:
        aims.append((paid >= item.money, paid > ZERO))
    return ItemFacts(
        reached_on=done_on if item.milestone else None,
        reached_percent=after.percent if item.percent is not None else None,
        reached_quantity=after.quantity if item.quantity is not None else None,
        reached_money=paid if item.money is not None else None,
        result=result_of(aims),
    )


def result_of(aims: Sequence[tuple[bool, bool]]) -> ItemResult:
    """Return what became of an item from its aims: whether each was reached, or moved at all.

    Met is all of it, missed is nothing reached and nothing moved; between them lies partly met
    (our choice).
    """
    if all(reached for reached, _moved in aims):
        return ItemResult.MET
    if any(reached or moved for reached, moved in aims):
        return ItemResult.PARTLY
    return ItemResult.MISSED


def _nodes_done(
    site_ids: Iterable[UUID], end: datetime.date
) -> dict[tuple[UUID, str], datetime.date]:
    rows = Milestone.objects.filter(site_id__in=site_ids, done_on__lte=end)
    return {
        (site_id, kind): done_on
        for site_id, kind, done_on in rows.values_list("site_id", "kind", "done_on")
        if done_on is not None
    }


def _standing(site_ids: Iterable[UUID], day: datetime.date) -> dict[UUID, _Standing]:
    latest = counting(ProgressEntry.objects.filter(site_id__in=site_ids, reported_on__lte=day))
    rows = latest.order_by("site_id", "-reported_on", "-received_at", "-id").distinct("site_id")
    return {
        site_id: _Standing(percent, quantity)
        for site_id, percent, quantity in rows.values_list("site_id", "percent", "quantity")
    }


def counting(entries: QuerySet[ProgressEntry]) -> QuerySet[ProgressEntry]:
    """Return the entries of progress that count: in no need of a review, or verified."""
    reviews = ProgressReview.objects.filter(entry=OuterRef("pk")).order_by("-at", "-id")
    judged: QuerySet[Any] = entries.annotate(standing=Subquery(reviews.values("verdict")[:1]))
    return judged.filter(
        Q(standing=ProgressVerdict.VERIFIED) | Q(standing__isnull=True, needs_review=False)
    )


def _paid(
    site_ids: Iterable[UUID], month: datetime.date, end: datetime.date
) -> dict[UUID, Decimal]:
    rows = LedgerEntry.objects.filter(
        site_id__in=site_ids, stage=Stage.PAID, booked_on__gte=month, booked_on__lte=end
    )
    sums = rows.order_by().values("site_id").annotate(total=Sum("amount"))
    return {row["site_id"]: row["total"] for row in sums}
