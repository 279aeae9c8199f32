"""Changes of money."""

from funding.services.errors import (
    AlreadyReversed,
    ContractExceeded,
    EntryDiffers,
    FallbackExceeded,
    FallbackNotApproved,
    LimitExceeded,
    NothingToTakeBack,
    ReserveExceeded,
    WrongState,
)
from funding.services.ledger import ledger_post, ledger_return, ledger_reverse

__all__ = [
    "AlreadyReversed",
    "ContractExceeded",
    "EntryDiffers",
    "FallbackExceeded",
    "FallbackNotApproved",
    "LimitExceeded",
    "NothingToTakeBack",
    "ReserveExceeded",
    "WrongState",
    "ledger_post",
    "ledger_return",
    "ledger_reverse",
]
