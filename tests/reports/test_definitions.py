"""The office edits figures, templates and sections; nobody overwrites another's text unseen."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import FigureDefinition, ReportTemplate, TemplateSection
from reports.services.definitions import (
    definition_remove,
    definition_save,
    section_digest,
    template_save,
    template_section_move,
    template_section_remove,
    template_section_save,
)
from reports.services.errors import UnknownFigures
from sites.access import Scope
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister

pytestmark = pytest.mark.django_db
OFFICE = {"actor": None, "scope": Scope.internal()}
ROADS = {
    "key": "asphalt_km",
    "name": "沥青路",
    "query": "road_length",
    "filter": "kind=road",
    "unit": "km",
    "decimals": 2,
}


@pytest.fixture
def template():
    made = template_save(
        template=None, values={"code": "own", "name": "自拟", "kind": "special"}, **OFFICE
    )
    for heading in ("甲", "乙", "丙"):
        template_section_save(
            template=made, section=None, values={"heading": heading, "kind": "text"}, **OFFICE
        )
    return made


def headings(template):
    return list(template.sections.order_by("position").values_list("heading", flat=True))


def test_a_figure_is_made_and_its_key_stays():
    figure = definition_save(figure=None, values=ROADS, **OFFICE)
    assert FigureDefinition.objects.get(key="asphalt_km").filter == "kind=road"
    with pytest.raises(RefusedByRegister):
        definition_save(figure=figure, values={"key": "other"}, expected_version=1, **OFFICE)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"query": "no_such_question"}, "query"),
        ({"unit": "yuan"}, "unit"),
        ({"filter": "kind=castle"}, "filter"),
        ({"filter": "colour=red"}, "filter"),
        ({"filter": "nonsense"}, "filter"),
        ({"filter": "bbox=1,2,3"}, "filter"),
        ({"key": "Bad Key"}, "__all__"),
        ({"decimals": 9}, "__all__"),
        ({"name": ""}, "name"),
    ],
)
def test_a_figure_that_cannot_be_asked_is_refused_where_it_is_wrong(change, field):
    with pytest.raises(RefusedByRegister) as refused:
        definition_save(figure=None, values={**ROADS, **change}, **OFFICE)
    assert field in {name or "__all__" for name, _code, _text in refused.value.errors}
    assert not FigureDefinition.objects.filter(name="沥青路").exists()


def test_money_may_be_told_in_any_unit_of_money():
    for number, unit in enumerate(("yuan", "wan_yuan", "yi_yuan")):
        values = {**ROADS, "key": f"m{number}", "query": "money_paid", "unit": unit, "filter": ""}
        assert definition_save(figure=None, values=values, **OFFICE).unit == unit


def test_a_figure_that_a_template_names_cannot_be_removed(template):
    figure = definition_save(figure=None, values=ROADS, **OFFICE)
    section = template.sections.first()
    template_section_save(
        template=template,
        section=section,
        values={"body": "沥青{{ asphalt_km }}公里"},
        expected_digest=section_digest(section),
        **OFFICE,
    )
    with pytest.raises(RefusedByRegister):
        definition_remove(figure=figure, expected_version=1, **OFFICE)
    section.refresh_from_db()
    template_section_remove(section=section, expected_digest=section_digest(section), **OFFICE)
    definition_remove(figure=figure, expected_version=1, **OFFICE)
    assert not FigureDefinition.objects.filter(key="asphalt_km").exists()


def test_a_text_names_only_figures_that_exist(template):
    with pytest.raises(UnknownFigures):
        template_section_save(
            template=template, section=None, values={"body": "{{ nobody }}"}, **OFFICE
        )
    assert headings(template) == ["甲", "乙", "丙"]


def test_sections_change_places(template):
    first = template.sections.get(heading="甲")
    template_section_move(section=first, up=True, **OFFICE)
    assert headings(template) == ["甲", "乙", "丙"]
    template_section_move(section=first, up=False, **OFFICE)
    assert headings(template) == ["乙", "甲", "丙"]


def test_a_text_that_somebody_else_changed_is_not_overwritten(template):
    section = template.sections.get(heading="甲")
    seen = section_digest(section)
    given = {"template": template, "section": section, "expected_digest": seen, **OFFICE}
    template_section_save(values={"heading": "先"}, **given)
    with pytest.raises(ConcurrentChange):
        template_section_save(values={"heading": "后"}, **given)
    with pytest.raises(ConcurrentChange):
        template_section_remove(section=section, expected_digest=seen, **OFFICE)
    assert headings(template) == ["先", "乙", "丙"]


@pytest.mark.parametrize("role", ["township_officer", "evaluator"])
def test_who_keeps_no_register_reads_templates_and_changes_none(world, template, role):
    client = Client()
    client.force_login(world.users[role])
    detail = reverse("reports:template-detail", args=["own"])
    assert client.get(reverse("reports:template-list")).status_code == 200
    assert client.get(detail).status_code == 200
    assert client.post(detail, {"name": "x"}).status_code == 403
    assert client.get(reverse("reports:section-new", args=["own"])).status_code == 403
    with pytest.raises(NotPermitted):
        template_save(template=template, values={}, actor=None, scope=Scope(), expected_version=1)


@pytest.fixture
def planner(world):
    client = Client()
    client.force_login(world.users["district_planner"])
    return client


def test_the_planner_edits_a_section_on_its_page(planner, template):
    address = reverse("reports:section-edit", args=["own", 1])
    section = TemplateSection.objects.get(template=template, position=1)
    given = {"kind": "townships", "heading": "各乡镇", "body": "{{ sites_finished }}"}
    answer = planner.post(address, {**given, "digest": section_digest(section)})
    assert answer.status_code == 302
    assert headings(template)[0] == "各乡镇"
    stale = planner.post(address, {**given, "heading": "晚", "digest": "0" * 64})
    assert stale.status_code == 422
    assert headings(template)[0] == "各乡镇"


def test_the_planner_makes_moves_and_removes_on_the_pages(planner):
    planner.post(
        reverse("reports:template-new"),
        {"code": "mine", "name": "自拟", "kind": "monthly", "is_active": "on"},
    )
    made = ReportTemplate.objects.get(code="mine")
    for heading in ("一", "二"):
        planner.post(
            reverse("reports:section-new", args=["mine"]), {"kind": "text", "heading": heading}
        )
    action = reverse("reports:section-action", args=["mine", 2])
    planner.post(action, {"wish": "up"})
    assert headings(made) == ["二", "一"]
    digest = section_digest(made.sections.get(heading="一"))
    planner.post(action, {"wish": "remove", "digest": digest})
    assert headings(made) == ["二"]


def test_the_planner_makes_and_removes_a_figure_on_its_page(planner):
    bad = planner.post(reverse("reports:definition-new"), {**ROADS, "filter": "kind=castle"})
    assert bad.status_code == 422
    assert planner.post(reverse("reports:definition-new"), ROADS).status_code == 302
    address = reverse("reports:definition-edit", args=["asphalt_km"])
    planner.post(address, {**ROADS, "name": "沥青里程", "version": 1})
    figure = FigureDefinition.objects.get(key="asphalt_km")
    assert (figure.name, figure.version) == ("沥青里程", 2)
    planner.post(address, {**ROADS, "version": 2, "wish": "remove"})
    assert not FigureDefinition.objects.filter(key="asphalt_km").exists()
