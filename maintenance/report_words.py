"""What is told to whoever reported something: sentences that no person wrote, and until when."""

from __future__ import annotations

import datetime
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from maintenance.models import PublicReport

REPAIRED_ANSWER: Final = "repaired"
"""Kept as the answer where the office wrote none; it is put into words for whoever reads."""


def answer_words(report: PublicReport) -> str:
    """Return the answer in words, in the language in force; empty while there is none."""
    if report.answer == REPAIRED_ANSWER:
        return _("What you reported has been repaired and checked. Thank you for telling us.")
    return report.answer


def reopen_until(report: PublicReport) -> datetime.date | None:
    """Return the last day on which the reporter can reopen; None while there is no answer."""
    if report.answered_at is None:
        return None
    answered: datetime.date = timezone.localdate(report.answered_at)
    return answered + datetime.timedelta(days=settings.DEFECT_REOPEN_DAYS)
