"""Gates: what must be there before a site may enter a state, as apps above this one know it.

Acceptance, handover and assets live above the register, and some states are theirs to grant. The
app that knows the facts registers a gate when it starts; whoever moves a state, by page, API, bulk
or import, passes through it. So imports still run one way and no caller can walk round a gate.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.utils.functional import Promise

from sites.gate_words import learn_words
from sites.models import ProjectSite
from sites.services.errors import GateNotMet


@dataclass(frozen=True, slots=True)
class GateSubject:
    """A site that is about to enter a state, as it will stand then; `on` is the day, None today."""

    site_id: UUID
    from_state: str
    has_actual_geometry: bool
    on: datetime.date | None = None

    @classmethod
    def of(cls, site: ProjectSite, on: datetime.date | None = None) -> GateSubject:
        """Return a site as it stands."""
        return cls(site.pk, site.state, site.actual_geometry is not None, on)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: the fact's name, a stable code, and a sentence with values."""

    field: str
    code: str
    sentence: str | Promise
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in the language in force."""
        return str(self.sentence) % self.values if self.values else str(self.sentence)


Check: TypeAlias = Callable[[Sequence[GateSubject]], Mapping[UUID, Sequence[Missing]]]
"""From sites to what each of them lacks; a site that lacks nothing may be left out.

It is asked for many sites at once (an import), so it must not ask the database for each.
"""

_gates: dict[str, list[Check]] = {}


def register_gate(to_state: str, check: Check, words: Mapping[str, str | Promise]) -> None:
    """Ask `check` before a site enters the state; called once, when an app starts.

    `words` names each code in a few words, for lists such as an import's row problems.
    """
    checks = _gates.setdefault(to_state, [])
    if check not in checks:
        checks.append(check)
    learn_words(words)


def gated_states() -> tuple[str, ...]:
    """Return the states that have a gate, in a fixed order."""
    return tuple(sorted(_gates))


def missing_for(subjects: Sequence[GateSubject], to_state: str) -> dict[UUID, list[Missing]]:
    """Return what each site lacks for a state; sites that lack nothing are not in it."""
    found: dict[UUID, list[Missing]] = {}
    for check in _gates.get(to_state, ()):
        for site_id, missing in check(subjects).items():
            if missing:
                found.setdefault(site_id, []).extend(missing)
    return found


def site_missing(
    site: ProjectSite, to_state: str, on: datetime.date | None = None
) -> list[Missing]:
    """Return what one site lacks for a state on a day, empty when the way is free."""
    return missing_for([GateSubject.of(site, on)], to_state).get(site.pk, [])


def require_gate(site: ProjectSite, to_state: str, on: datetime.date | None = None) -> None:
    """Raise `GateNotMet` with everything that is missing on the day."""
    refuse_missing(site_missing(site, to_state, on))


def refuse_missing(missing: Iterable[Missing]) -> None:
    """Raise `GateNotMet` for what is missing, if anything is."""
    errors = [(entry.field, entry.code, entry.message) for entry in missing]
    if errors:
        raise GateNotMet(errors)
