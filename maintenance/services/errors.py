"""Why upkeep refuses a change, beyond what the register says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sites.services.errors import NotPermitted, RefusedByRegister, ServiceError


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


class TermsIncomplete(RefusedByRegister):
    """The agreement lacks what its parties would sign; `errors` lists all of it."""

    code = "terms_incomplete"
    message = _("The agreement is not complete.")


class AgreementFixed(ServiceError):
    """A signed agreement stays as it was signed; only its end, renewal and keepers change."""

    code = "agreement_fixed"
    problem = "conflict"
    message = _("A signed agreement stays as it was signed. Terminate or renew it instead.")


class AlreadySigned(ServiceError):
    """Somebody has signed these terms, so they cannot change under the signature."""

    code = "already_signed"
    problem = "conflict"
    message = _(
        "A party has signed these terms. Return the agreement to draft to change them; the "
        "signatures fall."
    )


class SignsForItself(NotPermitted):
    """The organisation has people with an account, who sign for it."""

    code = "signs_for_itself"
    message = _("This organisation has its own account here and signs for itself.")


class EvidenceMissing(RefusedByRegister):
    """The order lacks what its submission needs; `errors` lists all of it, each with its code."""

    code = "evidence_missing"
    message = _("The order lacks what its submission needs.")


class LogContentDiffers(ServiceError):
    """The identifier stands for another entry already."""

    code = "log_content_differs"
    problem = "conflict"
    message = _("Another entry was recorded under this identifier.")


class SelfAssessment(NotPermitted):
    """The body that carries out the work wants to score it, or to sign for those who check it."""

    code = "self_assessment"
    message = _("Whoever carries out the work neither scores nor confirms it.")


class PaymentBlocked(RefusedByRegister):
    """Something stands between a payment and its approval; `errors` lists all of it."""

    code = "payment_blocked"
    problem = "blocked"
    message = _("Something stands in the way of this payment.")


class PeriodSettled(ServiceError):
    """The period's payment was approved, so its figures are fixed."""

    code = "period_settled"
    problem = "conflict"
    message = _("The payment of this period has been approved; its figures stay as they are.")
