"""Why an operation was not taken, in the words of its answer and of what is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from field.kinds import OpStatus
from field.services.change_operations import Clash
from maintenance.kinds import SetAsideCause
from maintenance.services.errors import LogContentDiffers
from maintenance.services.field_errors import EntryDiffers
from maintenance.services.set_aside import Refusal
from sites.api.problems import problem_of
from sites.problems import TABLE, Problem
from sites.services.errors import NotPermitted, ServiceError

OTHER_CONTENT = (LogContentDiffers, EntryDiffers)


class OperationReused(ServiceError):
    """The identifier stands for another operation."""

    code = "op_id_reused"
    problem = "conflict"
    message = _("Another operation was sent under this identifier.")


@dataclass(frozen=True, slots=True)
class Told:
    """How a refusal is answered, and as what the entry is kept."""

    status: OpStatus
    message: str
    refusal: Refusal


def told_of(error: Exception) -> Told | None:
    """Return how an exception of an operation is answered; None when it is our own mistake."""
    problem = problem_of(error)
    if problem is None:
        return None
    status, cause = _class_of(error)
    code = error.code if isinstance(error, ServiceError) else _code(problem)
    errors = [
        {"field": entry.field, "code": entry.code, "message": entry.message}
        for entry in problem.errors
    ]
    refusal = Refusal(
        cause=cause,
        code=code,
        errors=errors,
        sides=error.sides if isinstance(error, Clash) else (),
        current_version=error.current_version if isinstance(error, Clash) else None,
    )
    return Told(status, _sentence(error, problem, errors), refusal)


def _class_of(error: Exception) -> tuple[OpStatus, SetAsideCause]:
    if isinstance(error, Clash):
        return OpStatus.CONFLICT, SetAsideCause.CLASH
    if isinstance(error, OTHER_CONTENT):
        return OpStatus.CONFLICT, SetAsideCause.OTHER_CONTENT
    if isinstance(error, OperationReused):
        return OpStatus.REJECTED, SetAsideCause.OTHER_CONTENT
    if isinstance(error, NotPermitted):
        return OpStatus.UNPERMITTED, SetAsideCause.NOT_PERMITTED
    return OpStatus.REJECTED, SetAsideCause.REFUSED


def _code(problem: Problem) -> str:
    """Return the code of the one thing that is wrong, or of the problem as a whole."""
    codes = {entry.code for entry in problem.errors}
    return codes.pop() if len(codes) == 1 else problem.code


def _sentence(error: Exception, problem: Problem, errors: list[dict[str, Any]]) -> str:
    if isinstance(error, ServiceError):
        return str(error.message)
    if len(errors) == 1:
        return str(errors[0]["message"])
    return str(problem.detail or TABLE[problem.code][1])
