"""Why acceptance, handover and assets refuse a change, beyond what the register says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sites.services.errors import NotPermitted, ServiceError


class RoleConflict(NotPermitted):
    """The person stands on the side whose work is to be judged."""

    code = "role_conflict"
    message = _("Whoever rectifies the work cannot recheck it.")


class WrongMoment(ServiceError):
    """The site or the record is not in a state in which this can be done."""

    code = "wrong_moment"
    problem = "conflict"
    message = _("This cannot be done in the present state.")


class RecordFixed(WrongMoment):
    """The record was concluded or completed; it is kept as it was signed."""

    code = "record_fixed"
    message = _("This record is concluded and stays as it is.")


class AcceptanceStillOpen(WrongMoment):
    """The site has an acceptance without a verdict."""

    code = "acceptance_open"
    message = _("The site has an acceptance that is not concluded.")


class NotReadyForAcceptance(WrongMoment):
    """The site's work is not finished, or was accepted long ago."""

    code = "not_ready_for_acceptance"
    message = _("Only a completed site, or one that was sent to be rectified, can be accepted.")


class PreliminaryMissing(WrongMoment):
    """The final acceptance comes after a preliminary one that was passed."""

    code = "preliminary_missing"
    message = _("The final acceptance needs a preliminary acceptance that was passed.")


class AlreadyPassed(WrongMoment):
    """The stage of acceptance was passed before."""

    code = "already_passed"
    message = _("This stage of acceptance has been passed already.")


class NotReadyForHandover(WrongMoment):
    """The site is not accepted, or was handed over before."""

    code = "not_ready_for_handover"
    message = _("Only a site that was accepted or settled can be handed over.")


class NotARoad(ServiceError):
    """Only a road section has chainage, structures and closures."""

    code = "not_a_road"
    message = _("Only a road section has this.")
