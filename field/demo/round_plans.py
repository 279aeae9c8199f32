"""Rounds for the demo's members whose bodies have none, so that their phones show something."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final

from django.utils import timezone

from assets.models import Asset
from maintenance.kinds import PatrolKind
from maintenance.models import Agreement, AgreementScope, PatrolPlan
from maintenance.services import patrol_plan_create
from sites.access import Scope, scope_of
from sites.models import Organisation

STOPS: Final = 6
EVERY_DAYS: Final = 15


def plan_rounds(users: Iterable[Any], at: datetime.datetime) -> None:
    """Plan one round for each body of the accounts that has an agreement in force and no plan."""
    today = timezone.localdate(at)
    for user in users:
        for key in scope_of(user).organisation_ids():
            body = Organisation.objects.get(pk=key)
            agreement = _agreement(body, today)
            if agreement is not None and not PatrolPlan.objects.filter(organisation=body).exists():
                _plan(body, agreement, today)


def _agreement(body: Organisation, today: datetime.date) -> Any:
    rows = Agreement.objects.in_force(today).filter(parties__organisation=body)
    return rows.order_by("number").first()


def _plan(body: Organisation, agreement: Any, today: datetime.date) -> None:
    scopes = AgreementScope.objects.binding(today).filter(agreement=agreement)
    keys = scopes.order_by("asset__code").values_list("asset_id", flat=True).distinct()[:STOPS]
    assets = Asset.objects.in_bulk(list(keys))
    patrol_plan_create(
        agreement=agreement,
        organisation=body,
        values={
            "name": f"{agreement.number} 汛期巡查",
            "kind": PatrolKind.FLOOD_SEASON,
            "frequency_days": EVERY_DAYS,
            "next_due_on": today,
        },
        stops=list(assets.values()),
        actor=None,
        scope=Scope.internal(),
        on=today,
    )
