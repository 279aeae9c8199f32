"""The responsibility matrix as pages show it: a cell for each role, blanks included."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from oversight.kinds import ResponsibleRole
from oversight.models import Responsibility
from oversight.responsible import REQUIRED_ROLES, in_force, responsible_of
from oversight.services.access import sees_phones
from sites.access import Scope
from sites.models import Programme, ProjectSite


@dataclass(frozen=True, slots=True)
class Cell:
    """One role of a subject: who holds it (None: nobody) and whether that stands for the subject.

    `phone` is empty for whoever is not of the office.
    """

    role: ResponsibleRole
    row: Responsibility | None
    is_own: bool
    phone: str

    @property
    def is_blank(self) -> bool:
        """Whether nobody holds the role."""
        return self.row is None


def cells_of(
    sites: Sequence[ProjectSite], scope: Scope, on: datetime.date
) -> dict[UUID, tuple[Cell, ...]]:
    """Return the matrix of sites on a day, two statements for any number of them."""
    phones = sees_phones(scope)
    return {
        site_id: tuple(
            _cell(role, held.get(role), site_id, phones=phones) for role in REQUIRED_ROLES
        )
        for site_id, held in responsible_of(sites, on).items()
    }


def programme_rows(
    programme: Programme, scope: Scope, on: datetime.date
) -> dict[UUID | None, tuple[Cell, ...]]:
    """Return the matrix of a programme: by township, and under None for the whole of it."""
    rows = Responsibility.objects.visible_to(scope).filter(programme=programme)
    held: dict[UUID | None, dict[str, Responsibility]] = {None: {}}
    for row in in_force(rows, on).select_related("organisation").order_by("starts_on", "pk"):
        held.setdefault(row.area_id, {})[row.role] = row
    phones = sees_phones(scope)
    return {
        area_id: tuple(
            _cell(role, found.get(role), programme.pk, phones=phones) for role in REQUIRED_ROLES
        )
        for area_id, found in held.items()
    }


def past_rows(rows: Iterable[Responsibility], on: datetime.date) -> list[Responsibility]:
    """Return those that ended before a day or begin after it, the latest first."""
    others = [row for row in rows if row.starts_on > on or (row.ends_on and row.ends_on < on)]
    return sorted(others, key=lambda row: row.starts_on, reverse=True)


def _cell(role: str, row: Responsibility | None, subject: UUID, *, phones: bool) -> Cell:
    own = row is not None and subject in (row.site_id, row.programme_id)
    return Cell(ResponsibleRole(role), row, own, row.phone if row and phones else "")
