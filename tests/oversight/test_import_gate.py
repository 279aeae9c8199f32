"""The gate before work starts holds at the door of the import as well."""

import json

from oversight.models import Responsibility
from sites.models import ProjectSite
from tests.factories.oversight import answering
from tests.sites.imports.conftest import take_sites

ROW = {"id": "R1", "name": "青溪路", "status": "签约", "village_code": "340199100201"}
LINE = {"type": "LineString", "coordinates": [[117.05, 31.05], [117.06, 31.06]]}


def test_an_import_starts_no_work_on_a_site_without_a_project_lead(world, tmp_path):
    def take(status):
        feature = {"type": "Feature", "properties": {**ROW, "status": status}, "geometry": LINE}
        path = tmp_path / "survey.geojson"
        content = {"type": "FeatureCollection", "features": [feature]}
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return take_sites(path, "road")

    take("签约")
    site = ProjectSite.objects.get(source_id="R1")
    Responsibility.objects.filter(role="project_lead").delete()
    problem = next(iter(take("在建").problems))
    assert (problem.code, problem.values["missing"]) == ("gate_not_met", ["project_lead_missing"])
    answering(site=site, roles=["project_lead"])
    take("在建")
    site.refresh_from_db()
    assert site.state == "under_construction"
