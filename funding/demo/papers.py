"""The demo's documents, contracts, variations and settlements."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, Final
from uuid import UUID

from funding.demo.works import Work
from funding.kinds import DocumentKind, TenderMethod
from funding.models import Contract, ContractSite, OfficialDocument, Settlement, Variation
from sites.demo.copying import copy_records
from sites.identifiers import new_id
from sites.models import Area, Programme

WEEK: Final = datetime.timedelta(days=7)
OPEN_TENDER_FROM: Final = Decimal(4_000_000)
WARRANTY_MONTHS: Final = 24
AUDITORS: Final = ("区审计局", "中正造价咨询有限公司", "华信工程造价咨询有限公司")


@dataclass(frozen=True, slots=True)
class Papers:
    """Documents by what they settle: the year's budget, and each programme's allocation."""

    budgets: dict[int, tuple[UUID, str]]
    allocations: dict[UUID, tuple[UUID, str]]
    years: dict[UUID, int]


def write_documents(
    programmes: Sequence[Programme], district: Area, as_of: datetime.date
) -> Papers:
    """Store the budget document of each year and the allocation notice of each programme."""
    place = district.name[:2]
    rows: list[dict[str, Any]] = []
    budgets: dict[int, tuple[UUID, str]] = {}
    allocations: dict[UUID, tuple[UUID, str]] = {}
    issued: dict[int, int] = {}
    for programme in programmes:
        year = programme.year
        if year not in budgets:
            number = f"{place}财预〔{year}〕1号"
            title = f"{year}年民生工程资金预算"
            row = document_row(
                district, DocumentKind.BUDGET, number, title, _in(year, 1, 18, as_of)
            )
            rows.append(row)
            budgets[year] = row["id"], number
        issued[year] = issued.get(year, 0) + 1
        number = f"{place}财建〔{year}〕{issued[year] + 10}号"
        title = f"关于下达{programme.name}资金的通知"
        row = document_row(district, DocumentKind.ALLOCATION, number, title, _in(year, 3, 6, as_of))
        rows.append(row)
        allocations[programme.pk] = row["id"], number
    copy_records(OfficialDocument, rows)
    return Papers(budgets, allocations, {one.pk: one.year for one in programmes})


def document_row(
    district: Area, kind: str, number: str, title: str, issued_on: datetime.date
) -> dict[str, Any]:
    """Return the row of a document of the district's finance bureau."""
    return {
        "id": new_id(),
        "version": 1,
        "area_id": district.pk,
        "kind": kind,
        "number": number,
        "title": title,
        "issuer": f"{district.name}财政局",
        "issued_on": issued_on,
    }


def _in(year: int, month: int, day: int, as_of: datetime.date) -> datetime.date:
    return min(datetime.date(year, month, day), as_of)


def write_contracts(works: Iterable[Work], rng: Random) -> dict[UUID, UUID]:
    """Store the contract of each work that has one; returns contracts by site."""
    rows: dict[str, list[dict[str, Any]]] = {
        "contract": [],
        "part": [],
        "varied": [],
        "settled": [],
    }
    found: dict[UUID, UUID] = {}
    counts: dict[str, int] = {}
    for work in works:
        if not work.has_contract:
            continue
        counts[work.programme] = counts.get(work.programme, 0) + 1
        row = _contract(work, counts[work.programme], rng)
        key = found[work.pk] = row["id"]
        rows["contract"].append(row)
        rows["part"].append({"contract_id": key, "site_id": work.pk, "amount": work.terms.signed})
        if work.terms.varied:
            rows["varied"].append(_variation(work, key))
        if work.terms.settled is not None:
            rows["settled"].append(_settlement(work, key, rng))
    for model, name in (
        (Contract, "contract"),
        (ContractSite, "part"),
        (Variation, "varied"),
        (Settlement, "settled"),
    ):
        copy_records(model, rows[name])
    return found


def _contract(work: Work, number: int, rng: Random) -> dict[str, Any]:
    is_open = work.terms.signed >= OPEN_TENDER_FROM
    negotiated = (TenderMethod.NEGOTIATED, TenderMethod.INVITED, TenderMethod.BELOW_THRESHOLD)
    return {
        "id": new_id(),
        "version": 1,
        "number": f"HT-{work.programme[2:]}-{number:03d}",
        "name": f"{work.name}施工合同",
        "programme_id": work.programme_id,
        "client_id": work.owner_id,
        "contractor_id": work.contractor_id,
        "amount": work.terms.signed,
        "signed_on": work.starts_on - WEEK,
        "starts_on": work.starts_on,
        "ends_on": max(work.ends_on, work.starts_on),
        "warranty_months": WARRANTY_MONTHS,
        "tender_method": TenderMethod.OPEN if is_open else rng.choice(negotiated),
        "bidders": rng.randint(3, 9),
        "area_id": work.area_id,
    }


def _variation(work: Work, contract: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "contract_id": contract,
        "amount": work.terms.varied,
        "reason": "现场地质与设计不符，增加工程量",
        "approved_on": work.starts_on + (work.ends_on - work.starts_on) / 2,
    }


def _settlement(work: Work, contract: UUID, rng: Random) -> dict[str, Any]:
    return {
        "id": new_id(),
        "contract_id": contract,
        "submitted": work.terms.total,
        "approved": work.terms.settled,
        "settled_on": work.ends_on,
        "auditor": rng.choice(AUDITORS),
    }
