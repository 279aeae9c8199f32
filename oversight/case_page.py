"""What the page of a case shows: its ladder and its steps in the order of time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funding.models import OfficialDocument
from oversight.case_ladder import rung_of
from oversight.kinds import CaseLevel
from oversight.letters import Letter
from oversight.models import AccountabilityCase, CaseStep
from sites.access import Scope
from sites.people import person_name


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of the ladder: passed, the present one, or not reached."""

    level: CaseLevel
    is_past: bool
    is_present: bool
    sent_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """A step with its letter, its photos and its documents; `known` are those one may open."""

    step: CaseStep
    letter: Letter | None
    photos: list[Any]
    documents: list[tuple[OfficialDocument, bool]]

    @property
    def who(self) -> str:
        """The person's name, empty where the rule acted by itself."""
        return person_name(self.step.actor)


def ladder_of(case: AccountabilityCase) -> list[Rung]:
    """Return the levels from the mildest on."""
    here = rung_of(case.level)
    sent: Mapping[str, datetime.date] = dict(
        case.steps.exclude(letter="").order_by("recorded_at", "id").values_list("level", "on")
    )
    return [
        Rung(
            level, rung_of(level) < here and level in sent, rung_of(level) == here, sent.get(level)
        )
        for level in CaseLevel
    ]


def thread_of(case: AccountabilityCase, scope: Scope) -> list[ThreadEntry]:
    """Return the steps in the order of time, with what they rest on."""
    steps = list(
        case.steps.select_related("actor", "organisation")
        .prefetch_related("evidence__photo", "evidence__document")
        .order_by("recorded_at", "id")
    )
    given = [row.document for step in steps for row in step.evidence.all() if row.document]
    rows = OfficialDocument.objects.visible_to(scope)
    known = set(rows.filter(pk__in=[d.pk for d in given]).values_list("pk", flat=True))
    return [_entry(step, known) for step in steps]


def _entry(step: CaseStep, known: set[Any]) -> ThreadEntry:
    evidence = list(step.evidence.all())
    return ThreadEntry(
        step=step,
        letter=Letter.parse(step.letter) if step.letter else None,
        photos=[row.photo for row in evidence if row.photo],
        documents=[(row.document, row.document_id in known) for row in evidence if row.document],
    )
