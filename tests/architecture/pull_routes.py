"""Who may do what at the addresses from which a phone reads; see `route_table`.

The agreement of the first company and its partners is `own`; the offices take townships along,
never an agreement, and nobody a township of another district.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.route_table import BODIES, Route, api, read


def own_agreement(caller: str, thing: str) -> int:
    if caller == "anonymous":
        return 401
    return 200 if thing == "own" and caller in BODIES else 404


PULL_ROUTES: Mapping[str, Route] = {
    "api/v1/field/me": read(api),
    "api/v1/field/packages": read(api),
    "api/v1/field/packages/<str:key>": read(own_agreement, names="field_package"),
    "api/v1/sync/pull": read(api),
}


def pull_rows(agreements):
    """The package of each agreement, by kind of thing."""
    return {"field_package": {name: f"agreement-{row.pk}" for name, row in agreements.items()}}
