"""The card “Evidence of progress” on a site's page: the latest photos, and the way to more."""

from __future__ import annotations

from assets.progress_evidence import entries_of, evidence_of
from sites.access import Scope
from sites.models import ProjectSite
from sites.progress_standing import waiting
from sites.services.progress import REPORTING_ROLES
from sites.site_sections import Section, register_section

LATEST = 3


def register() -> None:
    """Add the card to the page of sites; called when the app starts."""
    register_section(progress_section)


def progress_section(site: ProjectSite, scope: Scope) -> Section | None:
    """Return the card for those who may report, and wherever there is an entry."""
    may_report = scope.everything or bool(scope.roles_for_site(site) & REPORTING_ROLES)
    entries = entries_of(scope).filter(site=site).select_related("reported_by")
    rows = evidence_of(entries.order_by("-reported_on", "-pk")[:LATEST])
    if not (rows or may_report):
        return None
    content = {
        "site": site,
        "rows": rows,
        "waiting": waiting(entries).count(),
        "may_report": may_report,
    }
    return Section("assets/partials/_progress_section.html", content)
