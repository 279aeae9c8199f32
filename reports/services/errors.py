"""Why a change of a report was refused."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from sites.services import ServiceError


class ReportIsFrozen(ServiceError):
    """A signed or withdrawn report is not changed any more."""

    code = "report_is_frozen"
    problem = "conflict"
    message = _("A signed report is frozen: withdraw it and make a new one.")


class NotSigned(ServiceError):
    """Only a signed report can be withdrawn; a draft is removed."""

    code = "report_not_signed"
    problem = "conflict"
    message = _("Only a signed report can be withdrawn.")


class UnknownFigures(ServiceError):
    """The text names figures that nobody has defined; `keys` are these."""

    code = "unknown_figures"
    problem = "conflict"
    message = _("The text names figures that do not exist: %(keys)s.")

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(self.message % {"keys": ", ".join(keys)}, field="sections")
        self.keys = tuple(keys)
