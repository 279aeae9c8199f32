"""Targets of the home district: most are met, some exceeded, some missed.

What was assigned follows from what the demo's sites deliver, so that the tables agree with the
map. In 2023 the housing target was exceeded: the district pays for the houses above it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

import numpy as np
from django.db.models import DecimalField, Sum
from django.db.models.functions import Left

from sites.access import Scope
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.demo.services import district_people, township_shares
from sites.kinds import ProgrammeKind, State, TargetMeasure, Unit
from sites.models import Area, Programme, ProjectSite, Target
from sites.quantities_done import TOWNSHIP_DIGITS, done_by_area, site_quantity

OVERRUN_YEAR = 2023
OVERRUN_KEY = "WFGZ"
RATES = {TargetMeasure.PASS_RATE: Decimal(90), TargetMeasure.CERTIFICATE_RATE: Decimal(80)}
DIFFERENCES = ((0.62, Decimal(1)), (0.80, Decimal("0.95")), (1.01, Decimal("1.08")))
"""Up to which draw the assigned number is which part of the delivered one."""

Places = Mapping[str, Area]


def load_targets(*, seed: int, as_of: datetime.date) -> int:
    """Store the targets of the home district and return how many they are."""
    rng = np.random.default_rng([seed, 41])
    places: Places = {
        area.code: area
        for area in Area.objects.filter(
            code__startswith=HOME_DISTRICT_CODE, level__in=["district", "township"]
        ).defer("boundary", "centre")
    }
    programmes = {row.pk: row for row in Programme.objects.order_by("code")}
    built = list(_site_targets(programmes, places, rng, as_of))
    served = list(_service_targets(programmes.values(), places))
    Target.objects.bulk_create([*built, *served], batch_size=1000)
    return len(built) + len(served)


def _site_targets(
    programmes: Mapping[UUID, Programme],
    places: Places,
    rng: np.random.Generator,
    as_of: datetime.date,
) -> Iterator[Target]:
    """Return the quantities of engineering programmes by township, and the district's sums."""
    engineering = [p for p in programmes.values() if p.kind == ProgrammeKind.ENGINEERING]
    planned = _planned(engineering)
    done = done_by_area(
        Scope.internal(),
        programmes=engineering,
        years={programme.year for programme in engineering},
        as_of=as_of,
        area=HOME_DISTRICT_CODE,
    )
    sums: dict[UUID, Decimal] = {}
    for (pk, code), quantity in sorted(planned.items(), key=lambda row: (row[0][1], str(row[1]))):
        programme, place = programmes[pk], places.get(code)
        draw = float(rng.random())
        if place is None or not quantity:
            continue
        delivered = quantity
        if programme.year < as_of.year and (pk, programme.year, code) in done:
            delivered = done[pk, programme.year, code].executed
        assigned = _assigned(programme, delivered, draw, is_past=programme.year < as_of.year)
        sums[pk] = sums.get(pk, Decimal(0)) + assigned
        yield _target(programme, place, assigned)
    for pk, assigned in sums.items():
        yield _target(programmes[pk], places[HOME_DISTRICT_CODE], assigned)


def _planned(programmes: list[Programme]) -> dict[tuple[UUID, str], Decimal]:
    """Return the quantity of all sites that were not cancelled, by programme and township."""
    planned: dict[tuple[UUID, str], Decimal] = {}
    for unit in {programme.unit for programme in programmes}:
        rows = (
            ProjectSite.objects.filter(
                programme__in=[p for p in programmes if p.unit == unit],
                area_code__startswith=HOME_DISTRICT_CODE,
            )
            .exclude(state=State.CANCELLED)
            .order_by()
            .values("programme_id", place=Left("area_code", TOWNSHIP_DIGITS))
            .annotate(
                quantity=Sum(
                    site_quantity(unit),
                    output_field=DecimalField(max_digits=20, decimal_places=4),
                )
            )
        )
        planned |= {(row["programme_id"], row["place"]): row["quantity"] for row in rows}
    return planned


def _assigned(programme: Programme, delivered: Decimal, draw: float, *, is_past: bool) -> Decimal:
    """Return a round number near what was delivered."""
    step = Decimal("0.1") if programme.unit == Unit.KILOMETRE else Decimal(1)
    if programme.code == f"MS{OVERRUN_YEAR}-{OVERRUN_KEY}":
        return max(delivered - 1, Decimal(1)) if draw < 0.85 else delivered
    factor = next(part for edge, part in DIFFERENCES if draw < edge) if is_past else Decimal(1)
    if factor == 1:
        return delivered.quantize(Decimal("0.001"))
    return max((delivered * factor / step).quantize(Decimal(1), ROUND_HALF_UP) * step, step)


def _service_targets(programmes: Iterable[Programme], places: Places) -> Iterator[Target]:
    """Return what each township is to pay, train or serve, and the rates of training."""
    townships = [area for code, area in sorted(places.items()) if len(code) == TOWNSHIP_DIGITS]
    for programme in programmes:
        if programme.kind == ProgrammeKind.ENGINEERING:
            continue
        whole = district_people(programme)
        for area, share in zip(townships, township_shares(whole, townships), strict=True):
            yield _target(programme, area, Decimal(share))
        yield _target(programme, places[HOME_DISTRICT_CODE], Decimal(whole))
        if programme.kind == ProgrammeKind.TRAINING:
            for measure, percent in RATES.items():
                yield _target(programme, places[HOME_DISTRICT_CODE], percent, measure)


def _target(
    programme: Programme,
    place: Area,
    assigned: Decimal,
    measure: TargetMeasure = TargetMeasure.QUANTITY,
) -> Target:
    return Target(
        programme=programme,
        area=place,
        year=programme.year,
        measure=measure,
        assigned=assigned,
        document_number=f"岚民生办〔{programme.year}〕{2 if measure == 'quantity' else 3}号",
    )
