"""The tables of money."""

from funding.models.contract import Contract, ContractSite, Settlement, Variation
from funding.models.document import OfficialDocument
from funding.models.fallback import FallbackCommitment, Reserve, ReserveDraw
from funding.models.ledger import FundAccount, FundingSource, LedgerEntry

__all__ = [
    "Contract",
    "ContractSite",
    "FallbackCommitment",
    "FundAccount",
    "FundingSource",
    "LedgerEntry",
    "OfficialDocument",
    "Reserve",
    "ReserveDraw",
    "Settlement",
    "Variation",
]
