"""Why money is not booked, beyond what the register says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sites.services.errors import RefusedByRegister, ServiceError


class LimitExceeded(RefusedByRegister):
    """More would be paid than was released, or more released than was allocated.

    `errors` says which limit and by how much; the district planner may override it with a reason.
    """

    code = "ledger_within_account"
    problem = "blocked"
    message = _("The booking exceeds a limit.")


class ContractExceeded(LimitExceeded):
    """More would be paid on a contract than its total, or than its settlement once it has one."""

    code = "contract_exceeded"


class FallbackExceeded(RefusedByRegister):
    """More would be booked on a district fallback than it covers; no reason overrides that."""

    code = "fallback_not_exceeded"
    problem = "blocked"
    message = _("The booking exceeds the district fallback.")


class FallbackNotApproved(ServiceError):
    """A fallback is paid after its approval only."""

    code = "fallback_is_approved"
    problem = "conflict"
    message = _("This fallback has not been approved, so nothing can be booked on it.")


class FallbackStands(ServiceError):
    """One fallback stands for a programme and an area; a new one follows its withdrawal."""

    code = "fallback_once"
    problem = "conflict"
    message = _("This programme already has a fallback for that area and year.")


class NothingToTakeBack(RefusedByRegister):
    """More would be taken back than stands on the account."""

    code = "fund_account_not_negative"
    problem = "blocked"
    message = _("No more can be taken back than was booked.")


class ReserveExceeded(RefusedByRegister):
    """More would be drawn from a reserve than it holds, or put back than was drawn."""

    code = "reserve_not_exceeded"
    problem = "blocked"
    message = _("The draw exceeds the reserve.")


class EntryDiffers(ServiceError):
    """The identifier stands for another entry already."""

    code = "entry_differs"
    problem = "conflict"
    message = _("Another entry was booked under this identifier.")


class AlreadyReversed(ServiceError):
    """An entry is reversed once, and a reversal never."""

    code = "already_reversed"
    problem = "conflict"
    message = _("This entry has been reversed already.")


class WrongState(ServiceError):
    """The record is not in a state in which this can be done."""

    code = "wrong_state"
    problem = "conflict"
    message = _("This cannot be done in the present state.")
