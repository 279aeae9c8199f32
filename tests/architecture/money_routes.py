"""Who may do what at the addresses of payments, assessments and coverage; see `route_table`.

Each agreement has a draft of last month's payment, and an assessment of that month.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from maintenance.models import Assessment
from maintenance.money import Period
from maintenance.services import payment_draft
from sites.access import Scope
from tests.architecture.agreement_routes import CONCERNED, agreement, doing, on_page
from tests.architecture.field_routes import role_needed
from tests.architecture.route_table import OFFICE, Expect, Route, api, page, read

DRAFTERS = (*OFFICE, "company_member")
SCORERS = ("association_member",)


def knowing_gets(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        known = agreement(caller, thing)
        return known if known != 200 else answer

    return expect


def bulk(answer: int) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else (answer if caller in DRAFTERS else 403)

    return expect


MONEY_ROUTES: Mapping[str, Route] = {
    "api/v1/assessments": Route({"GET": api, "POST": role_needed(422)}),
    "api/v1/assessments/<uuid:pk>": read(agreement, names="assessment"),
    "api/v1/agreements/<uuid:pk>/assessment-proposal": read(knowing_gets(400), names="agreement"),
    "api/v1/payments": Route({"GET": api, "POST": role_needed(422)}),
    "api/v1/payments/<uuid:pk>": read(agreement, names="payment"),
    "api/v1/payments/<uuid:pk>/blocks": read(agreement, names="payment"),
    "api/v1/payments/<uuid:pk>/moves": Route(
        {"GET": agreement, "POST": doing(409, CONCERNED)}, "payment", body={"to_state": "paid"}
    ),
    "api/v1/payments/<uuid:pk>/refresh": Route({"POST": doing(200, DRAFTERS)}, "payment"),
    "api/v1/payments/<uuid:pk>/deductions": Route({"POST": doing(422, CONCERNED)}, "payment"),
    "api/v1/payments/<uuid:pk>/deductions/<uuid:deduction>": Route(
        {"DELETE": doing(404, CONCERNED)}, "payment", given={"deduction": uuid4()}
    ),
    "api/v1/upkeep-coverage": read(api),
    "maintenance/payments/": read(page),
    "maintenance/payments/draft/": Route({"GET": bulk(200), "POST": bulk(422)}, form=True),
    "maintenance/payments/<uuid:pk>/": read(on_page(agreement), names="payment"),
    "maintenance/payments/<uuid:pk>/print/": read(on_page(agreement), names="payment"),
    "maintenance/payments/<uuid:pk>/move/": Route(
        {"POST": on_page(doing(422, CONCERNED))}, "payment", form=True
    ),
    "maintenance/payments/<uuid:pk>/compute/": Route(
        {"POST": on_page(doing(302, DRAFTERS))}, "payment", form=True
    ),
    "maintenance/payments/<uuid:pk>/deductions/": Route(
        {"POST": on_page(doing(422, CONCERNED))}, "payment", form=True
    ),
    "maintenance/payments/<uuid:pk>/deductions/<uuid:deduction>/remove/": Route(
        {"POST": on_page(doing(404, CONCERNED))},
        "payment",
        given={"deduction": uuid4()},
        form=True,
    ),
    "maintenance/agreements/<uuid:pk>/assess/": Route(
        {"GET": on_page(doing(200, SCORERS)), "POST": on_page(doing(422, SCORERS))},
        "agreement",
        form=True,
    ),
    "maintenance/assessments/<uuid:pk>/": read(on_page(agreement), names="assessment"),
    "maintenance/coverage/": read(page),
    "maintenance/coverage/assets/": read(page),
    "maintenance/coverage/csv/": read(page),
}


def money_rows(agreements):
    """A payment and an assessment of the last month beside each agreement, by kind of thing."""
    last = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    month = Period(last.replace(day=1), last)
    made = {name: _rows(row, month) for name, row in agreements.items()}
    return {
        kind: {name: rows[kind] for name, rows in made.items()}
        for kind in ("payment", "assessment")
    }


def _rows(agreement_row, month):
    assessment = Assessment.objects.create(
        agreement=agreement_row,
        period_start=month.first,
        period_end=month.last,
        score=Decimal(100),
        coefficient=Decimal(1),
        organisation=agreement_row.parties.get(role="supervisor").organisation,
    )
    payment = payment_draft(
        agreement=agreement_row,
        period=month,
        actor=None,
        scope=Scope.internal(),
        at=timezone.now(),
    )
    return {"payment": payment.pk, "assessment": assessment.pk}
