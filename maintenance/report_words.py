"""What is told to whoever reported something: the sentences that no person wrote."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from maintenance.models import PublicReport

REPAIRED_ANSWER: Final = "repaired"
"""Kept as the answer where the office wrote none; it is put into words for whoever reads."""


def answer_words(report: PublicReport) -> str:
    """Return the answer in words, in the language in force; empty while there is none."""
    if report.answer == REPAIRED_ANSWER:
        return _("What you reported has been repaired and checked. Thank you for telling us.")
    return report.answer
