"""Why a change of the register was refused: one class a reason, each with a stable code."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from sites.constraints import refusal_of


class ServiceError(Exception):
    """A change was refused; `code` is stable, the text is for people.

    `problem` is the code of `sites.problems.TABLE` under which the API answers.
    """

    code = "refused"
    problem = "invalid"
    message: Any = _("The change was refused.")

    def __init__(self, message: Any = None, *, field: str = "") -> None:
        self.message = message or self.message
        self.field = field
        super().__init__(str(self.message))


class NotPermitted(ServiceError):
    """The person may see the record but not make this change."""

    code = "not_permitted"
    message = _("Your role does not allow this change.")


class IllegalTransition(ServiceError):
    """There is no such move between the two states."""

    code = "illegal_transition"
    message = _("This move between states does not exist.")


class ReasonMissing(ServiceError):
    """The move needs a reason and none was given."""

    code = "reason_missing"
    message = _("This move needs a reason.")


class ConcurrentChange(ServiceError):
    """Somebody changed the record since it was read; `current` is what stands now."""

    code = "stale_version"
    message = _("Somebody changed this record in the meantime.")

    def __init__(self, current: Model) -> None:
        super().__init__()
        self.current = current


class InUse(ServiceError):
    """Other records still refer to the record that was to be removed."""

    code = "in_use"
    message = _("Other records still refer to this one.")


class RefusedByRegister(ServiceError):
    """The values break a rule of the register; `errors` lists field, code and sentence."""

    code = "invalid"
    message = _("Some values cannot be taken.")

    def __init__(self, errors: list[tuple[str, str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {text}" for field, _code, text in errors))
        self.errors = errors

    @classmethod
    def from_validation(cls, error: ValidationError) -> RefusedByRegister:
        """Translate Django's validation error."""
        found: list[tuple[str, str, str]] = []
        if hasattr(error, "error_dict"):
            for name, problems in error.error_dict.items():
                label = "" if name == "__all__" else name
                found += [(label, p.code or "invalid", " ".join(p.messages)) for p in problems]
        else:
            found = [("", error.code or "invalid", " ".join(error.messages))]
        return cls(found)

    @classmethod
    def from_integrity(cls, error: IntegrityError, model: type[Model]) -> RefusedByRegister:
        """Translate a refusal by the database through the constraint's *name*, never its text."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return cls([("", name, str(constraint.get_violation_error_message()))])
        refusal = refusal_of(error)
        return cls([(refusal.field, name or "integrity", str(refusal.message))])


class GateNotMet(RefusedByRegister):
    """The site lacks what the state needs; `errors` lists all of it, each with its code."""

    code = "gate_not_met"
    message = _("The site lacks what this state needs.")
