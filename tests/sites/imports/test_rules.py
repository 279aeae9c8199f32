"""What an import owes the register: identity, scope, areas, states, all or nothing."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sites.access import scope_of
from sites.imports.problems import CancelledError, FileProblemError
from sites.models import ImportRun, ProjectSite, StateChange
from tests.factories import ProgrammeFactory
from tests.sites.imports.conftest import take_areas, take_sites

ROW = {"id": "R1", "name": "青溪路", "status": "在建", "village_code": "340199100201"}
INSIDE = {"type": "LineString", "coordinates": [[117.05, 31.05], [117.06, 31.06]]}


@pytest.fixture
def write(tmp_path):
    """Write a GeoJSON file of rows: pairs of properties and geometry."""

    def make(*rows, name="survey.geojson"):
        path = tmp_path / name
        features = [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in rows
        ]
        content = {"type": "FeatureCollection", "features": features}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    return make


def codes(outcome):
    return [(problem.row, problem.code) for problem in outcome.problems]


def moved(by_x, by_y, geometry=INSIDE):
    points = [[x + by_x, y + by_y] for x, y in geometry["coordinates"]]
    return {**geometry, "coordinates": points}


def test_one_bad_row_keeps_all_rows_out(world, write):
    path = write((ROW, INSIDE), ({**ROW, "id": "R2", "status": "飞走"}, INSIDE))
    before = ProjectSite.objects.count()
    outcome = take_sites(path, "road")
    assert codes(outcome) == [(2, "not_in_list")]
    assert not outcome.is_written
    assert ProjectSite.objects.count() == before


def test_every_problem_of_a_row_is_reported(world, write):
    bad = {**ROW, "status": "飞走", "计划开工": "2023-05-01", "计划完工": "2023-04-01"}
    outcome = take_sites(write((bad, {"type": "Point", "coordinates": [117.05, 31.05]})), "road")
    assert sorted(code for _, code in codes(outcome)) == [
        "dates_out_of_order",
        "geometry_type",
        "not_in_list",
    ]


def test_the_same_identifier_twice_in_a_file_is_refused(world, write):
    outcome = take_sites(write((ROW, INSIDE), (ROW, moved(0.01, 0))), "road")
    assert codes(outcome) == [(2, "duplicate_in_file")]


def test_rows_without_identifier_are_known_by_their_content(world, write):
    path = write(({"name": "甲"}, INSIDE), ({"name": "乙"}, INSIDE))
    assert take_sites(path, "road").new == 2
    again = take_sites(path, "road")
    assert (again.new, again.unchanged) == (0, 2)


def test_a_code_of_another_source_elsewhere_gives_a_new_site_a_longer_code(world, write):
    take_sites(write(({"编号": "甲-000001"}, INSIDE), name="a.geojson"), "road")
    far = moved(0.2, 0.05)
    outcome = take_sites(write(({"编号": "甲-000001"}, far), name="b.geojson"), "road")
    assert (outcome.new, outcome.notes[-1]["code"]) == (1, "codes_suffixed")
    assert ProjectSite.objects.filter(source_id="甲-000001").count() == 2


def test_a_place_far_from_its_named_village_is_refused_with_the_distance(world, write):
    outcome = take_sites(write((ROW, moved(0.25, 0))), "road")
    problem = next(iter(outcome.problems))
    assert problem.code == "outside_named_area"
    assert float(problem.values["kilometres"]) == pytest.approx(9.5, abs=0.5)


def test_a_place_outside_every_district_is_refused(world, write):
    outcome = take_sites(write((ROW, moved(3, 0))), "road")
    assert "outside_district" in dict(codes(outcome)).values()


def test_an_area_that_does_not_exist_is_refused(world, write):
    outcome = take_sites(write(({**ROW, "village_code": "990000000000"}, INSIDE)), "road")
    assert codes(outcome) == [(1, "area_unknown")]


def test_an_unknown_village_of_a_known_township_falls_back_to_the_township(world, write):
    take_sites(write(({**ROW, "village_code": "340199100999"}, INSIDE)), "road")
    assert ProjectSite.objects.get(source_id="R1").area == world.townships[0]


def test_without_a_code_the_place_tells_the_area(world, write):
    take_sites(write(({"id": "R1"}, INSIDE), ({"id": "R2"}, moved(0.2, 0))), "road")
    found = dict(ProjectSite.objects.filter(source="survey").values_list("source_id", "area_code"))
    assert found == {"R1": "340199100201", "R2": "340199101201"}


def test_a_township_officer_imports_into_the_own_township_only(world, write):
    officer = world.users["township_officer"]
    here, there = ({"id": "R1"}, INSIDE), ({"id": "R2"}, moved(0.2, 0))
    outcome = take_sites(
        write(here, there), "road", scope=scope_of(officer), actor=officer, accept_good_rows=True
    )
    assert codes(outcome) == [(2, "outside_scope")]
    assert ProjectSite.objects.get(source_id="R1").created_by == officer


def test_a_township_officer_does_not_import_finished_states(world, write):
    officer = world.users["township_officer"]
    path = write(({**ROW, "status": "已验收"}, INSIDE))
    outcome = take_sites(path, "road", scope=scope_of(officer), actor=officer)
    assert codes(outcome) == [(1, "state_not_allowed")]


@pytest.mark.parametrize("role", ["company_member", "evaluator", "cooperative_member"])
def test_other_roles_do_not_import(world, write, role):
    with pytest.raises(FileProblemError) as caught:
        take_sites(write((ROW, INSIDE)), "road", scope=scope_of(world.users[role]))
    assert caught.value.code == "not_permitted"


def test_an_empty_cell_empties_the_field_but_never_name_or_state(world, write):
    take_sites(write(({**ROW, "备注": "旧"}, INSIDE)), "road")
    outcome = take_sites(write(({**ROW, "name": "", "status": None, "备注": ""}, INSIDE)), "road")
    assert outcome.changes[0].fields == ["note"]
    site = ProjectSite.objects.get(source_id="R1")
    assert (site.name, site.state, site.note) == ("青溪路", "under_construction", "")


def test_an_imported_state_change_leaves_its_record(world, write):
    planner = world.users["district_planner"]
    take_sites(write((ROW, INSIDE)), "road")
    path = write(({**ROW, "status": "已完工"}, INSIDE))
    take_sites(path, "road", scope=scope_of(planner), actor=planner)
    change = StateChange.objects.get(site__source_id="R1")
    assert (change.from_state, change.to_state) == ("under_construction", "completed")
    assert (change.actor, change.role) == (planner, "district_planner")


def test_an_import_moves_no_site_past_a_gate(world, write):
    """The row is refused with what is missing; a site that comes in closed is history."""
    take_sites(write((ROW, INSIDE)), "road")
    for word, missing in (
        ("已验收", ["final_acceptance_missing"]),
        ("移交", ["handover_missing"]),
        (
            "归档",
            [
                "asset_missing",
                "owner_missing",
                "upkeep_party_missing",
                "warranty_missing",
                "money_line_missing",
            ],
        ),
    ):
        moved_line = {**INSIDE, "coordinates": [[117.05, 31.05], [117.061, 31.061]]}
        outcome = take_sites(write(({**ROW, "status": word}, moved_line)), "road")
        assert codes(outcome) == [(1, "gate_not_met")]
        assert next(iter(outcome.problems)).values["missing"] == missing
    assert ProjectSite.objects.get(source_id="R1").state == "under_construction"
    closed = {**ROW, "id": "R2", "status": "归档"}
    take_sites(write((closed, INSIDE)), "road", accept_good_rows=True)
    assert ProjectSite.objects.get(source_id="R2").state == "closed"


def test_unknown_programmes_categories_and_organisations_are_named(world, write):
    row = {**ROW, "programme": "NONE", "category": "x", "施工单位": "无此公司"}
    outcome = take_sites(write((row, INSIDE)), "road")
    assert sorted(code for _, code in codes(outcome)) == [
        "category_unknown",
        "organisation_unknown",
        "programme_unknown",
    ]


def test_a_site_that_was_removed_does_not_come_back(world, write):
    take_sites(write((ROW, INSIDE)), "road")
    ProjectSite.objects.filter(source_id="R1").update(removed_at="2024-01-01T00:00:00Z")
    assert codes(take_sites(write((ROW, INSIDE)), "road")) == [(1, "site_removed")]


def test_cancelling_leaves_nothing(world, write):
    class Impatient:
        def step(self, stage, done, total):
            if stage == "writing":
                raise CancelledError

    before = ProjectSite.objects.count()
    with pytest.raises(CancelledError):
        take_sites(write((ROW, INSIDE)), "road", watch=Impatient())
    assert ProjectSite.objects.count() == before


def test_a_property_that_occurs_late_is_still_matched(world, write):
    rows = [({"id": f"R{n}"}, moved(n / 1e5, 0)) for n in range(300)]
    rows[-1][0]["name"] = "末路"
    take_sites(write(*rows), "road")
    assert ProjectSite.objects.get(source_id="R299").name == "末路"


def test_areas_that_overlap_or_leave_their_parent_are_refused(world, tmp_path):
    def square(code, west, east):
        ring = [[west, 31.0], [east, 31.0], [east, 31.1], [west, 31.1], [west, 31.0]]
        properties = {"code": code, "name": code}
        shape = {"type": "Polygon", "coordinates": [ring]}
        return {"type": "Feature", "properties": properties, "geometry": shape}

    path = tmp_path / "areas.geojson"
    features = [square("340199102", 117.1, 117.3), square("340199103", 117.3, 117.9)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    outcome = take_areas(path)
    found = {(problem.row, problem.code) for problem in outcome.problems}
    assert {(1, "area_overlaps"), (2, "area_outside_parent")} <= found
    assert not outcome.is_written


def test_the_command_writes_a_report_and_leaves_a_record(world, write, tmp_path):
    ProgrammeFactory(code="P2023", year=2023)
    path = write((ROW, INSIDE), ({**ROW, "id": "R2"}, None))
    report = tmp_path / "report.csv"
    arguments = [str(path), "--kind", "road", "--programme", "P2023", "--report", str(report)]
    with pytest.raises(CommandError):
        call_command("import_sites", *arguments, stdout=StringIO())
    assert "geometry_missing" in report.read_text("utf-8-sig")
    assert not ImportRun.objects.exists()
    call_command("import_sites", *arguments, "--accept-good-rows", stdout=StringIO())
    run = ImportRun.objects.get()
    assert (run.state, run.counts["new"], run.errors[0]["code"]) == (
        "committed",
        1,
        "geometry_missing",
    )


def test_the_command_names_the_option_that_answers_a_question(world, pilot):
    ProgrammeFactory(code="P2023", year=2023)
    path = pilot / "nasty" / "shp_no_prj_lonlat.zip"
    with pytest.raises(CommandError, match="--srid"):
        call_command("import_sites", str(path), "--kind", "facility", "--programme", "P2023")
