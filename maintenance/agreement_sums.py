"""What agreements cover in sum: assets, metres, and what that costs a year."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, DecimalField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from assets.chainage import METRES_PER_KM
from maintenance.kinds import PriceBasis
from maintenance.models import Agreement, AgreementScope
from maintenance.querysets import AgreementQuerySet

FEN = Decimal("0.01")


def with_sums(agreements: AgreementQuerySet) -> AgreementQuerySet:
    """Add `length_m` (metres, counted for each task) and `assets` (different ones)."""
    scopes = AgreementScope.objects.filter(agreement_id=OuterRef("pk")).order_by()
    of_one = scopes.values("agreement_id")
    length = DecimalField(max_digits=14, decimal_places=1)
    found: AgreementQuerySet = agreements.annotate(
        length_m=Coalesce(
            Subquery(of_one.annotate(sum=Sum("length_m")).values("sum")),
            Decimal(0),
            output_field=length,
        ),
        assets=Coalesce(
            Subquery(of_one.annotate(sum=Count("asset_id", distinct=True)).values("sum")), 0
        ),
    )
    return found


def price_of_a_year(agreement: Agreement, length_m: Decimal, assets: int) -> Decimal | None:
    """Return what a year costs at full score, in yuan to the fen; None for prices by order."""
    if agreement.price_basis == PriceBasis.PER_ORDER:
        return None
    by_km = agreement.price_basis == PriceBasis.PER_KM_YEAR
    quantity = length_m / METRES_PER_KM if by_km else Decimal(assets)
    return (quantity * agreement.unit_price).quantize(FEN, ROUND_HALF_UP)
