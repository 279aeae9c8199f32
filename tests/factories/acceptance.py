"""Acceptance, handover and what closing asks for, made for sites of tests."""

from __future__ import annotations

import datetime

from assets.document_files import keep_file
from assets.kinds import AcceptanceStage, TeamRole, Verdict
from assets.models import Acceptance, Document, Finding, Handover
from assets.services.acceptance import MemberDraft, acceptance_open
from sites.access import Scope
from sites.kinds import State
from sites.models import ProjectSite
from tests.factories.records import ProjectSiteFactory, line

FINISHED = datetime.date(2026, 6, 30)
HELD = datetime.date(2026, 7, 10)
TEAM = (
    MemberDraft(TeamRole.TOWNSHIP, "王镇长"),
    MemberDraft(TeamRole.CONTRACTOR, "赵经理"),
    MemberDraft(TeamRole.VILLAGER, "钱大娘"),
)


def completed_road(world, **values):
    """A completed road of 3 km in the first township; its builder is the first company."""
    given = {
        "area": world.villages[0],
        "programme": world.programme,
        "contractor": world.companies[0],
        "supervisor": world.associations[0],
        "owner_organisation": world.cooperatives[0],
        "state": State.COMPLETED,
        "actual_start": datetime.date(2026, 3, 1),
        "actual_finish": FINISHED,
        "declared_length_m": 3000,
        "planned_geometry": line((117.05, 31.05), (117.0808, 31.05)),
        "detail": {"route_code": "Y123", "road_class": "township"},
        **values,
    }
    return ProjectSiteFactory(**given)


def opened(site, stage=AcceptanceStage.PRELIMINARY, **values):
    """An open acceptance with a team of three, none of whom has signed."""
    return acceptance_open(
        site=site,
        stage=stage,
        held_on=values.pop("held_on", HELD),
        actor=None,
        scope=Scope.internal(),
        members=values.pop("members", TEAM),
        **values,
    )


def passed(site, *stages):
    """Concluded acceptances of a site, as rows taken over from elsewhere."""
    return [
        Acceptance.objects.create(
            site=site,
            stage=stage,
            held_on=HELD,
            unit="km",
            claimed_quantity=3,
            measured_quantity=3,
            verdict=Verdict.PASSED,
            concluded_on=HELD,
        )
        for stage in stages or AcceptanceStage.values
    ]


def passes_every_gate(site, body):
    """Give a site all that its gates ask for, as rows taken over; `body` is every party."""
    passed(site)
    Handover.objects.create(
        site=site,
        from_organisation=body,
        owner=body,
        upkeep_party=body,
        warranty_until=HELD,
        from_signed_on=HELD,
        owner_signed_on=HELD,
        upkeep_signed_on=HELD,
        completed_on=HELD,
    )
    ProjectSite.objects.filter(pk=site.pk).update(actual_geometry=site.planned_geometry)


def chain_rows(site):
    """Rows of every table of the chain, whatever state the site is in; their keys by kind."""
    acceptance = Acceptance.objects.create(
        site=site, stage="preliminary", held_on=HELD, unit="km", claimed_quantity=3
    )
    finding = Finding.objects.create(acceptance=acceptance, number=1, text="路面断板", due_on=HELD)
    handover = Handover.objects.create(site=site)
    file = keep_file([b"%PDF-1.7 plan"], name="竣工图.pdf")
    document = Document.objects.create(
        handover=handover,
        kind="as_built_drawing",
        title="竣工图",
        file_name=file.name,
        content_type=file.content_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
    )
    return {
        "acceptance": acceptance.pk,
        "finding": finding.pk,
        "handover": handover.pk,
        "document": document.pk,
    }


def fresh(site):
    """The site as it stands now."""
    return ProjectSite.objects.get(pk=site.pk)
