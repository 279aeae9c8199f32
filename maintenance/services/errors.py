"""Why upkeep refuses a change, beyond what the register says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sites.services.errors import NotPermitted, ServiceError


class RoleConflict(NotPermitted):
    """The person or body stands on the side whose work is to be judged."""

    code = "role_conflict"
    message = _("Nobody judges work on which they acted for another body.")


class WrongMoment(ServiceError):
    """The record is not in a state in which this can be done."""

    code = "wrong_moment"
    message = _("This cannot be done in the present state.")


class AgreementNotInForce(ServiceError):
    """The agreement does not bind its parties on the day."""

    code = "agreement_not_in_force"
    message = _("The agreement is not in force on this day.")


class NotCovered(ServiceError):
    """The agreement does not cover the place."""

    code = "not_covered"
    message = _("The agreement does not cover this place of the asset.")


class BodiesMissing(ServiceError):
    """The agreement does not name three different bodies for doing, inspecting, confirming."""

    code = "bodies_missing"
    message = _(
        "The agreement needs three different bodies: one that carries out the work, one that "
        "inspects it and one that confirms it."
    )
