"""Why a case of accountability refuses a move."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oversight.services.errors import WrongMoment
from sites.services.errors import NotPermitted, ServiceError


class CaseWrongMoment(WrongMoment):
    """The case is not in a state in which this can be done."""

    code = "case_wrong_moment"


class ReplyNotDue(ServiceError):
    """The body still has time to reply."""

    code = "reply_not_due"
    problem = "conflict"
    message = _("The body still has time to reply; the case cannot be taken further yet.")


class TopOfLadder(ServiceError):
    """There is no level above."""

    code = "top_of_ladder"
    problem = "conflict"
    message = _("There is no level above the transfer.")


class NotMissed(ServiceError):
    """What the case is to rest on was not missed."""

    code = "not_missed"
    problem = "conflict"
    message = _("This was done in time or is not due yet; there is no ground for a case.")


class AccusedLeads(NotPermitted):
    """The body that a case is about wants to lead it or to decide its own appeal."""

    code = "role_conflict"
    message = _("The body that a case is about neither leads it nor decides its appeal.")
