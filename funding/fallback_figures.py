"""What was booked on fallbacks, beside their caps, in yuan."""

from __future__ import annotations

from typing import Any

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from funding.kinds import Stage
from funding.models import LedgerEntry


def with_booked(fallbacks: Any) -> Any:
    """Add `gap` (units), `paid` and `left` (yuan) to fallbacks; `left` is under their cap."""
    money: DecimalField[Any, Any] = DecimalField(max_digits=18, decimal_places=2)
    paid = (
        LedgerEntry.objects.filter(fallback=OuterRef("pk"), stage=Stage.PAID)
        .order_by()
        .values("fallback")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    return fallbacks.annotate(
        gap=Greatest(F("executed") - F("assigned"), Value(0, output_field=money)),
        paid=Coalesce(Subquery(paid, output_field=money), Value(0, output_field=money)),
    ).annotate(left=F("amount") - F("paid"))
