"""The main job end to end: a survey file becomes sites on the map and leaves as a file again."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import geopandas
import mapbox_vector_tile
import pytest
from django.core.management import call_command
from django.test import TestCase
from pyproj import Geod

from sites.kinds import Role
from sites.models import Area, ProjectSite
from tests.conftest import pilot_folder
from tests.factories import ProgrammeFactory, member

GEOD = Geod(ellps="GRS80")
FILES = {
    "roads": ("road", 303),
    "water_works": ("water_works", 260),
    "channels": ("water_works", 54),
    "village_centres": ("village_centre", 48),
    "housing_sites": ("housing", 217),
}


def _import(folder, name):
    kind, _count = FILES[name]
    file = str(folder / f"{name}.geojson")
    call_command(
        "import_sites", file, "--kind", kind, "--programme", "PILOT-2024", stdout=io.StringIO()
    )


def _geodesic_length(path: Path) -> float:
    return float(sum(GEOD.geometry_length(shape) for shape in geopandas.read_file(path).geometry))


def _versions():
    return list(ProjectSite.objects.order_by("pk").values_list("pk", "version"))


class FileToMapToFile(TestCase):
    """The pilot district, imported once for all tests."""

    @classmethod
    def setUpTestData(cls):
        cls.folder = pilot_folder()
        ProgrammeFactory(code="PILOT-2024", year=2024)
        for level in ("district", "towns", "villages"):
            call_command("import_areas", str(cls.folder / f"{level}.geojson"), stdout=io.StringIO())
        for name in FILES:
            _import(cls.folder, name)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = Path(folder.name)

    def test_the_counts_are_the_files_counts(self):
        assert Area.objects.count() == 1 + 15 + 86
        counts = {}
        for name, (kind, count) in FILES.items():
            counts[kind] = counts.get(kind, 0) + count
            assert (
                len(json.loads((self.folder / f"{name}.geojson").read_text())["features"]) == count
            )
        for kind, count in counts.items():
            assert ProjectSite.objects.of_kind(kind).count() == count

    def test_measured_lengths_agree_with_an_independent_computation(self):
        for name, key in (("roads", "road_code"), ("channels", "channel_id")):
            file = self.folder / f"{name}.geojson"
            codes = geopandas.read_file(file)[key]
            sites = ProjectSite.objects.filter(code__in=list(codes))
            measured = sum(sites.values_list("measured_length_m", flat=True))
            assert measured == pytest.approx(_geodesic_length(file), rel=1e-3)

    def test_a_second_run_changes_nothing(self):
        before = _versions()
        for name in FILES:
            _import(self.folder, name)
        assert _versions() == before

    def test_from_the_map_to_a_township_and_out_again(self):
        """A newcomer's first minute: map, road, the township's mileage, the export."""
        user = member(Role.DISTRICT_PLANNER, areas=[Area.objects.get(code="341003")])
        self.client.force_login(user)
        assert self.client.get("/").status_code == 200
        query = "kind=road&township=341003100"
        listed = self.client.get(f"/api/v1/sites?{query}&limit=1000").json()["features"]
        assert len(listed) == 49
        road = listed[0]
        assert self.client.get(f"/sites/{road['id']}/").status_code == 200
        assert self.client.get("/areas/341003100/").status_code == 200

        tile = self.client.get(f"/api/v1/tiles/roads/9/423/210.mvt?{query}")
        assert tile.status_code in {200, 204}
        drawn = set()
        for x in range(422, 426):
            for y in range(209, 212):
                answer = self.client.get(f"/api/v1/tiles/roads/9/{x}/{y}.mvt?{query}")
                if answer.status_code == 200:
                    layers = mapbox_vector_tile.decode(answer.content)
                    drawn |= {f["properties"]["id"] for f in layers["roads"]["features"]}
        assert drawn == {feature["id"] for feature in listed}

        exported = b"".join(self.client.get(f"/api/v1/sites.geojson?{query}").streaming_content)
        path = self.out / "roads.geojson"
        path.write_bytes(exported)
        frame = geopandas.read_file(path)
        assert set(frame["code"]) == {feature["properties"]["code"] for feature in listed}

        before = _versions()
        _import(self.out, "roads")
        assert _versions() == before

    def test_an_export_keeps_names_and_coordinates(self):
        target = self.out / "roads.gpkg"
        arguments = ["roads", "--format", "gpkg", "--output", str(target)]
        call_command("export_layers", *arguments, stdout=io.StringIO())
        exported = geopandas.read_file(target).set_index("code").sort_index()
        source = (
            geopandas.read_file(self.folder / "roads.geojson").set_index("road_code").sort_index()
        )
        assert list(exported.index) == list(source.index)
        assert list(exported["name"]) == list(source["name"])
        for ours, theirs in zip(exported.geometry, source.geometry, strict=True):
            assert ours.equals_exact(theirs, 1e-7)
