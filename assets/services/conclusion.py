"""The verdict of an acceptance: what it asks for, and what it does to the site."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.transaction import atomic
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.acceptance_roles import concludes
from assets.kinds import AcceptanceStage, CheckResult, FindingState, TeamRole, Verdict
from assets.models import Acceptance, Finding
from assets.quantities import quantity_check
from assets.services.acceptance import acceptance_locked
from sites.access import Scope
from sites.kinds import MilestoneKind, State
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.milestones import milestone_done
from sites.services.saving import save_checked
from sites.services.site_states import site_move_state

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Refusal = tuple[str, str, str]
LONGEST_REASON = 500


@atomic
def acceptance_conclude(
    *,
    acceptance: Acceptance,
    verdict: str,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    reason: str = "",
    expected_version: int | None = None,
) -> Acceptance:
    """Give the verdict on a day and move the site as it follows.

    `rectify` and `failed` send the site to be rectified; a passed final acceptance makes it
    accepted; passing a site that was being rectified completes it first. Raises
    `RefusedByRegister` with everything that the verdict needs, `NotPermitted`, `RecordFixed` or
    `ConcurrentChange`.
    """
    site, current = acceptance_locked(acceptance, expected_version)
    if not concludes(scope, site, current.stage):
        raise NotPermitted
    refused = list(conclusion_refusals(current, verdict, on=on, reason=reason))
    if refused:
        raise RefusedByRegister(refused)
    current.verdict, current.concluded_on, current.concluded_by = verdict, on, actor
    if reason.strip():
        current.note = "\n".join(part for part in (current.note, reason.strip()) if part)
    with authored(actor=actor, reason=reason):
        save_checked(current)
    if verdict == Verdict.PASSED and current.stage == AcceptanceStage.PRELIMINARY:
        milestone_done(site=site, kind=MilestoneKind.PRELIMINARY_ACCEPTANCE, on=on)
    for to_state in _moves(site.state, current.stage, verdict):
        site_move_state(
            site=site,
            to_state=to_state,
            actor=actor,
            scope=scope,
            on=on,
            reason=reason or _findings_in_words(current),
        )
    current.refresh_from_db()
    return current


def conclusion_refusals(
    acceptance: Acceptance, verdict: str, *, on: datetime.date, reason: str
) -> Iterator[Refusal]:
    """Yield what stands in the way of a verdict, each with its field, code and sentence."""
    if verdict not in Verdict.values:
        yield "verdict", "unknown_value", _("Choose a verdict.")
        return
    if on < acceptance.held_on:
        yield "on", "before_start", _("The verdict comes on the day of the acceptance or later.")
    yield from _quantity_refusals(acceptance)
    if verdict == Verdict.PASSED:
        yield from passing_refusals(acceptance)
    elif verdict == Verdict.RECTIFY:
        if not acceptance.findings.exclude(state=FindingState.CLOSED).exists():
            yield "findings", "findings_missing", _("Raise at least one finding to be rectified.")
    elif not reason.strip():
        yield "reason", "reason_missing", _("Say why the work failed.")


def passing_refusals(acceptance: Acceptance) -> Iterator[Refusal]:
    """Yield what an acceptance lacks to be passed, the measured quantity apart."""
    yield from _check_refusals(acceptance)
    waiting = Finding.objects.filter(acceptance__site_id=acceptance.site_id)
    open_count = waiting.exclude(state=FindingState.CLOSED).count()
    if open_count:
        sentence = ngettext(
            "%(count)s finding is not closed.", "%(count)s findings are not closed.", open_count
        )
        yield "findings", "findings_open", sentence % {"count": open_count}
    yield from _signature_refusals(acceptance)


def _quantity_refusals(acceptance: Acceptance) -> Iterator[Refusal]:
    measured = acceptance.measured_quantity
    check = quantity_check(acceptance.claimed_quantity, measured, acceptance.unit)
    if check is None:
        yield "measured_quantity", "measured_missing", _("Enter what was measured.")
    elif check.is_beyond and not acceptance.discrepancy_reason.strip():
        yield (
            "discrepancy_reason",
            "discrepancy_reason_missing",
            _(
                "Claimed and measured quantity are further apart than we tolerate: one percent,"
                " or 20 m of a length (our choice). Give the reason."
            ),
        )


def _check_refusals(acceptance: Acceptance) -> Iterator[Refusal]:
    results = list(acceptance.checks.values_list("result", flat=True))
    unanswered = results.count("")
    if not results:
        yield "checks", "checks_missing", _("The checklist is empty.")
    elif unanswered:
        sentence = ngettext(
            "%(count)s item of the checklist is not answered.",
            "%(count)s items of the checklist are not answered.",
            unanswered,
        )
        yield "checks", "checks_unanswered", sentence % {"count": unanswered}
    if CheckResult.FAILED in results and not acceptance.findings.exists():
        yield (
            "checks",
            "failed_without_finding",
            _("An item is not in order. Raise a finding for it."),
        )


def _signature_refusals(acceptance: Acceptance) -> Iterator[Refusal]:
    members = list(acceptance.members.all())
    unsigned = [member.name for member in members if member.signed_at is None]
    if unsigned:
        sentence = _("These members of the team have not signed: %(names)s.")
        yield "members", "members_unsigned", sentence % {"names": ", ".join(unsigned[:10])}
    if not any(m.role == TeamRole.VILLAGER and m.signed_at for m in members):
        yield (
            "members",
            "villager_unsigned",
            _("A villagers' representative takes part and signs (our choice)."),
        )


def _moves(state: str, stage: str, verdict: str) -> Iterator[State]:
    if verdict != Verdict.PASSED:
        if state == State.COMPLETED:
            yield State.RECTIFYING
        return
    if state == State.RECTIFYING:
        yield State.COMPLETED
    if stage == AcceptanceStage.FINAL:
        yield State.ACCEPTED


def _findings_in_words(acceptance: Acceptance) -> str:
    """Return the findings as the reason of a move: people's own words, no sentence of ours."""
    findings = acceptance.findings.exclude(state=FindingState.CLOSED)
    texts = [f"{number}. {text}" for number, text in findings.values_list("number", "text")]
    return "; ".join(texts)[:LONGEST_REASON]
