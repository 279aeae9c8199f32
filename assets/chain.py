"""The chain of one site from its preliminary acceptance to its archive, gathered for reading."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.kinds import AcceptanceStage, FindingState, PhotoStage, Verdict
from assets.models import (
    Acceptance,
    Asset,
    AssetSource,
    Document,
    Finding,
    FindingChange,
    FindingPhoto,
    Handover,
    Photo,
)
from assets.quantities import QuantityCheck, quantity_check
from sites.access import Scope
from sites.gate_words import words_of
from sites.kinds import State
from sites.models import ProjectSite
from sites.services.gates import Missing, site_missing

CLOSING: Final = (
    ("asset", _("Asset in the register"), "assets"),
    ("actual_geometry", _("As-built geometry"), "as-built"),
    ("owner", _("Owner"), "handover-form"),
    ("upkeep_party", _("Upkeep party"), "handover-form"),
    ("warranty_until", _("End of the warranty"), "handover-form"),
)
"""What closing asks for: the fact, its words, and where on the page it is given."""
_AFTER: Final = {
    AcceptanceStage.FINAL: (State.ACCEPTED, State.SETTLED, State.HANDED_OVER, State.CLOSED),
    "settlement": (State.SETTLED, State.HANDED_OVER, State.CLOSED),
    "handover": (State.HANDED_OVER, State.CLOSED),
    "closing": (State.CLOSED,),
}
"""The states of a site behind each step."""


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """A finding with its photo pair and its steps."""

    finding: Finding
    before: tuple[Photo, ...]
    after: tuple[Photo, ...]
    steps: tuple[FindingChange, ...]
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One round of acceptance with its team, checklist, quantities and findings."""

    acceptance: Acceptance
    quantity: QuantityCheck | None
    findings: tuple[FindingFacts, ...]

    @property
    def is_open(self) -> bool:
        """Whether there is no verdict yet."""
        return not self.acceptance.verdict


@dataclass(frozen=True, slots=True)
class GateFact:
    """One thing that closing asks for: is it there, and where on the page is it given."""

    label: str | Promise
    anchor: str
    missing: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the chain: done, current or still to come."""

    anchor: str
    label: str | Promise
    status: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that the page of one site's chain tells."""

    site: ProjectSite
    rounds: tuple[RoundFacts, ...]
    handover: Handover | None
    documents: tuple[Document, ...]
    assets: tuple[Asset, ...]
    gate: tuple[GateFact, ...]
    steps: tuple[Step, ...]

    def of_stage(self, stage: str) -> list[RoundFacts]:
        """Return the rounds of a stage, the first one first."""
        return [entry for entry in self.rounds if entry.acceptance.stage == stage]

    @property
    def findings(self) -> list[FindingFacts]:
        """All findings, in the order in which they were raised."""
        return [finding for entry in self.rounds for finding in entry.findings]

    @property
    def open_round(self) -> RoundFacts | None:
        """The round without a verdict; a site has one at most."""
        return next((entry for entry in self.rounds if entry.is_open), None)

    @property
    def next_stage(self) -> str:
        """The stage that can be opened now, empty when none is due."""
        is_due = self.site.state == State.COMPLETED or (
            self.site.state == State.RECTIFYING and bool(self.rounds)
        )
        if not is_due or self.open_round:
            return ""
        passed = {e.acceptance.stage for e in self.rounds if e.acceptance.verdict == Verdict.PASSED}
        return next((stage for stage in AcceptanceStage.values if stage not in passed), "")


def chain_of(site: ProjectSite, *, scope: Scope, today: datetime.date) -> Chain:
    """Gather the chain of a site that the scope may see, in a fixed number of statements."""
    rounds = tuple(_rounds(site, scope, today))
    handovers = Handover.objects.visible_to(scope).filter(site=site)
    handover = handovers.select_related("from_organisation", "owner", "upkeep_party").first()
    if handover:
        handover.site = site
    sources = AssetSource.objects.filter(site=site).values("asset_id")
    assets = Asset.objects.visible_to(scope).filter(pk__in=sources)
    return Chain(
        site=site,
        rounds=rounds,
        handover=handover,
        documents=tuple(handover.documents.all()) if handover else (),
        assets=tuple(assets.select_related("owner", "upkeep_party").order_by("code")),
        gate=tuple(_gate(site_missing(site, State.CLOSED))),
        steps=tuple(_steps(site, rounds)),
    )


def _rounds(site: ProjectSite, scope: Scope, today: datetime.date) -> Iterator[RoundFacts]:
    findings = Finding.objects.order_by("number").prefetch_related(
        Prefetch("findingphoto_set", FindingPhoto.objects.select_related("photo").order_by("id")),
        Prefetch("changes", FindingChange.objects.select_related("actor").order_by("at", "id")),
    )
    rows = Acceptance.objects.visible_to(scope).filter(site=site).select_related("concluded_by")
    rows = rows.prefetch_related("members__organisation", "checks", Prefetch("findings", findings))
    for acceptance in rows.order_by("created_at", "id"):
        # What the site is to be told of stands in one object, not in one more statement each.
        acceptance.site = site
        yield RoundFacts(
            acceptance,
            quantity_check(
                acceptance.claimed_quantity, acceptance.measured_quantity, acceptance.unit
            ),
            tuple(_finding(finding, today) for finding in acceptance.findings.all()),
        )


def _finding(finding: Any, today: datetime.date) -> FindingFacts:
    links = list(finding.findingphoto_set.all())
    return FindingFacts(
        finding,
        tuple(link.photo for link in links if link.stage == PhotoStage.BEFORE),
        tuple(link.photo for link in links if link.stage != PhotoStage.BEFORE),
        tuple(finding.changes.all()),
        finding.state == FindingState.OPEN and finding.due_on < today,
    )


def _gate(missing: Sequence[Missing]) -> Iterator[GateFact]:
    sentences = {entry.field: entry.message for entry in missing}
    for name, label, anchor in CLOSING:
        yield GateFact(label, anchor, sentences.pop(name, ""))
    # What apps above ask for is given on pages of theirs.
    words = {entry.field: entry.code for entry in missing}
    for name, sentence in sentences.items():
        yield GateFact(words_of(words[name]), "", sentence)


def _steps(site: ProjectSite, rounds: Sequence[RoundFacts]) -> Iterator[Step]:
    passed = {e.acceptance.stage for e in rounds if e.acceptance.verdict == Verdict.PASSED}
    findings = [finding.finding for entry in rounds for finding in entry.findings]
    is_accepted = site.state in _AFTER[AcceptanceStage.FINAL]
    done = {
        "preliminary": is_accepted or AcceptanceStage.PRELIMINARY in passed,
        "rectification": site.state != State.RECTIFYING
        and all(finding.state == FindingState.CLOSED for finding in findings)
        and (is_accepted or AcceptanceStage.PRELIMINARY in passed),
        "final": is_accepted,
        **{name: site.state in _AFTER[name] for name in ("settlement", "handover", "closing")},
    }
    labels = {
        "preliminary": AcceptanceStage.PRELIMINARY.label,
        "rectification": _("Rectification"),
        "final": AcceptanceStage.FINAL.label,
        "settlement": _("Settlement"),
        "handover": _("Handover"),
        "closing": _("Archive"),
    }
    is_current_told = False
    for name, label in labels.items():
        status = "done" if done[name] else "waiting" if is_current_told else "current"
        is_current_told = is_current_told or not done[name]
        yield Step(name, label, status)
