"""Who may do what at the addresses of work orders, logs and costs; see `route_table`.

`own` rows belong to the first township's agreement, `sibling` ones to the second's, `foreign`
ones to the other district. Each log was written by the agreement's company.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from maintenance.models import CostEntry, MaintenanceLog
from maintenance.services import order_issue
from sites.access import Scope
from tests.architecture.agreement_routes import AGREEMENTS, on_page
from tests.architecture.field_routes import CHECKERS, EVERYBODY, form, knowing, role_needed, trying
from tests.architecture.route_table import BODIES, Route, api, creating, page, read

work = knowing(AGREEMENTS)
ISSUERS = CHECKERS
WRITERS = frozenset(BODIES)


def to_the_list(caller: str, thing: str) -> int:
    """Nothing was chosen, so everybody is led back; who has not signed in to the door."""
    return 302


def no_such_cost(caller: str, thing: str) -> int:
    return 302 if caller == "anonymous" else 404


ORDER_ROUTES: Mapping[str, Route] = {
    "api/v1/work-orders": Route({"GET": api, "POST": role_needed(422)}),
    "api/v1/work-orders/<uuid:pk>": Route({"GET": work, "PATCH": trying(work, 428)}, "order"),
    "api/v1/work-orders/<uuid:pk>/moves": Route(
        {"GET": work, "POST": trying(work, 422, ISSUERS)}, "order", body={"to_state": "cancelled"}
    ),
    "api/v1/work-orders/<uuid:pk>/quantities": Route(
        {"GET": work, "PUT": trying(work, 428), "PATCH": trying(work, 428)}, "order"
    ),
    "api/v1/logs": read(api),
    "api/v1/logs/<uuid:pk>": Route({"GET": work, "PUT": role_needed(422)}, "log"),
    "api/v1/logs/<uuid:pk>/reviews": Route(
        {"GET": work, "POST": trying(work, 422, CHECKERS)}, "log", body={"verdict": "returned"}
    ),
    "api/v1/costs": Route({"GET": api, "POST": role_needed(422)}),
    "api/v1/costs/<uuid:pk>": read(work, names="cost"),
    "api/v1/costs/<uuid:pk>/reversal": Route({"POST": trying(work, 422)}, "cost"),
    "maintenance/orders/": read(page),
    "maintenance/orders/new/": Route(
        {"GET": on_page(creating(200, ISSUERS)), "POST": on_page(creating(200, ISSUERS))},
        form=True,
    ),
    "maintenance/orders/issue/": Route(
        {"GET": on_page(creating(200, ISSUERS)), "POST": on_page(creating(422, ISSUERS))},
        form=True,
    ),
    "maintenance/orders/bulk/": Route({"POST": to_the_list}, form=True),
    "maintenance/orders/<uuid:pk>/": read(on_page(work), names="order"),
    "maintenance/orders/<uuid:pk>/move/": form(work, 422, EVERYBODY, "order"),
    "maintenance/orders/<uuid:pk>/costs/": form(work, 422, EVERYBODY, "order"),
    "maintenance/orders/<uuid:pk>/costs/<uuid:cost>/reverse/": Route(
        {"POST": no_such_cost}, "order", given={"cost": uuid4()}, form=True
    ),
    "maintenance/logs/": read(page),
    "maintenance/logs/new/": Route(
        {"GET": on_page(creating(200, WRITERS)), "POST": on_page(creating(200, WRITERS))},
        form=True,
    ),
    "maintenance/logs/bulk/": Route({"POST": to_the_list}, form=True),
    "maintenance/logs/<uuid:pk>/": read(on_page(work), names="log"),
    "maintenance/logs/<uuid:pk>/review/": form(work, 422, EVERYBODY, "log"),
}


def order_rows(world, agreements):
    """An order, a log and a cost beside each agreement, by kind of thing."""
    made = {
        name: _rows(agreement, getattr(world, f"{name}_asset"), world.users["township_officer"])
        for name, agreement in agreements.items()
    }
    return {kind: {name: rows[kind] for name, rows in made.items()} for kind in _KINDS}


_KINDS = ("order", "log", "cost")


def _rows(agreement, asset, officer):
    now = timezone.now()
    order = order_issue(
        agreement=agreement,
        asset=asset,
        title="修补",
        kind="routine",
        priority="normal",
        at=now,
        due_at=now + datetime.timedelta(days=3),
        actor=officer,
        scope=Scope.internal(),
    )
    log = MaintenanceLog.objects.create(
        agreement=agreement,
        asset=asset,
        order=order,
        task="routine",
        device_time=now,
        organisation=order.executor,
        content_hash="0" * 64,
    )
    cost = CostEntry.objects.create(
        asset=asset,
        agreement=agreement,
        order=order,
        kind="labour",
        source="township",
        amount=Decimal(100),
        incurred_on=timezone.localdate(),
    )
    return {"order": order.pk, "log": log.pk, "cost": cost.pk}
