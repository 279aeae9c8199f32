"""Who may do what at the addresses of money; see `route_table`.

Each township has a contract about its site with a booking on it, a document, a reserve and a
proposed fallback; the contract's client and contractor are the bodies of that site.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from funding.models import FallbackCommitment, OfficialDocument, Reserve
from tests.architecture.agreement_routes import on_page
from tests.architecture.route_table import OFFICE, Expect, Route, api, creating, page, read
from tests.factories.funding import booked, signed_contract

SEES = {
    "district_planner": {"own", "sibling"},
    "township_officer": {"own"},
    "evaluator": {"own", "sibling"},
}
PLANNER = ("district_planner",)


def knowing(*bodies: str) -> Expect:
    """Who knows a record: by area, and the bodies that it concerns theirs."""

    def expect(caller: str, thing: str) -> int:
        if caller == "anonymous":
            return 401
        is_theirs = caller in bodies and thing == "own"
        return 200 if is_theirs or thing in SEES.get(caller, ()) else 404

    return expect


OF_AREA = knowing()
CONTRACT = knowing("company_member", "cooperative_member")
ENTRY = knowing("company_member")


def doing(answer: int, known: Expect, callers: tuple[str, ...] = OFFICE) -> Expect:
    def expect(caller: str, thing: str) -> int:
        status = known(caller, thing)
        return status if status != 200 else (answer if caller in callers else 403)

    return expect


def form_page(answer: int, callers: tuple[str, ...] = OFFICE) -> Expect:
    def expect(caller: str, thing: str) -> int:
        return 302 if caller == "anonymous" else (answer if caller in callers else 403)

    return expect


def listed(create: Expect) -> Route:
    return Route({"GET": api, "POST": create})


OFFICE_FORM = Route({"GET": form_page(200), "POST": form_page(422)}, form=True)
CHANGED = {"PUT": doing(428, CONTRACT), "PATCH": doing(428, CONTRACT)}
RESERVED = {"PUT": doing(428, OF_AREA, PLANNER), "PATCH": doing(428, OF_AREA, PLANNER)}
FUNDING_ROUTES: Mapping[str, Route] = {
    "api/v1/funding": listed(creating(422, frozenset(OFFICE))),
    "api/v1/funding/sources": read(api),
    "api/v1/funding/balances": read(api),
    "api/v1/funding/documents": listed(creating(422, frozenset(OFFICE))),
    "api/v1/funding/documents/<uuid:pk>": read(OF_AREA, names="official_document"),
    "api/v1/funding/<uuid:pk>": read(ENTRY, names="ledger_entry"),
    "api/v1/funding/<uuid:pk>/reversal": Route({"POST": doing(422, ENTRY)}, "ledger_entry"),
    "api/v1/contracts": listed(creating(422, frozenset(OFFICE))),
    "api/v1/contracts/<uuid:pk>": Route({"GET": CONTRACT, **CHANGED}, "contract"),
    "api/v1/contracts/<uuid:pk>/variations": Route({"POST": doing(422, CONTRACT)}, "contract"),
    "api/v1/contracts/<uuid:pk>/settlements": Route({"POST": doing(422, CONTRACT)}, "contract"),
    "api/v1/reserves": listed(creating(422, frozenset(PLANNER))),
    "api/v1/reserves/<uuid:pk>": Route({"GET": OF_AREA, **RESERVED}, "reserve"),
    "api/v1/reserves/<uuid:pk>/draws": Route({"POST": doing(422, OF_AREA, PLANNER)}, "reserve"),
    "api/v1/fallbacks": listed(creating(422, frozenset(PLANNER))),
    "api/v1/fallbacks/<uuid:pk>": read(OF_AREA, names="fallback"),
    "api/v1/fallbacks/<uuid:pk>/approval": Route(
        {"POST": doing(422, OF_AREA, PLANNER)}, "fallback"
    ),
    "api/v1/fallbacks/<uuid:pk>/withdrawal": Route(
        {"POST": doing(422, OF_AREA, PLANNER)}, "fallback"
    ),
    "funding/": read(page),
    "funding/report/": read(page),
    "funding/ledger/": read(page),
    "funding/ledger/new/": OFFICE_FORM,
    "funding/ledger/<uuid:pk>/": Route(
        {"GET": on_page(ENTRY), "POST": on_page(doing(422, ENTRY))}, "ledger_entry", form=True
    ),
    "funding/contracts/": read(page),
    "funding/contracts/new/": OFFICE_FORM,
    "funding/contracts/<uuid:pk>/": Route(
        {"GET": on_page(CONTRACT), "POST": on_page(doing(400, CONTRACT))},
        "contract",
        form=True,
    ),
    "funding/contracts/<uuid:pk>/edit/": Route(
        {"GET": on_page(doing(200, CONTRACT)), "POST": on_page(doing(422, CONTRACT))},
        "contract",
        form=True,
    ),
    "funding/documents/": Route({"GET": page, "POST": form_page(422)}, form=True),
    "funding/documents/<uuid:pk>/file/": read(
        lambda caller, thing: 302 if caller == "anonymous" else 404, names="official_document"
    ),
    "funding/reserves/": Route({"GET": page, "POST": form_page(422, PLANNER)}, form=True),
    "funding/reserves/<uuid:pk>/": Route(
        {"GET": on_page(OF_AREA), "POST": on_page(doing(422, OF_AREA, PLANNER))},
        "reserve",
        form=True,
    ),
    "funding/fallbacks/": Route({"GET": page, "POST": form_page(422, PLANNER)}, form=True),
    "funding/fallbacks/<uuid:pk>/": Route(
        {"GET": on_page(OF_AREA), "POST": on_page(doing(400, OF_AREA, PLANNER))},
        "fallback",
        form=True,
    ),
    "funding/fallbacks/<uuid:pk>/print/": read(on_page(OF_AREA), names="fallback"),
}


def funding_rows(world):
    """The records of money of each township, by kind of thing."""
    made = {
        "own": _rows(world, 0, world.own),
        "sibling": _rows(world, 1, world.sibling),
    }
    kinds = ("contract", "ledger_entry", "official_document", "reserve", "fallback")
    return {kind: {name: rows[kind] for name, rows in made.items()} for kind in kinds}


def _rows(world, place, site):
    area = world.townships[place]
    contract = signed_contract(
        world,
        sites=[site],
        number=f"HT-{place}",
        name="施工合同",
        area=area,
        client=world.cooperatives[place],
        contractor=world.companies[place],
    )
    document = OfficialDocument.objects.create(
        area=area, kind="approval", number=f"{place}号", title="决议", issued_on="2023-12-01"
    )
    reserve = Reserve.objects.create(area=area, year=2023, name="预留", amount=Decimal(100))
    fallback = FallbackCommitment.objects.create(
        programme=world.programme,
        area=area,
        year=2023,
        assigned=1,
        executed=2,
        unit_cost=Decimal(10),
        amount=Decimal(10),
        as_of=datetime.date(2023, 12, 31),
    )
    return {
        "contract": contract.pk,
        "ledger_entry": booked(world, "10.00", site=site, contract=contract, upto=True).pk,
        "official_document": document.pk,
        "reserve": reserve.pk,
        "fallback": fallback.pk,
    }
