"""The demo's reports: a signed annual report, this year's draft, bulletins, and stated figures."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Final

from reports.models import FigureDefinition, Report, ReportTemplate, StatedFigure
from reports.periods import Period
from reports.services import report_make, report_sign
from reports.services.defaults import defaults_load
from sites.access import Scope
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.models import Area, Organisation, Programme

REPORTED_YEAR: Final = 2023
FIGURES_AS_OF: Final = datetime.date(2024, 3, 31)
SIGNED_ON: Final = datetime.datetime(2024, 4, 12, 10, 0, tzinfo=datetime.UTC)
SIGNER: Final = "陈志远"
STATED: Final = (
    ("road_km", "MS2023-DLCT", "682.6", "含在建未完工路段 / includes stretches under construction"),
    ("roads_finished", "MS2023-DLCT", "214", ""),
    ("road_km", "MS2023-ZXC", "680", ""),
    ("village_centres", "MS2023-ZXC", "21", "含续建两处 / includes two carried over"),
    ("households", "MS2023-WFGZ", "332", ""),
    ("water_works", "MS2023-YSAQ", "90", "未含两处分散供水 / without two scattered supplies"),
)
"""What lead departments state of the year: figure, the programme that they lead, value, note."""


def load_reports(*, as_of: datetime.date) -> None:
    """Store the home district's reports, made by the same services as by hand."""
    defaults_load()
    district = Area.objects.get(code=HOME_DISTRICT_CODE)
    _signed(district)
    _draft("annual-work-report", district, Period.of_year(as_of.year), as_of)
    last_month = as_of.replace(day=1) - datetime.timedelta(days=1)
    month = Period.of_month(last_month.year, last_month.month)
    _draft("monthly-bulletin", district, month, as_of)
    _stated(district)


def _draft(code: str, area: Area, period: Period, as_of: datetime.date) -> Report:
    return report_make(
        template=ReportTemplate.objects.get(code=code),
        area=area,
        period=period,
        as_of=as_of,
        actor=None,
        scope=Scope.internal(),
    )


def _signed(district: Area) -> None:
    """Sign the annual report of the year whose works the demo tells in full."""
    report = _draft("annual-work-report", district, Period.of_year(REPORTED_YEAR), FIGURES_AS_OF)
    report_sign(
        report=report,
        signer_name=SIGNER,
        actor=None,
        scope=Scope.internal(),
        at=SIGNED_ON,
        expected_version=report.version,
    )


def _stated(district: Area) -> None:
    figures = {row.key: row for row in FigureDefinition.objects.all()}
    leads = {
        programme.code: programme.lead_organisation
        for programme in Programme.objects.filter(
            code__in={code for _key, code, _value, _note in STATED}
        ).select_related("lead_organisation")
    }
    StatedFigure.objects.bulk_create(
        StatedFigure(
            figure=figures[key],
            organisation=_body(leads[code]),
            area=district,
            year=REPORTED_YEAR,
            value=Decimal(value),
            stated_on=FIGURES_AS_OF,
            note=note,
        )
        for key, code, value, note in STATED
    )


def _body(found: Organisation | None) -> Organisation:
    """Return the lead organisation, which every programme of the demo has."""
    if found is None:
        raise LookupError("a programme of the demo without a lead organisation")
    return found
