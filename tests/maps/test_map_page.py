"""The map pages: what they carry, for whom, and under which policy."""

from __future__ import annotations

import json
import re

import folium
import pytest
from django.test import override_settings
from django.urls import reverse

from maps.folium_map import AtlasMap, VectorEngine, map_parts
from maps.places import places_for
from sites.access import Scope, scope_of
from tests.factories import ProjectSiteFactory

pytestmark = pytest.mark.django_db


def settings_of(response):
    """What the page tells its modules."""
    found = re.search(
        r'<script id="map-config" type="application/json">(.*?)</script>',
        response.content.decode(),
        re.DOTALL,
    )
    return json.loads(found.group(1))


@pytest.fixture
def page(client, world):
    """The office's map as the planner gets it."""
    client.force_login(world.users["district_planner"])
    return client.get(reverse("maps:map"))


def test_the_map_asks_strangers_to_sign_in_and_remembers_where_they_wanted_to_go(client):
    answer = client.get("/?kind=road")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/sign-in/?next=/%3Fkind%3Droad"


def test_the_only_inline_script_carries_the_nonce_of_the_policy(page):
    nonce = re.search(r"'nonce-([^']+)'", page["Content-Security-Policy"]).group(1)
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page.content.decode())
    scripts = [attributes for attributes in inline if "application/json" not in attributes]
    assert scripts == [f' nonce="{nonce}"']


def test_the_page_has_no_inline_style_no_handler_and_no_address_of_another_host(page):
    html = page.content.decode()
    assert not re.search(r"<[^>]+\sstyle\s*=", html)
    assert not re.search(r"<[^>]+\son[a-z]+\s*=", html)
    assert "<style" not in html
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', html) == []


def test_our_map_leaves_the_asset_lists_of_folium_alone():
    stock = list(folium.Map.default_js), list(folium.Map.default_css)
    map_ = AtlasMap(location=[31, 117], min_zoom=5, max_zoom=20)
    VectorEngine().add_to(map_)
    parts = map_parts(map_)
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == stock
    assert re.findall(r'src="([^"]+)"', parts.libraries)[0] == "/static/vendor/leaflet/leaflet.js"
    assert '"minZoom": 5' in parts.script
    assert "<style" not in parts.html


@override_settings(
    BASEMAP_URL="https://tiles.example.org/{z}/{x}/{y}.png", BASEMAP_ATTRIBUTION="<b>©</b>"
)
def test_a_base_map_is_a_tile_layer_whose_credit_is_only_text(client, world):
    client.force_login(world.users["district_planner"])
    answer = client.get("/")
    html = answer.content.decode()
    assert "https://tiles.example.org/{z}/{x}/{y}.png" in html
    assert "\\u0026lt;b\\u0026gt;" in html
    assert settings_of(answer)["basemap"] is True


def test_the_map_opens_on_the_persons_own_areas(world):
    officer = places_for(scope_of(world.users["township_officer"]))
    planner = places_for(scope_of(world.users["district_planner"]))
    assert officer.home == (117.0, 31.0, 117.2, 31.2)
    assert planner.home == (117.0, 31.0, 117.4, 31.2)


def test_places_are_read_in_few_statements(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        places = places_for(Scope.internal())
    assert [place.name for place in places.townships] == ["邻镇", "青溪镇", "石桥镇"]
    assert {label["name"] for label in places.villages} == {"上溪村", "桥头村"}
    assert len(places.outlines) == 2


def test_the_map_of_an_empty_register_opens_on_the_country(client, admin_user):
    client.force_login(admin_user)
    answer = client.get("/")
    assert answer.status_code == 200
    assert settings_of(answer)["places"]["home"] is None


def test_the_public_map_knows_no_house_and_no_address_of_the_office(client, world):
    told = settings_of(client.get("/public/"))
    assert told["public"] is True
    assert "housing" not in told["kinds"]
    assert not [address for address in told["urls"].values() if address.startswith("/api/v1/")]


def test_the_public_list_holds_public_sites_with_few_fields(client, world):
    body = client.get("/api/public/v1/sites").json()
    assert [feature["properties"]["code"] for feature in body["features"]] == ["PUBLIC-1"]
    assert set(body["features"][0]["properties"]) == {
        "code", "name", "kind", "state", "year", "delay", "days_late", "progress_percent",
        "measured_length_m", "road_class", "township", "township_name",
    }  # fmt: skip


def test_the_public_list_is_the_same_for_those_who_have_signed_in(client, world):
    client.force_login(world.users["district_planner"])
    body = client.get("/api/public/v1/sites?kind=housing").json()
    assert body["features"] == []


def test_the_public_list_refuses_what_it_does_not_know(client, world):
    answer = client.get("/api/public/v1/sites?bbox=nan,0,1,1")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert client.get("/api/public/v1/sites?colour=red").status_code == 400


def test_the_counts_of_houses_are_told_by_village_from_three_on(client, world):
    houses = {"kind": "housing", "state": "accepted", "programme": world.programme}
    for _ in range(3):
        ProjectSiteFactory(area=world.villages[0], **houses)
    for _ in range(2):
        ProjectSiteFactory(area=world.villages[1], **houses)
    body = client.get("/api/public/v1/housing-totals").json()
    assert body["smallest_told"] == 3
    assert [(row["code"], row["count"]) for row in body["villages"]] == [
        ("340199100201", 3),
        ("340199101201", None),
    ]
