"""What is due and overdue, for whoever looks: duties of assets, rounds, and the townships."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When
from django.utils import timezone

from assets.models import Asset
from maintenance.models import Agreement, AgreementScope, PatrolPlan, UpkeepSchedule
from maintenance.schedule_filter import ScheduleFilter
from sites.access import Scope
from sites.models import Organisation
from sites.townships import township_names

SOON: Final = datetime.timedelta(days=14)
"""Duties that are due within these days are shown beside those that are overdue: our choice."""
MOST_PLANS: Final = 50


@dataclass(frozen=True, slots=True)
class TownshipDue:
    """A township and how many of its duties are overdue."""

    code: str
    name: str
    overdue: int


def schedules_shown(scope: Scope, chosen: ScheduleFilter) -> QuerySet[Any]:
    """Return the duties in use of assets in service that a filter asks for, by day."""
    rows = chosen.apply(UpkeepSchedule.objects.visible_to(scope).filter(is_active=True))
    listed: QuerySet[Any] = rows.select_related("asset", "standard").only(
        "frequency_days",
        "last_done_on",
        "next_due_on",
        "is_active",
        "version",
        "asset__code",
        "asset__name",
        "asset__name_en",
        "asset__kind",
        "asset__township_code",
        "standard__code",
        "standard__name",
        "standard__name_en",
    )
    return listed


def overdue_by_township(scope: Scope, today: datetime.date) -> list[TownshipDue]:
    """Return the townships with overdue duties, the most burdened first: one statement."""
    rows = (
        UpkeepSchedule.objects.visible_to(scope)
        .overdue(today)
        .values("asset__township_code")
        .annotate(overdue=Count("pk"))
        .order_by("-overdue", "asset__township_code")
    )
    counts = {row["asset__township_code"]: row["overdue"] for row in rows}
    names = township_names(counts)
    return [TownshipDue(code, names.get(code, code), n) for code, n in counts.items()]


def plans_shown(scope: Scope, today: datetime.date) -> QuerySet[Any]:
    """Return the rounds that are missed or due soon; those of the viewer's own bodies first."""
    own = scope.organisation_ids()
    mine = Case(
        When(organisation_id__in=own, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = PatrolPlan.objects.visible_to(scope).filter(
        is_active=True, next_due_on__lte=today + SOON
    )
    found: QuerySet[Any] = (
        rows.annotate(rank=mine if own else Value(0))
        .annotate(stop_count=Count("stops"))
        .select_related("agreement", "organisation")
        .order_by("rank", "next_due_on", "id")[:MOST_PLANS]
    )
    return found


def assets_in_order(scope: Scope, schedules: list[Any]) -> list[Any]:
    """Return the assets of duties in the order of a round: by route and chainage, then by code."""
    wanted = {schedule.asset_id for schedule in schedules}
    rows = Asset.objects.visible_to(scope).filter(pk__in=wanted)
    found = rows.select_related("road_section__route").order_by(
        F("road_section__route__route_no").asc(nulls_last=True),
        F("road_section__start_m").asc(nulls_last=True),
        "code",
    )
    return list(found.defer("geometry", "geometry_3857", "outline_3857", "search_text"))


def agreements_over(scope: Scope, assets: list[Any]) -> QuerySet[Any]:
    """Return the agreements in force today that cover every one of the assets."""
    today = timezone.localdate()
    stretches = AgreementScope.objects.binding(today).filter(asset__in=[a.pk for a in assets])
    covering = (
        stretches.values("agreement_id")
        .annotate(covered=Count("asset_id", distinct=True))
        .filter(covered=len(assets))
    )
    found: QuerySet[Any] = Agreement.objects.visible_to(scope).filter(
        pk__in=covering.values("agreement_id")
    )
    return found.order_by("number")


def parties_over(agreements: QuerySet[Any]) -> QuerySet[Any]:
    """Return the organisations that are party to any of the agreements."""
    found: QuerySet[Any] = Organisation.objects.filter(
        agreement_parties__agreement__in=agreements.values("pk")
    )
    return found.distinct().order_by("name")
