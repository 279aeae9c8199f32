"""What the generator hands over: plain frozen values, geometry in CGCS2000 degrees."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from shapely import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

Value = str | int | float | Decimal | datetime.date | None


@dataclass(frozen=True, slots=True)
class DemoArea:
    """An administrative unit; `boundary` is missing for natural villages and above the district."""

    code: str
    name: str
    name_en: str
    level: str
    parent_code: str
    boundary: MultiPolygon | None
    centre: Point | None
    urban_rural_class: str = ""
    population: int | None = None
    households: int | None = None


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """A body; `key` is how sites and accounts refer to it."""

    key: str
    name: str
    name_en: str
    kind: str
    area_code: str
    credit_code: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class DemoCategory:
    """A category of sites."""

    code: str
    name: str
    name_en: str
    kind: str
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class DemoProgramme:
    """A programme of one year."""

    code: str
    name: str
    name_en: str
    level: str
    kind: str
    category: str
    lead: str
    year: int
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class DemoMilestone:
    """A node of the plan."""

    kind: str
    due_on: datetime.date
    done_on: datetime.date | None
    responsible: str


@dataclass(frozen=True, slots=True)
class DemoMove:
    """A change of state that has happened."""

    from_state: str
    to_state: str
    on: datetime.date
    role: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoEntry:
    """Reported progress; `returned` says why the office sent a company's entry back."""

    on: datetime.date
    percent: int
    note: str
    position: Point | None
    accuracy_m: float | None
    needs_review: bool = False
    returned: str = ""


@dataclass(frozen=True, slots=True)
class DemoPoint:
    """A point of a planned curve."""

    on: datetime.date
    percent: int


@dataclass(frozen=True, slots=True)
class DemoComponent:
    """One component of a village centre."""

    kind: str
    quantity: Decimal
    unit: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A project site with what belongs to it; `detail` holds its kind's own columns."""

    code: str
    name: str
    name_en: str
    kind: str
    category: str
    programme: str
    year: int
    area_code: str
    township_code: str
    state: str
    visibility: str
    is_key_plan: bool
    planned: BaseGeometry
    actual: BaseGeometry | None
    declared_length_m: Decimal | None
    planned_start: datetime.date
    planned_finish: datetime.date
    actual_start: datetime.date | None
    actual_finish: datetime.date | None
    progress_percent: int
    owner: str
    contractor: str
    supervisor: str
    detail: Mapping[str, Value]
    components: tuple[DemoComponent, ...] = ()
    milestones: tuple[DemoMilestone, ...] = ()
    moves: tuple[DemoMove, ...] = ()
    entries: tuple[DemoEntry, ...] = ()
    awaited: tuple[DemoEntry, ...] = ()
    curve: tuple[DemoPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoDistrict:
    """A whole district."""

    code: str
    areas: tuple[DemoArea, ...]
    organisations: tuple[DemoOrganisation, ...]
    sites: tuple[DemoSite, ...] = field(repr=False)
