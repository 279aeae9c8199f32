"""Why checks, defects and reports refuse a change, beyond what the register says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sites.services.errors import NotPermitted, ServiceError


class OutsideAgreement(NotPermitted):
    """No agreement of the person's organisations covers the place."""

    code = "outside_agreement"
    message = _("No agreement of your organisation covers this place.")


class InspectsOwnWork(NotPermitted):
    """The inspector belongs to the body that carries out the work."""

    code = "role_conflict"
    message = _("Whoever carries out the upkeep cannot inspect it.")


class NotYet(ServiceError):
    """The moment lies in the future."""

    code = "in_the_future"
    message = _("This moment has not come yet.")


class ReopenTooLate(ServiceError):
    """The days in which a record can be reopened are over."""

    code = "reopen_too_late"
    problem = "conflict"
    message = _("It is too late to reopen this.")


class NeedsOrder(ServiceError):
    """A defect under an agreement is closed by its work order, after three checks."""

    code = "needs_order"
    problem = "conflict"
    message = _(
        "An agreement covers this place: the defect is closed by its work order, or by a warranty "
        "claim that was settled."
    )


class EntryDiffers(ServiceError):
    """The identifier stands for another entry."""

    code = "entry_differs"
    problem = "conflict"
    message = _("Another entry was recorded under this identifier.")


class WarrantyNotRunning(ServiceError):
    """The asset had no warranty on the day on which the defect was found."""

    code = "warranty_not_running"
    problem = "conflict"
    message = _("The warranty did not run on the day on which the defect was found.")


class ContractorUnknown(ServiceError):
    """The asset names no contractor to whom a claim could go."""

    code = "contractor_unknown"
    problem = "conflict"
    message = _("The asset names no contractor.")


class TooManyReports(ServiceError):
    """Somebody sent too many reports; `wait_s` is how many seconds to wait."""

    code = "too_many_requests"
    problem = "too_many_requests"
    message = _("Many reports came from your connection. Try again later, or call the office.")

    def __init__(self, wait_s: int, message: Any = None) -> None:
        super().__init__(message)
        self.wait_s = wait_s
