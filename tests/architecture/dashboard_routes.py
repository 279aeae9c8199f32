"""Who may read the dashboard, the big screen and what changed: everybody, cut to their scope."""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.route_table import Route, api, page, read

DASHBOARD_ROUTES: Mapping[str, Route] = {
    "dashboard/": read(page),
    "screen/": read(page),
    "changes/": read(page),
    "api/v1/dashboard": read(api),
    "api/v1/dashboard/shapes": read(api),
    "api/v1/changes": read(api),
}
