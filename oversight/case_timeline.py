"""What cases add to the timeline of a site and who sees the photos of their steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from oversight.kinds import StepKind
from oversight.models import AccountabilityCase, CaseEvidence, CaseStep
from sites.access import Scope
from sites.models import ProjectSite
from sites.people import person_name
from sites.timeline import MOST_OF_ONE_KIND, TimelineEvent

TONES: Final[dict[str, str]] = {
    StepKind.RAISE: "warning",
    StepKind.NOTIFY: "bad",
    StepKind.ESCALATE: "bad",
    StepKind.CLOSE: "good",
    StepKind.WITHDRAW: "good",
}


def steps_of_cases(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Give every step of the site's cases that the viewer may see, the newest first."""
    cases = AccountabilityCase.objects.visible_to(scope).filter(site=site)
    steps = CaseStep.objects.filter(case__in=cases.values("pk"))
    newest = steps.select_related("case", "actor").order_by("-recorded_at", "-id")
    for step in newest[:MOST_OF_ONE_KIND]:
        yield TimelineEvent(
            on=step.on,
            at=step.recorded_at,
            kind="case",
            title=f"{step.case.number} · {step.get_kind_display()} · {step.get_level_display()}",
            detail=step.text,
            actor=person_name(step.actor),
            url=reverse("oversight:case-detail", args=[step.case_id]),
            tone=TONES.get(step.kind, ""),
        )


def photos_of_cases(scope: Scope) -> Q:
    """Return the condition that a photo belongs to a case that the scope may see."""
    seen = AccountabilityCase.objects.visible_to(scope).values("pk")
    links = CaseEvidence.objects.filter(step__case__in=seen)
    return Q(Exists(links.filter(photo_id=OuterRef("pk"))))
