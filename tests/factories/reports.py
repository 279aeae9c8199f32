"""Reports for tests: finished roads of a year, and reports about them."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone

from reports.models import ReportTemplate, TemplateSection
from reports.periods import Period
from reports.services import report_make, report_sign
from sites.access import Scope
from sites.models import ProjectSite
from tests.factories.records import ProjectSiteFactory

YEAR = 2023
AS_OF = datetime.date(2024, 3, 31)
ROADS = 214
TOTAL_M = Decimal("680000.0")


def finished_road(world, number, metres, **values):
    """A finished road of 2023 in the first village."""
    return ProjectSiteFactory(
        **{
            "code": f"ROAD-{number:04d}",
            "name": f"第{number}号路",
            "area": world.villages[0],
            "programme": world.programme,
            "year": YEAR,
            "state": "accepted",
            "declared_length_m": metres,
            "actual_finish": datetime.date(2023, 10, 1),
            **values,
        }
    )


def roads_of_680_km(world):
    """214 finished roads of 2023 whose declared lengths sum to 680.00 km, one longer than most."""
    ProjectSite.objects.filter(year=YEAR, kind="road").update(year=YEAR - 1)
    each = (TOTAL_M / ROADS).quantize(Decimal("0.1"))
    lengths = [each] * (ROADS - 1)
    lengths.append(TOTAL_M - sum(lengths))
    return [finished_road(world, number, metres) for number, metres in enumerate(lengths, 1)]


def drafted(world, *, code="annual-work-report", period=None, as_of=AS_OF, area=None):
    """A draft of a template about the world's district."""
    return report_make(
        template=ReportTemplate.objects.get(code=code),
        area=area or world.district,
        period=period or Period.of_year(YEAR),
        as_of=as_of,
        actor=None,
        scope=Scope.internal(),
    )


def signed(world, **values):
    """A signed report."""
    report = drafted(world, **values)
    return report_sign(
        report=report,
        signer_name="陈主任",
        actor=None,
        scope=Scope.internal(),
        at=timezone.now(),
        expected_version=report.version,
    )


def template_of(body, *, code="own-template", kind="special", section="text"):
    """A template of one section."""
    template = ReportTemplate.objects.create(code=code, kind=kind, name="专题报告", name_en="Own")
    TemplateSection.objects.create(
        template=template, position=1, kind=section, heading="一、情况", body=body
    )
    return template
