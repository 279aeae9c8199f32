"""The card “Acceptance and handover” on a site's page."""

from __future__ import annotations

from django.db.models import Count, Q

from assets.kinds import FindingState, Verdict
from assets.models import Acceptance, Handover
from sites.access import Scope
from sites.kinds import STATES_FINISHED, State
from sites.models import ProjectSite
from sites.site_sections import Section, register_section

_TOLD = frozenset({*STATES_FINISHED, State.RECTIFYING})


def register() -> None:
    """Add the card to the page of sites; called when the app starts."""
    register_section(acceptance_section)


def acceptance_section(site: ProjectSite, scope: Scope) -> Section | None:
    """Return the card of a site whose work is done, or was sent to be rectified."""
    if site.state not in _TOLD:
        return None
    waiting = ~Q(findings__state=FindingState.CLOSED) & Q(findings__isnull=False)
    rounds = Acceptance.objects.visible_to(scope).filter(site=site).order_by("-created_at", "-id")
    handovers = Handover.objects.visible_to(scope).filter(site=site)
    return Section(
        "assets/partials/_site_section.html",
        {
            "site": site,
            "round": rounds.annotate(waiting=Count("findings", filter=waiting)).first(),
            "passed": Verdict.PASSED,
            "handover": handovers.select_related("owner", "upkeep_party").first(),
        },
    )
