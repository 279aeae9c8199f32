"""Reports: made from a template, computed together, signed, frozen, withdrawn."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.figures import identifiers_hash
from reports.models import FigureDefinition, FigurePart, ReportFigure
from reports.periods import Period
from reports.report_page import report_page
from reports.services import (
    NotSigned,
    ReportIsFrozen,
    UnknownFigures,
    report_make,
    report_refresh,
    report_remove,
    report_sign,
    report_withdraw,
    section_save,
)
from reports.told import number_of, round_half_up, told_figures
from sites.access import Scope, scope_of
from sites.models import ProjectSite
from sites.services import ConcurrentChange, NotPermitted, RefusedByRegister
from tests.factories.funding import booked
from tests.factories.reports import (
    AS_OF,
    YEAR,
    drafted,
    finished_road,
    roads_of_680_km,
    signed,
    template_of,
)

pytestmark = pytest.mark.django_db


def text_of(report):
    return "".join(
        piece.told.number if piece.told else piece.text
        for section in report_page(report).sections
        for paragraph in section.paragraphs
        for piece in paragraph
    )


def test_the_report_reads_680_km_and_keeps_the_214_sites(world):
    roads = roads_of_680_km(world)
    report = drafted(world)
    assert "农村道路畅通里程680公里" in text_of(report)
    figure = report.figures.get(key="road_km")
    assert set(figure.identifiers) == {road.pk for road in roads}
    assert sum(figure.amounts) == figure.value == 680
    assert figure.identifiers == sorted(figure.identifiers)
    assert figure.identifiers_sha256 == identifiers_hash(figure.identifiers)
    assert figure.site_count == 214


def test_a_report_is_about_its_area_whoever_makes_it(world):
    finished_road(world, 1, Decimal(500), visibility="restricted")
    planner = scope_of(world.users["district_planner"])
    report = report_make(
        template=template_of("{{ roads_finished }}"),
        area=world.townships[0],
        period=Period.of_year(YEAR),
        as_of=AS_OF,
        actor=world.users["district_planner"],
        scope=planner,
    )
    sites = ProjectSite.objects.within(world.townships[0]).filter(kind="road", year=YEAR)
    assert report.figures.get().value == sites.finished().count()


def test_tables_sum_to_the_figure_that_is_told(world):
    for number, metres in enumerate(("333.3", "333.3", "333.4"), 1):
        finished_road(world, number, Decimal(metres), area=world.villages[number % 2])
    report = drafted(world)
    page = report_page(report)
    townships = next(s.table for s in page.sections if s.section.kind == "townships")
    for column in range(len(townships.headings)):
        cells = [Decimal(row.cells[column]) for row in townships.rows]
        assert sum(cells[:-1]) == cells[-1]
    assert FigurePart.objects.filter(figure__report=report, dimension="programme").exists()


@settings(max_examples=25)
@given(st.lists(st.decimals(min_value=0, max_value=10**10, places=2), min_size=5, max_size=5))
def test_shown_parts_of_money_sum_to_the_shown_whole(amounts):
    figures = _money_figures(amounts)
    shown = {key: Decimal(told.number) for key, told in told_figures(figures).items()}
    parts = ("central_and_province", "city", "district", "other")
    assert sum(shown[f"paid_{part}"] for part in parts) == shown["paid_total"]
    both = shown["paid_central"] + shown["paid_province"]
    assert both == shown["paid_central_and_province"]
    whole = round_half_up(sum(amounts), -6) / 10**8
    assert shown["paid_total"] == whole


def _money_figures(amounts):
    central, province, city, district, other = amounts
    values = {
        "paid_total": sum(amounts),
        "paid_central_and_province": central + province,
        "paid_central": central,
        "paid_province": province,
        "paid_city": city,
        "paid_district": district,
        "paid_other": other,
    }
    return [
        ReportFigure(
            key=key,
            query=f"money_{key}".removesuffix("_total"),
            unit="yi_yuan",
            decimals=2,
            value=value,
        )
        for key, value in values.items()
    ]


def test_numbers_are_rounded_half_up_and_told_in_the_unit_of_the_language():
    assert number_of(round_half_up(Decimal("679.5"), 0), "km", 0) == "680"
    assert number_of(Decimal(123450000), "yi_yuan", 2) == "1.23"


def test_the_text_and_figures_of_a_signed_report_are_frozen(world):
    report = signed(world)
    figure = report.figures.first()
    section = report.sections.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFigure.objects.filter(pk=figure.pk).update(value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(section).objects.filter(pk=section.pk).update(body="anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(report).objects.filter(pk=report.pk).update(title="anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        FigurePart.objects.create(figure=figure, dimension="township", code="1", amount=1, sites=1)
    with pytest.raises(ReportIsFrozen):
        report_refresh(
            report=report,
            as_of=AS_OF,
            actor=None,
            scope=Scope.internal(),
            expected_version=report.version,
        )


def test_a_draft_is_computed_anew_as_of_a_day(world):
    report = drafted(world)
    before = report.figures.get(key="road_km").value
    finished_road(world, 1, Decimal(1000))
    report = report_refresh(
        report=report,
        as_of=AS_OF,
        actor=None,
        scope=Scope.internal(),
        expected_version=report.version,
    )
    assert report.figures.get(key="road_km").value == before + 1


def test_an_edited_text_computes_the_figures_that_it_names(world):
    report = drafted(world)
    section = report.sections.order_by("position").first()
    section_save(
        section=section,
        values={"body": "计划{{ sites_planned }}个"},
        actor=None,
        scope=Scope.internal(),
        expected_version=report.version,
    )
    assert report.figures.filter(key="sites_planned").exists()
    report.refresh_from_db()
    with pytest.raises(UnknownFigures):
        section_save(
            section=section,
            values={"body": "{{ nobody_defined_this }}"},
            actor=None,
            scope=Scope.internal(),
            expected_version=report.version,
        )


def test_a_report_is_signed_by_name_once_and_withdrawn_with_a_reason(world):
    report = drafted(world)
    given = {"actor": None, "scope": Scope.internal()}
    with pytest.raises(NotSigned):
        report_withdraw(report=report, reason="x", expected_version=report.version, **given)
    now = timezone.now()
    with pytest.raises(RefusedByRegister):
        report_sign(
            report=report, signer_name=" ", at=now, expected_version=report.version, **given
        )
    version = report.version
    report = report_sign(
        report=report, signer_name="陈主任", at=now, expected_version=version, **given
    )
    with pytest.raises(ConcurrentChange):
        report_sign(report=report, signer_name="x", at=now, expected_version=version, **given)
    with pytest.raises(RefusedByRegister):
        report_withdraw(report=report, reason=" ", expected_version=report.version, **given)
    report = report_withdraw(report=report, reason="重复", expected_version=report.version, **given)
    assert (report.state, report.withdrawal_reason) == ("withdrawn", "重复")
    with pytest.raises(ReportIsFrozen):
        report_remove(report=report, expected_version=report.version, **given)


@pytest.mark.parametrize("role", ["township_officer", "evaluator", "company_member"])
def test_only_the_planner_of_the_area_makes_reports(world, role):
    with pytest.raises(NotPermitted):
        report_make(
            template=template_of("x"),
            area=world.townships[0],
            period=Period.of_year(YEAR),
            as_of=AS_OF,
            actor=world.users[role],
            scope=scope_of(world.users[role]),
        )


def test_a_day_before_the_period_is_refused(world):
    with pytest.raises(RefusedByRegister):
        drafted(world, as_of=datetime.date(YEAR - 1, 12, 31))


def test_all_sums_of_a_report_are_of_one_statement(world):
    """Figures that are sums cost one statement together, however many they are."""
    booked(world, "10.00", upto=True)
    definitions = FigureDefinition.objects.filter(query__startswith="money_").count()
    with CaptureQueriesContext(connection) as made:
        drafted(world)
    inserts = [q for q in made.captured_queries if "INTO reports_reportfigure (" in q["sql"]]
    assert len(inserts) == 1
    assert definitions > 20
