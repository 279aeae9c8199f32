"""The parts of an agreement as they are handed in: parties, scopes, shares and bands as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assets.models import Asset
from maintenance.kinds import PartyRole
from sites.models import Organisation


@dataclass(frozen=True, slots=True)
class PartyTerm:
    """A body and its role in the agreement."""

    organisation: Organisation
    role: str


@dataclass(frozen=True, slots=True)
class ScopeTerm:
    """An asset, or its stretch from `start_m` to `end_m` (both or none), covered for one task."""

    asset: Asset
    task: str = "routine"
    start_m: Decimal | None = None
    end_m: Decimal | None = None
    keeper_name: str = ""
    keeper_phone: str = ""

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it this stretch and not another."""
        return (self.asset.pk, self.task, self.start_m, self.end_m)


@dataclass(frozen=True, slots=True)
class ShareTerm:
    """The percentage of each payment that a source bears."""

    source: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class BandTerm:
    """From this score on, this coefficient."""

    from_score: Decimal
    coefficient: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """What is to be written: columns, and each part that is to be replaced; None leaves it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    parties: Sequence[PartyTerm] | None = None
    scopes: Sequence[ScopeTerm] | None = None
    shares: Sequence[ShareTerm] | None = None
    bands: Sequence[BandTerm] | None = None


REQUIRED_ROLES: Mapping[str, tuple[PartyRole, ...]] = {
    "three_party": (
        PartyRole.CLIENT,
        PartyRole.EXECUTOR,
        PartyRole.SUPERVISOR,
        PartyRole.PARTICIPANT,
    ),
    "professional": (PartyRole.CLIENT, PartyRole.EXECUTOR),
    "market": (PartyRole.CLIENT, PartyRole.EXECUTOR),
    "self": (PartyRole.CLIENT, PartyRole.EXECUTOR),
}
"""Roles without which an agreement of a model cannot be signed; those that check are added."""


def required_roles(agreement: Any) -> tuple[PartyRole, ...]:
    """Return the roles that must be held and must sign: those of the model and the checking ones.

    Whoever inspects or confirms work orders takes on a duty, and so signs as well.
    """
    checking = (PartyRole(agreement.inspects), PartyRole(agreement.confirms))
    return tuple(dict.fromkeys((*REQUIRED_ROLES[agreement.model], *checking)))
