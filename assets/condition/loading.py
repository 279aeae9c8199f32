"""The rule sets that the service comes with, brought into the database after every migration."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from assets.condition.standards import STANDARDS, Standard
from assets.models import RatingCoefficient, RatingRuleset


@transaction.atomic
def load_rulesets() -> int:
    """Create the rule sets and coefficients that are missing; return how many were created.

    What is there stays untouched: the office may have verified or corrected it.
    """
    return sum(_load(standard) for standard in STANDARDS)


def load_after_migrate(**_signal: Any) -> None:
    """Load the rule sets once the tables of this app stand; a way back may have removed them."""
    if RatingCoefficient._meta.db_table in connection.introspection.table_names():
        load_rulesets()


def _load(standard: Standard) -> int:
    ruleset, is_new = RatingRuleset.objects.get_or_create(
        code=standard.code,
        defaults={
            "name": standard.name,
            "name_en": standard.name_en,
            "standard": standard.standard,
            "edition": standard.edition,
            "applies_to": standard.applies_to,
        },
    )
    known = set(ruleset.coefficients.values_list("symbol", flat=True))
    missing = [symbol for symbol in standard.numbers if symbol not in known]
    RatingCoefficient.objects.bulk_create(
        RatingCoefficient(ruleset=ruleset, symbol=symbol, value=standard.numbers[symbol])
        for symbol in missing
    )
    return int(is_new) + len(missing)
