"""Agreements for tests: a three-party agreement with its parties, shares and bands."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import count

from django.db import transaction
from django.utils import timezone

from maintenance.kinds import AgreementState
from maintenance.models import (
    Agreement,
    AgreementChange,
    AgreementParty,
    AgreementScope,
    AssessmentBand,
    FundingShare,
)
from sites.kinds import Kind
from sites.models import Organisation
from tests.factories.records import OrganisationFactory

SHARES = (("district", "50"), ("township", "30"), ("village", "20"))
BANDS = (("90", "1"), ("80", "0.9"), ("70", "0.8"), ("0", "0.5"))
"""Coefficients of test agreements: test data, not a rule of the product."""
_numbers = count(1)


def township_government(area):
    """The township's government, the client of the agreements of its area."""
    known = Organisation.objects.filter(kind="township", area=area).first()
    return known or OrganisationFactory(name=f"{area.name}人民政府", kind="township", area=area)


def draft_agreement(world, *, assets=(), index=0, **values):
    """A three-party agreement in draft: parties, scope, shares and bands are there.

    `assets` are assets (covered as a whole; a section from its first to its last metre) or tuples
    (asset, start_m, end_m). `index` chooses the company, association and cooperative of the
    world; `executor`, `supervisor`, `participant`, `client` replace one, None leaves it out.
    `shares`, `bands` and `task` replace the defaults, other values are columns of the agreement.
    """
    given = dict(values)
    area = given.pop("area", world.townships[index])
    bodies = {
        "client": given.pop("client", ...),
        "executor": given.pop("executor", world.companies[index]),
        "supervisor": given.pop("supervisor", world.associations[index]),
        "participant": given.pop("participant", world.cooperatives[index]),
    }
    if bodies["client"] is ...:
        bodies["client"] = township_government(area)
    shares, bands = given.pop("shares", SHARES), given.pop("bands", BANDS)
    task = given.pop("task", "routine")
    today = timezone.localdate()
    number = f"GH-{next(_numbers):04d}"
    agreement = Agreement.objects.create(
        **{
            "number": number,
            "name": f"{number}管护协议",
            "model": "three_party",
            "area": area,
            "starts_on": today - datetime.timedelta(days=180),
            "ends_on": today + datetime.timedelta(days=185),
            "price_basis": "per_km_year",
            "unit_price": Decimal(3000),
            **given,
        }
    )
    for role, organisation in bodies.items():
        if organisation is not None:
            AgreementParty.objects.create(agreement=agreement, organisation=organisation, role=role)
    for position, (source, percent) in enumerate(shares):
        FundingShare.objects.create(
            agreement=agreement, position=position, source=source, percent=Decimal(percent)
        )
    for score, coefficient in bands:
        AssessmentBand.objects.create(
            agreement=agreement, from_score=Decimal(score), coefficient=Decimal(coefficient)
        )
    for entry in assets:
        add_scope(agreement, entry, task=task)
    agreement.refresh_from_db()
    return agreement


def add_scope(agreement, entry, *, task="routine", keeper_name="王五"):
    """Cover an asset, or (asset, start_m, end_m), by an agreement that is not signed yet."""
    asset, *stretch = entry if isinstance(entry, tuple) else (entry,)
    if not stretch and asset.kind == Kind.ROAD:
        stretch = [asset.road_section.start_m, asset.road_section.end_m]
    start, end = (Decimal(str(metres)) for metres in stretch) if stretch else (None, None)
    return AgreementScope.objects.create(
        agreement=agreement,
        asset=asset,
        task=task,
        start_m=start,
        end_m=end,
        length_m=end - start if stretch else None,
        keeper_name=keeper_name,
        valid_from=agreement.starts_on,
        valid_to=agreement.ends_on,
    )


@transaction.atomic
def move_agreement(agreement, to_state, **values):
    """Move an agreement by hand, with the record that the database insists on."""
    AgreementChange.objects.create(
        agreement=agreement,
        from_state=agreement.state,
        to_state=to_state,
        at=timezone.now(),
        reason="test",
    )
    for name, value in {"state": to_state, **values}.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=["state", *values])
    agreement.refresh_from_db()
    return agreement


def signed_agreement(world, **values):
    """An agreement in force (unless its dates say otherwise), signed by all its parties."""
    agreement = draft_agreement(world, **values)
    AgreementParty.objects.filter(agreement=agreement).update(
        signatory="张三", signed_on=agreement.starts_on
    )
    return move_agreement(agreement, AgreementState.SIGNED)
