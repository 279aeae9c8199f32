"""The demo's targets, service records, policy texts and next year, on a thin district."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db.models import Sum
from django.utils import timezone

from sites.access import Scope
from sites.demo.density import DEFAULT_SEED, DISTRICT, Scale
from sites.demo.generator import generate
from sites.demo.loading import load
from sites.kinds import TargetMeasure
from sites.models import Programme, ProjectSite, ServiceRecord
from sites.targets import target_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    """The day on which a thin district was stored."""
    today = timezone.localdate()
    scale = Scale("thin", 1, replace(DISTRICT, hamlets=250, houses=120, ponds=30))
    districts = generate(scale, seed=DEFAULT_SEED, as_of=today)
    load(districts, seed=DEFAULT_SEED, scale="thin", as_of=today, notice=lambda district: None)
    return today


def test_the_demo_plans_serves_and_tells(demo):
    rows = target_rows(Scope.internal(), year=2023, as_of=demo)
    assert {"met", "over", "short"} <= {row.standing for row in rows}
    wholes = {
        row.programme.code: row
        for row in rows
        if len(row.area.code) == 6 and row.measure == TargetMeasure.QUANTITY
    }
    assert wholes["MS2023-WFGZ"].gap > 0
    assert wholes["MS2023-XNMP"].executed == wholes["MS2023-XNMP"].assigned == 600
    for code, whole in wholes.items():
        below = [
            row.assigned
            for row in rows
            if row.programme.code == code and len(row.area.code) == 9 and not row.is_rate
        ]
        assert sum(below) == whole.assigned, code
    courses = ServiceRecord.objects.filter(programme__code="MS2023-XNMP")
    sums = courses.aggregate(people=Sum("people"), passed=Sum("passed"), papers=Sum("certified"))
    assert 0 < sums["papers"] < sums["passed"] < sums["people"]
    states = set(ProjectSite.objects.filter(year=demo.year + 1).values_list("state", flat=True))
    assert states == {"proposed", "shortlisted", "designed", "approved"}
    published = Programme.objects.filter(is_published=True)
    assert published.exists()
    assert not published.filter(year=demo.year + 1).exists()
