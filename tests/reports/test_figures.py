"""Figures: one question, one value, the sites behind it and their amounts."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from reports.default_figures import FIGURES
from reports.default_templates import TEMPLATES
from reports.figures import (
    answer_of,
    context_of,
    figure_answer,
    identifiers_hash,
    identifiers_of,
)
from reports.models import FigureDefinition, ReportTemplate
from reports.periods import Period
from reports.placeholders import keys_in
from reports.queries import QUERIES
from reports.services.defaults import defaults_load
from sites.access import Scope, scope_of
from sites.filter_values import ParameterError
from sites.models import ProjectSite
from tests.factories import AreaFactory
from tests.factories.funding import booked
from tests.factories.reports import AS_OF, YEAR, finished_road
from tests.factories.targets import programme, service_record

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def ask(key, world, *, period=None, as_of=AS_OF, scope=None, area=None):
    return figure_answer(
        key,
        area or world.district,
        period or Period.of_year(YEAR),
        as_of,
        scope or Scope.internal(),
    )


def amounts(answer):
    return dict(answer.members)


def test_the_defaults_ask_questions_that_exist():
    assert {figure.query for figure in FIGURES} <= set(QUERIES)


def test_the_defaults_come_where_there_are_none_and_never_over_the_offices_own():
    FigureDefinition.objects.all().delete()
    ReportTemplate.objects.all().delete()
    defaults_load()
    assert FigureDefinition.objects.count() == len(FIGURES)
    assert {template.code for template in ReportTemplate.objects.all()} == {
        template.code for template in TEMPLATES
    }
    FigureDefinition.objects.exclude(key="road_km").delete()
    defaults_load()
    assert FigureDefinition.objects.count() == 1


def test_the_texts_of_the_defaults_name_figures_that_exist():
    named = {
        key
        for template in TEMPLATES
        for section in template.sections
        for key in keys_in(section.heading, section.body, section.body_en)
    }
    assert named <= {figure.key for figure in FIGURES}


def test_every_default_figure_has_an_answer_where_nothing_is(world):
    empty = AreaFactory(code="340197", name="空区")
    for definition in FigureDefinition.objects.all():
        context = context_of(
            area=empty, period=Period.of_year(2020), as_of=AS_OF, scope=Scope.internal()
        )
        answer = answer_of(definition, context)
        assert answer.value in (None, 0), definition.key


def test_road_length_is_the_sum_of_the_declared_lengths_of_finished_roads(world):
    first = finished_road(world, 1, Decimal("1234.5"))
    second = finished_road(world, 2, Decimal("765.5"))
    finished_road(world, 3, Decimal(900), state="under_construction")
    finished_road(world, 4, Decimal(900), year=2022)
    answer = ask("road_km", world)
    assert amounts(answer)[first.pk] == Decimal("1.2345")
    assert amounts(answer)[second.pk] == Decimal("0.7655")
    assert answer.value == sum(amounts(answer).values())
    assert answer.mapped > 0


def test_the_link_of_an_answer_lists_exactly_the_sites_behind_it(world):
    for number in range(3):
        finished_road(world, number, Decimal(500))
    for period in (Period.of_year(YEAR), Period.of_half(YEAR, 2), Period.of_month(YEAR, 10)):
        answer = ask("road_km", world, period=period)
        listed = answer.link.apply(ProjectSite.objects.visible_to(Scope.internal()))
        assert set(listed.values_list("pk", flat=True)) == set(amounts(answer))
        assert len(amounts(answer)) >= 3


def test_a_year_counts_its_programmes_sites_finished_up_to_the_day(world):
    late = finished_road(world, 1, Decimal(500), actual_finish=datetime.date(YEAR + 1, 2, 1))
    assert late.pk in amounts(ask("roads_finished", world))
    early = ask("roads_finished", world, as_of=datetime.date(YEAR + 1, 1, 31))
    assert late.pk not in amounts(early)


def test_a_month_counts_the_sites_finished_in_it(world):
    inside = finished_road(world, 1, Decimal(500), actual_finish=datetime.date(YEAR, 6, 30))
    outside = finished_road(world, 2, Decimal(500), actual_finish=datetime.date(YEAR, 7, 1))
    found = amounts(ask("roads_finished", world, period=Period.of_month(YEAR, 6)))
    assert inside.pk in found
    assert outside.pk not in found


def test_an_answer_holds_only_what_the_asker_may_see(world):
    finished_road(world, 1, Decimal(500))
    finished_road(world, 2, Decimal(500), area=world.villages[1])
    scope = scope_of(world.users["township_officer"])
    found = amounts(ask("roads_finished", world, scope=scope))
    townships = ProjectSite.objects.filter(pk__in=found).values_list("township_code", flat=True)
    assert set(townships) == {world.townships[0].code}


def test_money_sums_to_the_fen_with_reversals_and_by_level(world):
    site = finished_road(world, 1, Decimal(500))
    booked(world, "100.01", site=site, source="central", upto=True)
    booked(world, "200.02", site=site, source="province", upto=True)
    booked(world, "300.03", site=site, source="district", upto=True)
    booked(
        world,
        "50.05",
        source="city",
        upto=True,
        area=world.townships[1],
        programme=world.programme,
    )
    values = {
        group: ask(f"paid_{group}", world).value
        for group in ("total", "central_and_province", "city", "district", "other")
    }
    assert values == {
        "total": Decimal("650.11"),
        "central_and_province": Decimal("300.03"),
        "city": Decimal("50.05"),
        "district": Decimal("300.03"),
        "other": 0,
    }
    assert amounts(ask("paid_total", world)) == {
        site.pk: Decimal("600.06"),
        None: Decimal("50.05"),
    }


def test_money_of_a_month_is_what_was_booked_in_it(world):
    booked(world, "10.00", upto=True, day=datetime.date(YEAR, 6, 30))
    booked(world, "5.00", upto=True, day=datetime.date(YEAR, 7, 1))
    assert ask("paid_total", world, period=Period.of_month(YEAR, 6)).value == Decimal("10.00")
    assert ask("paid_total", world).value == Decimal("15.00")


def test_shares_of_training_keep_their_parts(world):
    course = programme()
    service_record(course, world.townships[0], 600, passed=570, certified=300)
    service_record(course, world.townships[1], 100, state="reported", passed=1)
    assert ask("people_trained", world).value == 600
    rate = ask("pass_rate", world)
    assert (rate.value, rate.numerator, rate.denominator) == (95, 570, 600)
    assert ask("certificate_rate", world).value == 50


def test_the_hash_is_over_the_identifiers_in_order(world):
    for number in range(5):
        finished_road(world, number, Decimal(500))
    answer = ask("road_km", world)
    found = identifiers_of(answer)
    assert found.sha256 == identifiers_hash(sorted(amounts(answer)))
    assert found.count == len(amounts(answer))


@pytest.mark.parametrize("text", ["", "23", "2023-H3", "2023-00", "2023-13", "1900", "2023-6", "x"])
def test_a_period_that_cannot_be_is_refused(text):
    with pytest.raises(ParameterError):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2023", "2024-H1", "2024-H2", "2024-02"])
def test_a_period_is_written_as_it_is_read(text):
    assert Period.parse(text).as_text() == text
