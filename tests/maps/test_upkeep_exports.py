"""Exports of assets and upkeep: every format, the rows of the scope, no restricted field."""

from __future__ import annotations

import csv
import datetime
import io
import json

import geopandas
import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.utils import timezone

from assets.models import Asset
from maintenance.services import order_accept
from maps.exports.choice import ExportChoice, export_layer, read_filter
from maps.exports.formats import FORMATS
from maps.exports.jobs import may_fetch, request_export, run_export
from maps.layers import EXPORT_LAYERS, LAYERS
from sites.access import Grant, Scope, scope_of
from sites.filters import ParameterError
from sites.kinds import Role
from tests.factories import ClosureFactory, StructureFactory
from tests.factories.field import reported
from tests.factories.maintenance import move_agreement, signed_agreement
from tests.factories.orders import by, issued_order, recorded_log

pytestmark = pytest.mark.django_db
UPKEEP = [name for name in EXPORT_LAYERS if LAYERS[name].is_upkeep]


def choice_of(viewer, layer, query="", **options):
    chosen = read_filter(export_layer(layer), QueryDict(query))
    return ExportChoice.of(scope_of(viewer), chosen, layer=layer, **options)


def a_year(world):
    """An agreement on the own road with an order, a log, a defect, a bridge and a closure."""
    agreement = signed_agreement(world, assets=[world.own_asset])
    order = issued_order(world, agreement)
    order_accept(order=order, at=timezone.now(), **by(world.users["company_member"]))
    order.refresh_from_db()
    recorded_log(order, world.users["company_member"])
    reported(world)
    ClosureFactory(asset=world.own_asset)
    StructureFactory(asset=world.own_asset)
    return agreement


@pytest.mark.parametrize("layer", UPKEEP)
def test_every_layer_is_written_in_every_format(world, tmp_path, layer):
    a_year(world)
    choice = choice_of(Scope.internal(), layer)
    rows = choice.rows().count()
    for code, form in FORMATS.items():
        path = tmp_path / f"out.{form.suffix}"
        assert form.write(choice, path, lambda n: None) == rows, code
    features = json.loads((tmp_path / "out.geojson").read_text())["features"]
    frame = geopandas.read_file(tmp_path / "out.gpkg")
    table = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    keys = {feature["id"] for feature in features}
    assert keys == set(frame["id"]) == {row["id"] for row in table}
    assert len(keys) == rows


@pytest.mark.parametrize("layer", UPKEEP)
def test_a_competitor_exports_nothing_of_it(world, layer):
    a_year(world)
    other = world.users["company_member"]
    grant = Grant(Role.COMPANY_MEMBER, (), (world.companies[1].pk,))
    competitor = Scope(grants=(grant,), roles=frozenset({Role.COMPANY_MEMBER}))
    held = set(choice_of(competitor, layer).rows().values_list("pk", flat=True))
    own = set(choice_of(other, layer).rows().values_list("pk", flat=True))
    assert own or LAYERS[layer].kind
    assert not held & own


def test_the_values_of_an_asset_are_those_of_the_register(world, tmp_path):
    a_year(world)
    path = tmp_path / "out.geojson"
    FORMATS["geojson"].write(choice_of(Scope.internal(), "road_sections", "area=340199100"), path)
    (feature,) = json.loads(path.read_text())["features"]
    asset = Asset.objects.get(pk=world.own_asset.pk)
    values = feature["properties"]
    assert (values["code"], values["gap"]) == (asset.code, "none")
    assert values["chainage"] == "K0+000–K1+200"
    assert values["township_name"] == world.townships[0].name
    assert "plate_code" not in values


def test_restricted_fields_are_for_the_office_of_the_place(world, tmp_path):
    a_year(world)
    for layer, name in (("assets", "plate_code"), ("agreement_scopes", "keeper_phone")):
        with pytest.raises(ParameterError):
            choice_of(world.users["company_member"], layer, names=[name])
        path = tmp_path / f"{layer}.csv"
        officer = world.users["township_officer"]
        FORMATS["csv"].write(choice_of(officer, layer, names=[name]), path)
        assert name in path.read_text("utf-8-sig").splitlines()[0]


def test_a_file_is_no_longer_handed_out_when_the_agreement_has_ended(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    agreement = a_year(world)
    user = world.users["company_member"]
    job = request_export(
        owner=user,
        scope=scope_of(user),
        chosen=read_filter(export_layer("work_orders"), QueryDict("")),
        layer="work_orders",
        form="csv",
        srid=4490,
    )
    run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.sites) == ("ready", 1)
    assert may_fetch(job, scope_of(user))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    move_agreement(agreement, "terminated", ended_on=yesterday)
    assert not may_fetch(job, scope_of(user))


def test_a_file_is_saved_under_its_name(world, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(world.users["township_officer"])
    day = f"{timezone.localdate():%Y%m%d}"
    for path in ("sites.gpkg", "assets.gpkg", "assets.geojson", "defects.geojson"):
        answer = client.get(f"/api/v1/{path}")
        stem, _dot, suffix = path.partition(".")
        assert answer["Content-Disposition"] == f'attachment; filename="{stem}-{day}.{suffix}"'
        assert answer["Cache-Control"] == "private, no-store"
        b"".join(answer.streaming_content)


def test_unknown_parameters_are_refused(world, client):
    client.force_login(world.users["township_officer"])
    for path in ("assets.geojson", "assets.gpkg", "defects.geojson", "work-orders.geojson"):
        assert client.get(f"/api/v1/{path}?colour=red").status_code == 400
        assert client.get(f"/api/v1/{path}?fields=castle").status_code == 400
    asked = {"layer": "defects", "format": "csv", "filter": "gap=any"}
    answer = client.post("/api/v1/exports", asked, content_type="application/json")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("layer", ["sites", *UPKEEP])
def test_the_page_offers_the_fields_of_each_layer(world, client, layer):
    client.force_login(world.users["township_officer"])
    page = client.get(f"/exports/?layer={layer}")
    assert page.status_code == 200
    assert layer in [value for value, _label in page.context["form"]["layer"].field.choices]


def test_the_command_exports_upkeep(world, tmp_path, capsys):
    a_year(world)
    path = tmp_path / "gaps.geojson"
    call_command(
        "export_layers",
        "assets",
        "--format",
        "geojson",
        "--output",
        str(path),
        "--filter",
        "gap=any",
    )
    gaps = {f["properties"]["gap"] for f in json.loads(path.read_text())["features"]}
    assert "none" not in gaps
    assert gaps
