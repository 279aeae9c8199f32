"""Decisions that were missed become cases by themselves; unanswered reminders are taken further."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation

from oversight.case_roles import belongs_to
from oversight.kinds import CaseCause, CaseLevel, CaseState
from oversight.letters import chinese_day
from oversight.models import AccountabilityCase, Decision
from oversight.services.case_grounds import Grounds
from oversight.services.cases import case_escalate, case_notify, case_raise
from sites.access import Scope, code_prefix_condition
from sites.kinds import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_AT_ONCE = 500
"""Decisions and cases dealt with in one run; the next run takes the rest."""


@dataclass(frozen=True, slots=True)
class OverdueRaised:
    """What one run did: cases raised and sent, and cases taken to the next level."""

    raised: tuple[UUID, ...]
    escalated: tuple[UUID, ...]


@transaction.atomic
def overdue_raise(
    *, as_of: datetime.date, actor: User | None = None, scope: Scope | None = None
) -> OverdueRaised:
    """Remind of each decision missed by `DECISION_GRACE_DAYS`, and supervise what stays silent.

    A missed decision becomes a case and the reminder goes out with the words of the template. A
    reminder about a decision whose reply is overdue by the same days goes to supervision. What is
    graver is for people to decide. A second run on the same day finds nothing left; a decision
    whose case was withdrawn or closed is not raised again.
    """
    seen = scope or Scope.internal()
    limit = as_of - datetime.timedelta(days=settings.DECISION_GRACE_DAYS)
    with translation.override("zh-hans"):
        escalated = tuple(_supervised(case, as_of, actor, seen) for case in _silent(limit, seen))
        raised = tuple(_reminded(decision, as_of, actor, seen) for decision in _missed(limit, seen))
    return OverdueRaised(raised, escalated)


def _missed(limit: datetime.date, scope: Scope) -> list[Decision]:
    """Return open decisions that were due by the day and have had no case, locked."""
    cases = AccountabilityCase.objects.filter(decision=OuterRef("pk"))
    rows = _led(Decision.objects.overdue(limit + datetime.timedelta(days=1)), scope)
    free = rows.filter(~Exists(cases)).select_related("organisation__area", "meeting")
    # Another run that is under way deals with the rows that it has locked.
    locked = list(
        free.select_for_update(of=("self",), skip_locked=True).order_by("due_on", "pk")[
            :MOST_AT_ONCE
        ]
    )
    known = AccountabilityCase.objects.filter(decision__in=[row.pk for row in locked])
    had = set(known.values_list("decision_id", flat=True))
    return [row for row in locked if row.pk not in had and not belongs_to(scope, row.organisation)]


def _silent(limit: datetime.date, scope: Scope) -> list[AccountabilityCase]:
    """Return reminders about decisions whose reply was due by the day, locked."""
    rows = AccountabilityCase.objects.filter(
        state=CaseState.NOTIFIED,
        level=CaseLevel.REMINDER,
        decision__isnull=False,
        reply_due_on__lte=limit,
    )
    found = _led(rows, scope).select_related("organisation__area")
    locked = found.select_for_update(of=("self",), skip_locked=True).order_by("reply_due_on", "pk")
    return [case for case in locked[:MOST_AT_ONCE] if not belongs_to(scope, case.organisation)]


def _led(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    if scope.everything:
        return rows
    codes = scope.area_codes((Role.DISTRICT_PLANNER,))
    return rows.filter(code_prefix_condition("area_code", codes))


def _reminded(decision: Decision, as_of: datetime.date, actor: User | None, scope: Scope) -> UUID:
    days = (as_of - decision.due_on).days
    facts = (
        f"{chinese_day(decision.meeting.held_on)}《{decision.meeting.title}》议定："
        f"{decision.action.strip()}\n责任人{decision.person}，应于{chinese_day(decision.due_on)}"
        f"前完成。截至{chinese_day(as_of)}，已逾期{days}天。"
    )
    case = case_raise(
        grounds=Grounds(CaseCause.DECISION, decision=decision),
        facts=facts,
        actor=actor,
        scope=scope,
        on=as_of,
    )
    case_notify(case=case, actor=actor, scope=scope, on=as_of)
    return case.pk


def _supervised(
    case: AccountabilityCase, as_of: datetime.date, actor: User | None, scope: Scope
) -> UUID:
    due = case.reply_due_on or as_of
    reason = f"应于{chinese_day(due)}前回复，截至{chinese_day(as_of)}未收到回复。"
    case_escalate(case=case, reason=reason, actor=actor, scope=scope, on=as_of)
    return case.pk
