"""Templates of agreements: what each model of upkeep starts from. Our proposal, all editable.

The three-party model follows the company, association and cooperative of domain.md §5.7. Nobody
checks own work in any of them: where the village keeps up itself, the association inspects and the
township confirms; where a professional body or a bidder does, the township inspects and the
village confirms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from maintenance.kinds import AgreementModel, PartyRole, PriceBasis
from sites.kinds import Kind, OrganisationKind


@dataclass(frozen=True, slots=True)
class ModelTemplate:
    """What an agreement of a model starts from; `bodies` are the usual kinds of each role."""

    model: AgreementModel
    bodies: Mapping[PartyRole, tuple[OrganisationKind, ...]]
    inspects: PartyRole
    confirms: PartyRole
    price_basis: PriceBasis
    shares: tuple[tuple[str, Decimal], ...]
    bands: tuple[tuple[Decimal, Decimal], ...]
    usual_for: tuple[Kind, ...]
    """Kinds of assets for which the office usually chooses this model."""


_GOVERNMENT = (OrganisationKind.TOWNSHIP, OrganisationKind.LEAD_DEPARTMENT)
_VILLAGE = (OrganisationKind.COOPERATIVE, OrganisationKind.VILLAGE_COMMITTEE)
_WATCH = (OrganisationKind.ASSOCIATION, OrganisationKind.THIRD_PARTY)
_BANDS = (
    (Decimal(90), Decimal(1)),
    (Decimal(80), Decimal("0.9")),
    (Decimal(70), Decimal("0.8")),
    (Decimal(0), Decimal("0.5")),
)
_SHARED = (("district", Decimal(50)), ("township", Decimal(30)), ("village", Decimal(20)))

TEMPLATES: Mapping[AgreementModel, ModelTemplate] = {
    AgreementModel.THREE_PARTY: ModelTemplate(
        AgreementModel.THREE_PARTY,
        {
            PartyRole.CLIENT: _GOVERNMENT,
            PartyRole.EXECUTOR: (OrganisationKind.COMPANY,),
            PartyRole.SUPERVISOR: _WATCH,
            PartyRole.PARTICIPANT: _VILLAGE,
        },
        PartyRole.SUPERVISOR,
        PartyRole.PARTICIPANT,
        PriceBasis.PER_KM_YEAR,
        _SHARED,
        _BANDS,
        (Kind.ROAD, Kind.VILLAGE_CENTRE),
    ),
    AgreementModel.PROFESSIONAL: ModelTemplate(
        AgreementModel.PROFESSIONAL,
        {
            PartyRole.CLIENT: _GOVERNMENT,
            PartyRole.EXECUTOR: (OrganisationKind.COMPANY, OrganisationKind.LEAD_DEPARTMENT),
            PartyRole.PARTICIPANT: (OrganisationKind.VILLAGE_COMMITTEE, *_VILLAGE),
        },
        PartyRole.CLIENT,
        PartyRole.PARTICIPANT,
        PriceBasis.PER_SITE_YEAR,
        _SHARED,
        _BANDS,
        (Kind.WATER_WORKS, Kind.FACILITY),
    ),
    AgreementModel.MARKET: ModelTemplate(
        AgreementModel.MARKET,
        {
            PartyRole.CLIENT: _GOVERNMENT,
            PartyRole.EXECUTOR: (OrganisationKind.COMPANY, OrganisationKind.CONTRACTOR),
            PartyRole.PARTICIPANT: (OrganisationKind.VILLAGE_COMMITTEE, *_VILLAGE),
        },
        PartyRole.CLIENT,
        PartyRole.PARTICIPANT,
        PriceBasis.PER_KM_YEAR,
        _SHARED,
        _BANDS,
        (Kind.ROAD, Kind.FACILITY),
    ),
    AgreementModel.SELF: ModelTemplate(
        AgreementModel.SELF,
        {
            PartyRole.CLIENT: _GOVERNMENT,
            PartyRole.EXECUTOR: (OrganisationKind.VILLAGE_COMMITTEE, *_VILLAGE),
            PartyRole.SUPERVISOR: _WATCH,
        },
        PartyRole.SUPERVISOR,
        PartyRole.CLIENT,
        PriceBasis.PER_SITE_YEAR,
        (("township", Decimal(50)), ("village", Decimal(50))),
        _BANDS,
        (Kind.VILLAGE_CENTRE, Kind.WATER_WORKS),
    ),
}
