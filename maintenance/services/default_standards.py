"""The proposed standards come with a migration where there is no standard at all."""

from __future__ import annotations

from typing import Any

from django.db import connection

from maintenance.default_standards import load_default_standards
from maintenance.models import ChecklistItem, UpkeepStandard


def standards_after_migrate(**_: Any) -> None:
    """Write the proposals into an empty table; an office that has standards keeps its own.

    A way back may have removed the table.
    """
    stands = ChecklistItem._meta.db_table in connection.introspection.table_names()
    if stands and not UpkeepStandard.objects.exists():
        load_default_standards(UpkeepStandard, ChecklistItem)
