"""Who may do what at the addresses from which a phone reads; see `route_table`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.route_table import Route, api, read

PULL_ROUTES: Mapping[str, Route] = {
    "api/v1/field/me": read(api),
    "api/v1/sync/pull": read(api),
}
