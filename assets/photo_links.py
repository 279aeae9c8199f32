"""Which records of this app hold photos; see `assets.photo_access`."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from assets.models import Finding, FindingPhoto, ProgressPhoto
from assets.photo_access import register
from sites.access import Scope
from sites.models import ProgressEntry


def register_links() -> None:
    """Let whoever may see a record of this app see its photos."""
    register(photos_of_findings)
    register(photos_of_progress)


def photos_of_findings(scope: Scope) -> Q:
    """Return the condition that a photo belongs to a finding that the scope may see."""
    findings = Finding.objects.visible_to(scope)
    links = FindingPhoto.objects.filter(photo_id=OuterRef("pk"), finding__in=findings.values("pk"))
    return Q(Exists(links))


def photos_of_progress(scope: Scope) -> Q:
    """Return the condition that a photo proves progress of a site that the scope may see."""
    entries = ProgressEntry.objects.visible_to(scope)
    links = ProgressPhoto.objects.filter(photo_id=OuterRef("pk"), entry__in=entries.values("pk"))
    return Q(Exists(links))
