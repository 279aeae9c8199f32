"""Every awkward file gets the verdict that its note in the manifest gives."""

from __future__ import annotations

import json

import pytest

from sites.imports.problems import FileProblemError, QuestionError
from sites.models import ProjectSite
from tests.sites.imports.conftest import take_sites

GOOD = {
    "P01": ("facility", 12),
    "P05": ("facility", 4),
    "P08": ("facility", 6),
    "P11": ("facility", 4),
    "P14": ("facility", 3),
    "P15": ("facility", 1),
    "P17": ("facility", 7),
    "P18": ("facility", 4),
}
PARTIAL = {
    "P03": ("road", 5, {6: "geometry_missing"}),
    "P09": ("village_centre", 1, {2: "geometry_invalid"}),
    "P10": ("facility", 0, dict.fromkeys(range(1, 6), "coordinates_swapped")),
    "P12": ("facility", 1, {2: "geometry_missing"}),
    "P13": ("road", 1, {1: "geometry_type", 3: "geometry_type", 4: "geometry_collection"}),
    "P19": ("facility", 3, {2: "coordinate_missing", 6: "coordinate_zero"}),
    "P20": ("facility", 2, {5: "total_row"}),
}
ASKED = {"P02": "crs_needed", "P04": "layer_needed"}
REFUSED = {
    "P06": "zip_without_shapefile",
    "P07": "zip_broken",
    "P16": "json_broken",
    "P24": "zip_without_shapefile",
}
ABROAD = {"P21": ("facility", 2), "P22": ("facility", 2), "P26": ("village_centre", 67)}
ABROAD_PARTIAL = {
    "P23": ("facility", 39, {7: "geometry_invalid"}),
    "P25": ("road", 1, {1: "geometry_missing"}),
}


@pytest.fixture
def nasty(pilot):
    """Path of a nasty file by its identifier."""
    manifest = json.loads((pilot / "nasty" / "manifest.json").read_text(encoding="utf-8"))
    return {entry["id"]: pilot / "nasty" / entry["file"] for entry in manifest["files"]}


def test_every_file_of_the_manifest_has_a_verdict_here(nasty):
    known = [GOOD, PARTIAL, ASKED, REFUSED, ABROAD, ABROAD_PARTIAL]
    assert sorted(nasty) == sorted(key for verdicts in known for key in verdicts)


@pytest.mark.parametrize("key", GOOD)
def test_good_rows_all_go_in(huangshan, nasty, key):
    kind, count = GOOD[key]
    outcome = take_sites(nasty[key], kind)
    assert outcome.is_written
    assert (outcome.new, outcome.refused) == (count, 0)
    assert ProjectSite.objects.count() == count


@pytest.mark.parametrize("key", PARTIAL)
def test_bad_rows_are_named_and_the_good_ones_can_be_taken(huangshan, nasty, key):
    _check_partial(nasty[key], *PARTIAL[key])


@pytest.mark.parametrize("key", ABROAD)
def test_foreign_files_go_into_a_district_that_holds_them(america, nasty, key):
    kind, count = ABROAD[key]
    outcome = take_sites(nasty[key], kind)
    assert (outcome.new, outcome.refused) == (count, 0)


@pytest.mark.parametrize("key", ABROAD_PARTIAL)
def test_foreign_files_with_a_bad_row(america, nasty, key):
    _check_partial(nasty[key], *ABROAD_PARTIAL[key])


def _check_partial(path, kind, count, codes):
    refused = take_sites(path, kind)
    assert not refused.is_written
    assert {problem.row: problem.code for problem in refused.problems} == codes
    assert all(problem.message != problem.code for problem in refused.problems)
    assert ProjectSite.objects.count() == 0
    taken = take_sites(path, kind, accept_good_rows=True)
    assert (taken.new, taken.refused) == (count, len(codes))
    assert ProjectSite.objects.count() == count


@pytest.mark.parametrize("key", ASKED)
def test_what_the_file_does_not_say_is_asked_for(huangshan, nasty, key):
    with pytest.raises(QuestionError) as caught:
        take_sites(nasty[key], "facility")
    assert caught.value.code == ASKED[key]
    assert len(caught.value.choices) == 2
    assert ProjectSite.objects.count() == 0


def test_an_answer_makes_the_file_importable(huangshan, nasty):
    assert take_sites(nasty["P02"], "facility", srid=4490).new == 8
    assert take_sites(nasty["P04"], "road", layer="a_roads").new == 3
    assert take_sites(nasty["P04"], "facility", layer="b_ponds").new == 4


@pytest.mark.parametrize("key", REFUSED)
def test_broken_files_are_refused_with_a_sentence(huangshan, nasty, key):
    with pytest.raises(FileProblemError) as caught:
        take_sites(nasty[key], "facility")
    assert caught.value.code == REFUSED[key]
    assert len(str(caught.value)) > 15


def test_a_foreign_file_is_refused_with_the_distance_from_the_district(huangshan, nasty):
    outcome = take_sites(nasty["P26"], "village_centre")
    problem = next(iter(outcome.problems))
    assert (outcome.refused, problem.code) == (67, "outside_district")
    assert float(problem.values["kilometres"]) > 10_000


def test_names_in_gbk_are_chinese_not_mojibake(huangshan, nasty):
    take_sites(nasty["P01"], "facility")
    assert ProjectSite.objects.filter(name="甘棠社区居委会").exists()


def test_central_european_names_follow_their_code_page(america, nasty):
    take_sites(nasty["P22"], "facility", mapping={"name": "field"})
    assert not ProjectSite.objects.filter(name__contains="\ufffd").exists()


def test_projected_coordinates_land_in_the_district(huangshan, nasty):
    take_sites(nasty["P08"], "facility")
    for site in ProjectSite.objects.all():
        assert 118.0 < site.planned_geometry.x < 118.28
        assert 30.12 < site.planned_geometry.y < 30.42


def test_markup_and_formulas_are_kept_as_text(huangshan, nasty):
    take_sites(nasty["P14"], "facility")
    take_sites(nasty["P18"], "facility")
    names = set(ProjectSite.objects.values_list("name", flat=True))
    assert {"<img src=x onerror=alert(1)>", "@SUM(1)", "-2"} <= names


def test_a_unit_in_a_cell_and_one_in_the_heading_both_count(huangshan, nasty):
    take_sites(nasty["P20"], "facility", accept_good_rows=True)
    lengths = dict(ProjectSite.objects.values_list("name", "declared_length_m"))
    assert lengths == {"甲线": 3500, "乙线": 2100}
