"""Which bodies answer for a work order: who carries it out, who inspects, who confirms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product

from assets.models import Asset
from maintenance.kinds import PartyRole
from maintenance.models import Agreement, AgreementParty
from sites.models import Organisation


@dataclass(frozen=True, slots=True)
class OrderBodies:
    """The three different bodies of one work order."""

    executor: Organisation
    inspector: Organisation
    confirmer: Organisation


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one agreement by role, those nearest to an asset first."""

    by_role: dict[str, list[Organisation]]

    def with_role(self, role: str) -> list[Organisation]:
        """Return the bodies that hold a role."""
        return self.by_role.get(role, [])


def parties_of(agreement: Agreement, asset: Asset) -> Parties:
    """Return an agreement's parties; a body of the asset's village comes before one of the town.

    Where an agreement has several cooperatives, each confirms what lies in its own village.
    """
    rows = AgreementParty.objects.filter(agreement=agreement).select_related("organisation__area")
    by_role: dict[str, list[Organisation]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (-_nearness(row.organisation, asset), row.pk)):
        by_role[row.role].append(row.organisation)
    return Parties(dict(by_role))


def _nearness(organisation: Organisation, asset: Asset) -> int:
    """Return how many digits of its area's code the body shares with the asset's, if all do."""
    code = organisation.area.code if organisation.area else ""
    return len(code) if asset.area_code.startswith(code) else -1


def bodies_for_order(agreement: Agreement, parties: Parties) -> OrderBodies | None:
    """Return the three bodies that the agreement names for its orders, or `None`.

    Which role inspects and which confirms is a term of the agreement; the first three bodies
    that differ are taken.
    """
    candidates = product(
        parties.with_role(PartyRole.EXECUTOR),
        parties.with_role(agreement.inspects),
        parties.with_role(agreement.confirms),
    )
    for executor, inspector, confirmer in candidates:
        if len({executor.pk, inspector.pk, confirmer.pk}) == len(("does", "inspects", "confirms")):
            return OrderBodies(executor, inspector, confirmer)
    return None
