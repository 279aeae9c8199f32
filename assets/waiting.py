"""What waits in the acceptance chain: sites and findings by what is to be done with them next."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from assets.kinds import FindingState
from assets.models import Acceptance, Finding
from sites.access import Scope
from sites.kinds import Kind, State
from sites.models import ProjectSite


class Waiting(TextChoices):
    """What is to be done next."""

    OPEN = "open", _("To be accepted")
    CONCLUDE = "conclude", _("Acceptance under way")
    RECTIFY = "rectify", _("Findings to rectify")
    RECHECK = "recheck", _("Findings to recheck")
    HAND_OVER = "hand_over", _("To be handed over")
    CLOSE = "close", _("To be closed")


FINDINGS: Final[Mapping[str, str]] = {
    Waiting.RECTIFY: FindingState.OPEN,
    Waiting.RECHECK: FindingState.RECTIFIED,
}
"""Lists of findings, and the state that a finding of the list has."""
_STATES: Final[Mapping[str, tuple[str, ...]]] = {
    Waiting.OPEN: (State.COMPLETED, State.RECTIFYING),
    Waiting.CONCLUDE: (State.COMPLETED, State.RECTIFYING),
    Waiting.HAND_OVER: (State.ACCEPTED, State.SETTLED),
    Waiting.CLOSE: (State.HANDED_OVER,),
}
_TOWNSHIP: Final = "township_code"


@dataclass(frozen=True, slots=True)
class TownshipRow:
    """How much waits in one township, by what is to be done; `overdue` findings among them."""

    code: str
    counts: Mapping[str, int]
    overdue: int


def waiting_sites(scope: Scope, waiting: str) -> QuerySet[ProjectSite]:
    """Return the sites of one list, without those whose round is open where one is to be opened."""
    sites = ProjectSite.objects.visible_to(scope).filter(
        # Naming every kind lets the index of township, kind and state be used.
        kind__in=Kind.values,
        state__in=_STATES[waiting],
    )
    open_rounds = Acceptance.objects.filter(site=OuterRef("pk"), verdict="")
    if waiting == Waiting.OPEN:
        return sites.filter(~Exists(open_rounds))
    return sites.filter(Exists(open_rounds)) if waiting == Waiting.CONCLUDE else sites


def waiting_findings(scope: Scope, waiting: str) -> QuerySet[Finding]:
    """Return the findings of one list."""
    found: QuerySet[Finding] = Finding.objects.visible_to(scope).filter(state=FINDINGS[waiting])
    return found


def township_rows(scope: Scope, today: datetime.date) -> list[TownshipRow]:
    """Return what waits in each township, by its code: one statement for each list."""
    counted: dict[str, Counter[str]] = {}
    overdue: Counter[str] = Counter()
    for waiting in _STATES:
        rows = waiting_sites(scope, waiting).order_by().values_list(_TOWNSHIP)
        _add(counted, waiting, rows.annotate(n=Count("pk")))
    path = f"acceptance__site__{_TOWNSHIP}"
    late = Count("pk", filter=Q(due_on__lt=today, state=FindingState.OPEN))
    for waiting in FINDINGS:
        findings = waiting_findings(scope, waiting).order_by().values_list(path)
        found = list(findings.annotate(n=Count("pk"), late=late))
        _add(counted, waiting, [(code, number) for code, number, _late in found])
        overdue.update({code: number for code, _number, number in found})
    return [TownshipRow(code, counted[code], overdue[code]) for code in sorted(counted)]


def _add(counted: dict[str, Counter[str]], waiting: str, rows: Any) -> None:
    for code, number in rows:
        if number:
            counted.setdefault(code, Counter())[waiting] += number


def totals(rows: Sequence[TownshipRow]) -> dict[str, int]:
    """Return how much waits in all townships, by what is to be done."""
    return {waiting: sum(row.counts[waiting] for row in rows) for waiting in Waiting.values}
