"""The usual sources come with a migration where there is no source at all."""

from __future__ import annotations

from typing import Any

from django.db import connection

from funding.default_sources import load_default_sources
from funding.models import FundingSource


def sources_after_migrate(**_: Any) -> None:
    """Write the sources into an empty table; an office that has sources keeps its own.

    A way back may have removed the table.
    """
    stands = FundingSource._meta.db_table in connection.introspection.table_names()
    if stands and not FundingSource.objects.exists():
        load_default_sources(FundingSource)
