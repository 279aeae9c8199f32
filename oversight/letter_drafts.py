"""The letter that a case would send next, ready to be edited."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from oversight.case_ladder import ANSWERABLE, next_level
from oversight.kinds import CaseLevel, CaseState
from oversight.letters import default_addressee, draft_body, letter_title
from oversight.models import AccountabilityCase
from oversight.services.cases import reply_day


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter from the template of its level; `letter` is its body."""

    level: CaseLevel
    title: str
    addressee: str
    letter: str
    due_on: datetime.date


def next_letter(case: AccountabilityCase, *, on: datetime.date) -> LetterDraft | None:
    """Return the letter of the case's level, or of the level above once a letter is out.

    `None` where no letter can follow.
    """
    level: CaseLevel | None = None
    if case.state == CaseState.RAISED:
        level = CaseLevel(case.level)
    elif case.state in ANSWERABLE:
        level = next_level(case.level)
    if level is None:
        return None
    due_on = reply_day(on)
    return LetterDraft(
        level=level,
        title=letter_title(case, level),
        addressee=default_addressee(case, level),
        letter=draft_body(case, level, on=on, due_on=due_on),
        due_on=due_on,
    )
