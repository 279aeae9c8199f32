"""Why steering refuses a change, beyond what the register says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sites.services.errors import ServiceError


class WrongMoment(ServiceError):
    """The record is not in a state in which this can be done."""

    code = "wrong_moment"
    problem = "conflict"
    message = _("This cannot be done in the present state.")


class PlanLocked(ServiceError):
    """A closed plan is the monthly report; it stays as it is."""

    code = "plan_locked"
    problem = "conflict"
    message = _("A closed plan is the report of its month and stays as it is.")


class MonthNotOver(ServiceError):
    """A plan is closed against facts only after its month."""

    code = "month_not_over"
    problem = "conflict"
    message = _("The month is not over yet.")


class NothingPlanned(ServiceError):
    """A plan without items says nothing."""

    code = "nothing_planned"
    message = _("The plan has no items yet.")
