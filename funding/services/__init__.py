"""Changes of money."""

from funding.services.contracts import Part, contract_save, settlement_record, variation_record
from funding.services.documents import document_add, document_attach
from funding.services.errors import (
    AlreadyReversed,
    ContractExceeded,
    EntryDiffers,
    FallbackExceeded,
    FallbackNotApproved,
    FallbackStands,
    LimitExceeded,
    NothingToTakeBack,
    ReserveExceeded,
    WrongState,
)
from funding.services.fallbacks import fallback_approve, fallback_propose, fallback_withdraw
from funding.services.ledger import ledger_post, ledger_return, ledger_reverse
from funding.services.reserves import reserve_draw, reserve_save

__all__ = [
    "AlreadyReversed",
    "ContractExceeded",
    "EntryDiffers",
    "FallbackExceeded",
    "FallbackNotApproved",
    "FallbackStands",
    "LimitExceeded",
    "NothingToTakeBack",
    "Part",
    "ReserveExceeded",
    "WrongState",
    "contract_save",
    "document_add",
    "document_attach",
    "fallback_approve",
    "fallback_propose",
    "fallback_withdraw",
    "ledger_post",
    "ledger_return",
    "ledger_reverse",
    "reserve_draw",
    "reserve_save",
    "settlement_record",
    "variation_record",
]
