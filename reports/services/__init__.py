"""Changes of reports: keyword-only, atomic, with the actor and the time passed in."""

from reports.services.errors import NotSigned, ReportIsFrozen, UnknownFigures
from reports.services.reports import (
    report_make,
    report_refresh,
    report_remove,
    report_sign,
    report_withdraw,
    section_save,
)
from reports.services.stated import figure_state, stated_change, stated_remove

__all__ = [
    "NotSigned",
    "ReportIsFrozen",
    "UnknownFigures",
    "figure_state",
    "report_make",
    "report_refresh",
    "report_remove",
    "report_sign",
    "report_withdraw",
    "section_save",
    "stated_change",
    "stated_remove",
]
