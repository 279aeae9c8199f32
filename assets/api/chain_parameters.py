"""Parameters that the collections of the acceptance chain share."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import QueryDict

from sites.access import code_prefix_condition
from sites.api.schema import parameter
from sites.filter_values import AREA_CODE, matching, moment_of, parsed

CHAIN: Final = frozenset({"site", "area", "updated_since"})
CHAIN_PARAMETERS: Final = (
    parameter("site", "Identifiers of sites, separated by commas."),
    parameter("area", "Area codes with all below them, separated by commas."),
    parameter("updated_since", "RFC 3339 time with offset."),
)


def of_sites(rows: Any, params: QueryDict, path: str) -> Any:
    """Return the rows that the parameters ask for; `path` leads from a row to its site."""
    if sites := parsed(params, "site", UUID):
        rows = rows.filter(**{f"{path}__in": sites})
    if areas := matching(params, "area", AREA_CODE):
        rows = rows.filter(code_prefix_condition(f"{path}__area_code", areas))
    if since := moment_of(params, "updated_since"):
        rows = rows.filter(updated_at__gte=since)
    return rows
