"""Who may send entries from a phone: whoever is signed in; each operation is judged by itself."""

from __future__ import annotations

from collections.abc import Mapping

from tests.architecture.route_table import Route, api

PUSH_ROUTES: Mapping[str, Route] = {
    "api/v1/sync/push": Route({"POST": api}, body={"device_id": "phone-1", "ops": []}),
    "api/v1/sync/receipts": Route({"POST": api}, body={"entries": [], "photos": []}),
}
