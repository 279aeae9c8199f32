"""What the home district's programmes without sites delivered: benefits, courses, services."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

import numpy as np
from django.utils import timezone

from sites.demo.codes import HOME_DISTRICT_CODE
from sites.kinds import AreaLevel, OrganisationKind, ProgrammeKind, ServiceState
from sites.models import Area, Organisation, Programme, ServiceRecord

PEOPLE: Final = {
    "WBGY": 1_460,
    "CJBT": 2_150,
    "JNPX": 1_200,
    "XNMP": 600,
    "YBJB": 168_000,
    "DBHC": 3_400,
}
"""People (households for DBHC) of a year in the district, by programme."""
YUAN_A_HEAD: Final = {"WBGY": 9_200, "CJBT": 960, "JNPX": 800, "XNMP": 520, "YBJB": 6, "DBHC": 35}
"""What the demo's records pay a head; fictional, no rate of any real programme."""
TITLES: Final = {
    "WBGY": "分散供养资金发放",
    "CJBT": "生活救助资金发放",
    "JNPX": "就业技能培训班",
    "XNMP": "新型农民培训班",
    "YBJB": "城乡居民医保经办服务",
    "DBHC": "低保对象第三方核查",
}


def load_service_records(*, seed: int, as_of: datetime.date) -> int:
    """Store the records of the home district and return how many they are."""
    rng = np.random.default_rng([seed, 43])
    townships = list(
        Area.objects.filter(code__startswith=HOME_DISTRICT_CODE, level=AreaLevel.TOWNSHIP)
        .defer("boundary", "centre")
        .order_by("code")
    )
    provider = Organisation.objects.filter(kind=OrganisationKind.THIRD_PARTY).first()
    programmes = Programme.objects.exclude(kind=ProgrammeKind.ENGINEERING).order_by("code")
    records = [
        record
        for programme in programmes.filter(year__lte=as_of.year)
        for record in _records(programme, townships, provider, rng, as_of)
    ]
    ServiceRecord.objects.bulk_create(records, batch_size=1000)
    return len(records)


def key_of(programme: Programme) -> str:
    """Return the demo's key of a programme: `XNMP` of `MS2023-XNMP`."""
    return programme.code.rpartition("-")[2]


def district_people(programme: Programme) -> int:
    """Return what a programme is to reach in the district in its year; 2023 is the plain one."""
    plain = PEOPLE[key_of(programme)]
    return plain if plain <= 600 else plain + 20 * (programme.year - 2023)


def township_shares(whole: int, townships: Sequence[Area]) -> list[int]:
    """Return whole numbers by township that sum to the whole, the first ones a little larger."""
    weights = [3 if area.code[6:9] < "200" else 2 for area in townships]
    shares = [whole * weight // sum(weights) for weight in weights]
    for index in range(whole - sum(shares)):
        shares[index % len(shares)] += 1
    return shares


def _records(
    programme: Programme,
    townships: Sequence[Area],
    provider: Organisation | None,
    rng: np.random.Generator,
    as_of: datetime.date,
) -> Iterator[ServiceRecord]:
    """Return one record a township and year; what runs on is reported up to the last quarter."""
    ends = min(datetime.date(programme.year, 12, 20), _quarter_end(as_of))
    starts = datetime.date(programme.year, 1, 5)
    if ends <= starts:
        return
    is_current = programme.year == as_of.year
    shares = township_shares(district_people(programme), townships)
    for area, share in zip(townships, shares, strict=True):
        people = round(share * 0.8) if is_current else share
        state = _state(float(rng.random())) if is_current else ServiceState.VERIFIED
        record = ServiceRecord(
            programme=programme,
            area=area,
            title=f"{area.name}{programme.year}年{TITLES[key_of(programme)]}",
            starts_on=starts,
            ends_on=ends,
            state=state,
            state_reason="人数与花名册不符,请核对后重报" if state == "returned" else "",
            reviewed_at=None if state == "reported" else timezone.now(),
            amount=Decimal(people * YUAN_A_HEAD[key_of(programme)]),
            **_counts(programme, people, rng),
        )
        if programme.kind == ProgrammeKind.PURCHASED:
            record.provider = provider
        yield record


def _counts(programme: Programme, people: int, rng: np.random.Generator) -> dict[str, int]:
    """Return the counts of a record: training tells who passed, checks count households."""
    if programme.kind == ProgrammeKind.TRAINING:
        passed = round(people * (0.92 + 0.06 * float(rng.random())))
        certified = round(passed * (0.84 + 0.08 * float(rng.random())))
        return {"people": people, "passed": passed, "certified": certified}
    if programme.unit == "household":
        return {"people": people * 2, "households": people}
    return {"people": people}


def _state(draw: float) -> ServiceState:
    if draw < 0.72:
        return ServiceState.VERIFIED
    return ServiceState.REPORTED if draw < 0.95 else ServiceState.RETURNED


def _quarter_end(day: datetime.date) -> datetime.date:
    """Return the last day of the last quarter that is over."""
    first = datetime.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first - datetime.timedelta(days=1)
