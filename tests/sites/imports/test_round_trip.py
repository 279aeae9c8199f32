"""What goes out comes in again without a difference."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from sites.models import ProjectSite
from tests.sites.imports.conftest import take_sites

OPTIONS = {"geojson": {}, "gpkg": {}, "csv": {"srid": 4490}}


@pytest.mark.parametrize("form", OPTIONS)
def test_an_export_of_all_kinds_imports_without_a_difference(huangshan, pilot, tmp_path, form):
    for name, kind in (
        ("roads", "road"),
        ("housing_sites", "housing"),
        ("channels", "water_works"),
    ):
        take_sites(pilot / f"{name}.geojson", kind)
    before = list(ProjectSite.objects.order_by("pk").values_list("pk", "version", "updated_at"))
    path = tmp_path / f"export.{form}"
    call_command("export_layers", "sites", "--format", form, "--output", path, stdout=StringIO())
    outcome = take_sites(path, None, programme=None, **OPTIONS[form])
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, len(before))
    assert outcome.refused == 0
    after = list(ProjectSite.objects.order_by("pk").values_list("pk", "version", "updated_at"))
    assert after == before


def test_an_edited_export_changes_only_what_was_edited(huangshan, pilot, tmp_path):
    take_sites(pilot / "roads.geojson", "road")
    path = tmp_path / "export.geojson"
    call_command(
        "export_layers", "roads", "--format", "geojson", "--output", path, stdout=StringIO()
    )
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][0]["properties"]["pavement"] = "gravel"
    content["features"][1]["geometry"]["coordinates"][0][0] += 0.0001
    path.write_text(json.dumps(content), encoding="utf-8")
    outcome = take_sites(path, "road")
    assert [change.fields for change in outcome.changes] == [["pavement"], ["geometry"]]
    assert outcome.unchanged == 301
