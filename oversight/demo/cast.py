"""The demo's people: who answers in which role, invented names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
from django.db.models import QuerySet

from oversight.kinds import ResponsibleRole
from oversight.models import Responsibility
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.demo.names import SURNAMES
from sites.kinds import OrganisationKind, State
from sites.models import Organisation, Programme, ProjectSite

GIVEN: Final[tuple[str, ...]] = (
    "建国",
    "志强",
    "文斌",
    "国栋",
    "海峰",
    "卫东",
    "晓明",
    "立平",
    "永胜",
    "学军",
    "秀英",
    "玉兰",
    "春梅",
    "丽华",
    "雪琴",
    "宗明",
    "德胜",
    "世杰",
    "家旺",
    "长青",
)
NAMED_STATES: Final = (
    State.CONTRACTED,
    State.UNDER_CONSTRUCTION,
    State.SUSPENDED,
    State.COMPLETED,
    State.RECTIFYING,
)
BLANK_SHARE: Final = 0.05
"""Share of the contracted sites that still lack a project lead or a supervisor."""
BEFORE_WORK: Final = datetime.timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Names:
    """Draws invented names from one stream of random numbers."""

    rng: np.random.Generator

    def one(self) -> str:
        """Return a name."""
        surname = SURNAMES[int(self.rng.integers(len(SURNAMES)))].zh
        return surname + GIVEN[int(self.rng.integers(len(GIVEN)))]

    def phone(self) -> str:
        """Return a number of a range that no operator gives out."""
        return f"1990000{int(self.rng.integers(10_000)):04d}"


def write_responsibilities(rng: np.random.Generator) -> None:
    """Name leaders and heads for programmes with open sites, leads and supervisors for those."""
    names = Names(rng)
    rows = [*_of_programmes(names), *_of_townships(names), *_of_sites(names)]
    Responsibility.objects.bulk_create(rows, batch_size=2000)


def _open_sites() -> QuerySet[ProjectSite]:
    return ProjectSite.objects.filter(
        area_code__startswith=HOME_DISTRICT_CODE, state__in=NAMED_STATES
    )


def _of_programmes(names: Names) -> Iterator[Responsibility]:
    leaders = [names.one() for _place in range(6)]
    heads: dict[UUID, str] = {}
    programmes = Programme.objects.filter(pk__in=_open_sites().values("programme"))
    for place, programme in enumerate(programmes.order_by("year", "code")):
        common = {
            "programme": programme,
            "starts_on": datetime.date(programme.year - 1, 11, 1),
        }
        yield Responsibility(
            role=ResponsibleRole.LEADER,
            person=leaders[place % len(leaders)],
            post="区级包保领导",
            phone=names.phone(),
            **common,
        )
        lead = programme.lead_organisation_id
        heads.setdefault(lead, names.one())
        yield Responsibility(
            role=ResponsibleRole.DEPARTMENT_HEAD,
            person=heads[lead],
            post="牵头部门负责人",
            phone=names.phone(),
            organisation_id=lead,
            **common,
        )


def _of_townships(names: Names) -> Iterator[Responsibility]:
    """Name the head of the township for each programme's part in it."""
    bodies = Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP)
    governments = {
        code: (pk, area) for code, pk, area in bodies.values_list("area__code", "pk", "area_id")
    }
    heads: dict[str, str] = {}
    pairs = _open_sites().values_list("programme_id", "programme__year", "township_code")
    for programme_id, year, code in pairs.order_by("programme__code", "township_code").distinct(
        "programme__code", "township_code"
    ):
        if code not in governments:
            continue
        body, area = governments[code]
        heads.setdefault(code, names.one())
        yield Responsibility(
            programme_id=programme_id,
            area_id=area,
            role=ResponsibleRole.TOWNSHIP_HEAD,
            person=heads[code],
            post="乡镇主要负责人",
            phone=names.phone(),
            organisation_id=body,
            starts_on=datetime.date(year - 1, 11, 1),
        )


def _of_sites(names: Names) -> Iterator[Responsibility]:
    sites = _open_sites()
    columns = ("pk", "state", "year", "actual_start", "contractor_id", "supervisor_id")
    crew = [names.one() for _place in range(60)]
    for pk, state, year, start, contractor, supervisor in sites.order_by("code").values_list(
        *columns
    ):
        since = (start or datetime.date(year, 1, 20)) - BEFORE_WORK
        draw = float(names.rng.random())
        lacks = draw if state == State.CONTRACTED or draw < BLANK_SHARE / 5 else 1.0
        for role, body, border in (
            (ResponsibleRole.PROJECT_LEAD, contractor, BLANK_SHARE * 3),
            (ResponsibleRole.SITE_SUPERVISOR, supervisor, BLANK_SHARE),
        ):
            if lacks < border:
                continue
            yield Responsibility(
                site_id=pk,
                role=role,
                person=crew[int(names.rng.integers(len(crew)))],
                phone=names.phone(),
                organisation_id=body,
                starts_on=since,
            )
