"""Numbers of cases: one row a district and year, without gaps while nobody fails, never twice."""

from __future__ import annotations

from oversight.models import AccountabilityCase
from sites.models import Area

DISTRICT_DIGITS = 6


def next_number(area_code: str, year: int) -> str:
    """Return the next number of a district and year, such as `ZR-340199-2026-0001`.

    The district's row is locked until the end of the transaction, so that two cases raised at
    once wait for each other. The form is our choice.
    """
    district = area_code[:DISTRICT_DIGITS]
    # Locked without excluding readers that refer to the area by a foreign key.
    list(Area.objects.filter(code=district).select_for_update(no_key=True).values_list("pk"))
    beginning = f"ZR-{district}-{year}-"
    known = AccountabilityCase.objects.filter(number__startswith=beginning)
    counts = [int(number.rpartition("-")[2]) for number in known.values_list("number", flat=True)]
    return f"{beginning}{max(counts, default=0) + 1:04d}"
