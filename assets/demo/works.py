"""What the demo says of water works and village centres beyond what their sites say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np

from assets.models import WaterQualityTest
from sites.demo.copying import Record, copy_records
from sites.identifiers import new_id
from sites.models import VillageCentreComponent

SUPPLIES = frozenset({"central_supply", "scattered_supply", "network_extension"})
SOURCES = ("reservoir", "river", "spring", "deep_well")
LABORATORY = "岚川区水质检测中心(演示)"
STANDARD = "GB 5749"


def water_columns(detail: Mapping[str, Any], rng: np.random.Generator) -> Record:
    """Return the columns of water works; those that supply nobody have no service figures."""
    capacity = detail["capacity_m3_per_day"]
    people = detail["people_served"]
    supplies = detail["works_kind"] in SUPPLIES and bool(people)
    draws = rng.random(8)
    households = round(people / 3.1) if supplies else None
    connected = round(households * (0.86 + 0.14 * draws[0])) if households else None
    central = detail["works_kind"] != "scattered_supply"
    return {
        "works_kind": detail["works_kind"],
        "capacity_m3_per_day": capacity,
        "supply_m3_per_day": _share(capacity, 0.55 + 0.4 * draws[1]) if supplies else None,
        "water_source": SOURCES[int(draws[2] * len(SOURCES))] if supplies else "",
        "people_served": people,
        "households": households,
        "connected_households": connected,
        "schools_served": int(draws[3] * 3) if supplies and people > 800 else None,
        "litres_per_person_day": Decimal(round(55 + 60 * draws[4])) if supplies else None,
        "shortage_days_per_year": int(42 * draws[5] ** 3) if supplies else None,
        "is_round_the_clock": bool(central and draws[6] > 0.2) if supplies else None,
        "tap_at_home": bool(central or draws[6] > 0.6) if supplies else None,
        "fetch_minutes": None if central or not supplies else int(4 + 18 * draws[7]),
        "has_treatment": bool(central) if supplies else None,
        "has_disinfection": bool(central and draws[7] > 0.08) if supplies else None,
        "tariff_yuan_per_m3": Decimal("1.8") + Decimal(int(draws[0] * 10)) / 10
        if supplies and central
        else None,
        "collection_percent": Decimal(round(72 + 27 * draws[3])) if supplies and central else None,
        "loss_percent": Decimal(round(8 + 17 * draws[1])) if supplies and central else None,
    }


def _share(amount: Decimal | None, share: float) -> Decimal | None:
    return None if amount is None else (amount * Decimal(f"{share:.3f}")).quantize(Decimal("0.01"))


def components_of(assets: Mapping[UUID, UUID], rng: np.random.Generator) -> Iterator[Record]:
    """Yield the components of village centres; `assets` maps sites to assets."""
    rows = VillageCentreComponent.objects.filter(village_centre__in=list(assets))
    for part in rows.order_by("village_centre", "kind"):
        worn = part.is_done and rng.random() > 0.96
        yield {
            "id": new_id(),
            "asset_id": assets[part.village_centre_id],
            "kind": part.kind,
            "quantity": part.quantity,
            "unit": part.unit,
            "weight": 1,
            "state": "out_of_order" if worn else "done" if part.is_done else "planned",
        }


def write_water_tests(
    works: Sequence[tuple[UUID, Mapping[str, Any]]],
    as_of: datetime.date,
    rng: np.random.Generator,
) -> None:
    """Store four tests over two years for each works that supplies people."""
    copy_records(WaterQualityTest, _water_tests(works, as_of, rng))


def _water_tests(
    works: Sequence[tuple[UUID, Mapping[str, Any]]],
    as_of: datetime.date,
    rng: np.random.Generator,
) -> Iterator[Record]:
    for asset, detail in works:
        if detail["works_kind"] not in SUPPLIES or not detail["people_served"]:
            continue
        for half_years in range(4):
            for stage in ("plant", "tap"):
                days = 182 * half_years + int(rng.integers(10, 60))
                yield {
                    "id": new_id(),
                    "asset_id": asset,
                    "tested_on": as_of - datetime.timedelta(days=days),
                    "stage": stage,
                    "passed": bool(rng.random() > 0.06),
                    "standard": STANDARD,
                    "laboratory": LABORATORY,
                    "items": "浑浊度、pH、余氯、菌落总数、总大肠菌群",
                }
