"""Which agreement a place of an asset falls under, whatever the task, seen from who asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Final
from uuid import UUID

from assets.models import Asset
from maintenance.kinds import UpkeepTask
from maintenance.models import Agreement, AgreementParty, AgreementScope
from sites.access import Scope

REPAIRING_FIRST: Final = (
    UpkeepTask.ROUTINE,
    UpkeepTask.MINOR_REPAIR,
    UpkeepTask.OPERATION,
    UpkeepTask.CLEANING,
    UpkeepTask.GREENING,
)
"""Who answers for a defect where several agreements cover a place for different tasks."""


def agreement_at(
    asset: Asset,
    *,
    on: datetime.date,
    scope: Scope,
    chainage_m: Decimal | None = None,
    task: str = UpkeepTask.ROUTINE,
) -> Agreement | None:
    """Return the agreement in force that a place falls under; None where nobody answers for it.

    Of several, one to which the scope's organisations are party comes first, then the one for
    the task, then the order of `REPAIRING_FIRST`. Without a chainage the whole asset is meant,
    and a stretch of it suffices.
    """
    stretches = [
        stretch
        for stretch in AgreementScope.objects.binding(on)
        .filter(asset=asset)
        .select_related("agreement")
        .order_by("start_m", "pk")
        if _holds(stretch, chainage_m)
    ]
    own = _own_agreements(scope, (stretch.agreement_id for stretch in stretches))
    order = (task, *REPAIRING_FIRST)
    stretches.sort(key=lambda s: (s.agreement_id not in own, order.index(s.task)))
    return stretches[0].agreement if stretches else None


def _holds(stretch: AgreementScope, chainage_m: Decimal | None) -> bool:
    if chainage_m is None or stretch.start_m is None or stretch.end_m is None:
        return True
    return bool(stretch.start_m <= chainage_m <= stretch.end_m)


def _own_agreements(scope: Scope, agreements: Iterable[UUID]) -> set[UUID]:
    own = scope.organisation_ids()
    if not own:
        return set()
    parties = AgreementParty.objects.filter(
        organisation_id__in=own, agreement_id__in=list(agreements)
    )
    return set(parties.values_list("agreement_id", flat=True))
