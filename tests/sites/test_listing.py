"""The list's order and pages: nothing twice, nothing left out, nothing counted."""

from __future__ import annotations

import datetime
import random

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from sites.access import Scope
from sites.filters import ParameterError
from sites.kinds import Kind, State
from sites.listing import COLUMNS, Cursor, Order, bounded_count, site_page
from sites.models import ProjectSite

SITES = 23
PAGE = 5
pytestmark = pytest.mark.django_db


@pytest.fixture
def many(world):
    """Sites with equal names, equal progress and missing dates, so that every order has ties."""
    dice = random.Random(4)
    ProjectSite.objects.bulk_create(
        ProjectSite(
            code=f"L-{dice.randrange(10**6):06d}-{number}",
            source_id=f"L-{number}",
            name=dice.choice(["安庆路", "北京路", "重庆路", "安庆路"]),
            kind=Kind.FACILITY,
            year=2023,
            state=State.UNDER_CONSTRUCTION,
            planned_geometry=Point(117.05, 31.05, srid=4490),
            area=world.villages[0],
            programme=world.programme,
            progress_percent=dice.choice([0, 0, 50, 100]),
            planned_finish=dice.choice([None, datetime.date(2024, 1, 1 + number % 3)]),
        )
        for number in range(SITES)
    )
    return ProjectSite.objects.visible_to(Scope.internal()).filter(code__startswith="L-")


def _walk(sites, order, cursor=None):
    """Every page from a place on, following `next`."""
    pages = []
    while True:
        page = site_page(sites, order=order, cursor=cursor, limit=PAGE)
        pages.append([site.pk for site in page.sites])
        if page.next is None:
            return pages, page
        cursor = Cursor.parse(page.next.as_text(), order)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("column", COLUMNS)
def test_pages_neither_repeat_nor_skip_a_site(many, column, turned):
    order = Order(column, turned)
    pages, _last = _walk(many, order)
    walked = [pk for page in pages for pk in page]
    assert sorted(walked) == sorted(many.values_list("pk", flat=True))
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]


@pytest.mark.parametrize("column", COLUMNS)
def test_turning_an_order_round_reverses_it(many, column):
    forward, _last = _walk(many, Order(column))
    backward, _last = _walk(many, Order(column, turned=True))
    assert [pk for page in forward for pk in page] == [pk for page in backward for pk in page][::-1]


@pytest.mark.parametrize("column", COLUMNS)
def test_the_way_back_shows_the_pages_of_the_way_there(many, column):
    order = Order(column)
    pages, page = _walk(many, order)
    back = [[site.pk for site in page.sites]]
    while page.previous:
        cursor = Cursor.parse(page.previous.as_text(), order)
        page = site_page(many, order=order, cursor=cursor, limit=PAGE)
        back.append([site.pk for site in page.sites])
    assert [pk for p in reversed(back) for pk in p] == [pk for p in pages for pk in p]


def test_names_come_in_pinyin_order(many):
    page = site_page(many, order=Order("name"), cursor=None, limit=100)
    names = list(dict.fromkeys(site.name for site in page.sites))
    assert names == ["安庆路", "北京路", "重庆路"]


def test_sites_that_cannot_be_late_come_last(many):
    page = site_page(many, order=Order("delay"), cursor=None, limit=100)
    due = [site.due_on for site in page.sites]
    dated = [day for day in due if day]
    assert due == sorted(dated) + [None] * (len(due) - len(dated))


def test_a_row_that_vanishes_between_pages_moves_nothing(many):
    first = site_page(many, order=Order(), cursor=None, limit=PAGE)
    expected = list(many.order_by("code").values_list("pk", flat=True))[PAGE : 2 * PAGE]
    many.filter(pk=first.sites[-1].pk).update(removed_at=datetime.datetime.now(datetime.UTC))
    second = site_page(many, order=Order(), cursor=first.next, limit=PAGE)
    assert [site.pk for site in second.sites] == expected


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "%",
        "W10",
        "bnVsbA",
        "WyJjb2RlIl0",
        "WzEsMiwzLDRd",
        "é",
        "A" * 5000,
        "WyJjb2RlIiwgImEiXQ",
    ],
)
def test_a_cursor_that_we_did_not_write_is_refused(text):
    with pytest.raises(ParameterError) as refusal:
        Cursor.parse(text, Order())
    assert refusal.value.parameter == "cursor"


def test_a_cursor_belongs_to_its_order(many):
    page = site_page(many, order=Order(), cursor=None, limit=PAGE)
    with pytest.raises(ParameterError):
        Cursor.parse(page.next.as_text(), Order("name"))


def test_an_order_without_an_index_is_refused():
    with pytest.raises(ParameterError) as refusal:
        Order.parse("note")
    assert (refusal.value.parameter, refusal.value.code) == ("sort", "unknown_value")


def test_the_count_stops_at_its_limit(many):
    counted = bounded_count(many, limit=10)
    assert (counted.number, counted.more) == (10, True)
    assert bounded_count(many).number == SITES


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "code"])
def test_each_order_has_its_index(many, column):
    """With sequential reading and sorting made dear, the plan reads the order's own index."""
    key = COLUMNS[column].key()
    page = ProjectSite.objects.order_by(key.asc(), "pk")[:PAGE]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_incremental_sort = off")
        sql, values = page.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    index = {"name": "pinyin", "delay": "due"}.get(column, column)
    assert f"project_site_{index}" in plan
