"""What progress, acceptance and handover add to a site's timeline."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from assets.kinds import Verdict
from assets.models import Acceptance, Handover
from sites.access import Scope
from sites.formatting import plain
from sites.models import ProgressEntry, ProjectSite
from sites.people import person_name
from sites.progress_standing import Standing, with_standing
from sites.timeline import MOST_OF_ONE_KIND, TimelineEvent, register_timeline

_TONES = {Verdict.PASSED: "good", Verdict.RECTIFY: "warning", Verdict.FAILED: "bad"}
_STANDINGS = {Standing.WAITS: "warning", Standing.RETURNED: "bad"}


def register() -> None:
    """Add the events of this app; called when it starts."""
    register_timeline(progress)
    register_timeline(acceptances)
    register_timeline(handovers)


def progress(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Each progress entry and how it stands."""
    reported = ProgressEntry.objects.visible_to(scope).filter(site=site)
    entries = with_standing(reported).select_related("reported_by")
    unit = site.programme.get_unit_display()
    for entry in entries.order_by("-reported_on", "-id")[:MOST_OF_ONE_KIND]:
        standing = Standing(entry.standing)
        quantity = "" if entry.quantity is None else f"{plain(entry.quantity)} {unit}"
        words = "" if standing is Standing.COUNTS else str(standing.label)
        yield TimelineEvent(
            on=entry.reported_on,
            at=entry.received_at,
            kind="progress",
            title=_("Progress: %(percent)s %%") % {"percent": plain(entry.percent)},
            detail=" · ".join(part for part in (words, quantity, entry.note) if part),
            actor=person_name(entry.reported_by),
            url=reverse("assets:progress-entry", args=[entry.pk]),
            tone=_STANDINGS.get(standing, ""),
        )


def acceptances(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Each round of acceptance with its verdict."""
    rounds = Acceptance.objects.visible_to(scope).filter(site=site).order_by("-held_on", "-id")
    for held in rounds[:MOST_OF_ONE_KIND]:
        verdict = held.get_verdict_display() if held.verdict else _("no verdict yet")
        yield TimelineEvent(
            on=held.concluded_on or held.held_on,
            at=held.updated_at,
            kind="acceptance",
            title=f"{held.get_stage_display()}: {verdict}",
            detail=held.discrepancy_reason,
            url=reverse("assets:chain", args=[site.pk]),
            tone=_TONES[Verdict(held.verdict)] if held.verdict else "",
        )


def handovers(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """The handover once it is complete, with who took the works over."""
    complete = Handover.objects.visible_to(scope).filter(site=site, completed_on__isnull=False)
    for handover in complete.select_related("upkeep_party"):
        party = handover.upkeep_party
        yield TimelineEvent(
            on=handover.completed_on,
            at=handover.updated_at,
            kind="handover",
            title=_("Handover complete"),
            detail=_("Upkeep: %(party)s") % {"party": party.label} if party else "",
            url=reverse("assets:chain", args=[site.pk]),
            tone="good",
        )
