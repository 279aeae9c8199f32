"""Pages of the register of assets."""

from __future__ import annotations

import json

import pytest
from django.contrib.gis.geos import MultiLineString
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assets.models import Asset, RoadSection
from tests.factories import (
    AssetFactory,
    ClosureFactory,
    ProjectSiteFactory,
    RouteFactory,
    StructureFactory,
    line,
    section,
)
from tests.factories.records import SRID

LIST = "/assets/"
NEW = "/assets/new/"
LINE = {"type": "LineString", "coordinates": [[117.05, 31.05], [117.06, 31.05]]}


def browser(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def officer(world):
    return browser(world.users["township_officer"])


@pytest.fixture
def planner(world):
    return browser(world.users["district_planner"])


@pytest.fixture
def company(world):
    return browser(world.users["company_member"])


def text(response):
    return response.content.decode()


def test_the_list_shows_what_the_viewer_may_see(world, officer):
    page = text(officer.get(LIST))

    assert "OWN-A" in page
    assert "K0+000–K1+200" in page
    assert "甲公司" in page
    assert "SIBLING-A" not in page


def test_the_list_takes_the_shared_filter_and_says_what_is_wrong(world, planner):
    page = text(planner.get(f"{LIST}?township=340199101&sort=-name"))
    assert "SIBLING-A" in page
    assert "OWN-A" not in page

    wrong = planner.get(f"{LIST}?kind=tree&color=red&site=OWN-1")

    assert wrong.status_code == 400
    assert "color" in text(wrong)
    assert "OWN-A" in text(wrong)
    assert "SIBLING-A" not in text(wrong)


@pytest.mark.parametrize("sort", ["code", "-code", "name", "length", "-warranty", "updated"])
def test_every_row_stands_on_one_page_in_each_order(world, planner, sort):
    for number in range(30):
        AssetFactory(
            area=world.villages[0],
            kind="facility",
            code=f"F-{number:02d}",
            warranty_until=None if number % 3 else timezone.localdate(),
        )
    found, address = [], f"{LIST}?sort={sort}&limit=25"
    while address:
        response = planner.get(address)
        found += [asset.code for asset in response.context["page"].rows]
        address = response.context["next_address"]

    assert len(found) == len(set(found)) == 34
    back = planner.get(response.context["previous_address"]).context["page"].rows
    assert [asset.code for asset in back] == found[:25]


def test_a_form_without_script_is_led_to_its_one_address(world, planner):
    response = planner.get(f"{LIST}?q=&kind=road&township=&sort=code")

    assert response.url == f"{LIST}?kind=road"


def test_an_empty_list_says_why(world):
    page = text(browser(world.users["association_member"]).get(LIST))

    assert "No asset matches" in page
    assert "Record an asset" not in page


def test_only_the_office_records_assets(world, officer, company):
    assert company.get(NEW).status_code == 403
    assert officer.get(NEW).status_code == 200
    assert officer.get(f"{NEW}?kind=castle").status_code == 200
    unknown = officer.get(f"{NEW}?site=FOREIGN-1")
    assert unknown.status_code == 404
    assert "FOREIGN-1" in text(unknown)


def posted(world, route, **changes):
    """What the form of a new section sends."""
    return {
        "code": "NEW-1",
        "name": "新段",
        "name_en": "New section",
        "area": str(world.villages[0].pk),
        "visibility": "office",
        "detail-route": str(route.pk),
        "detail-start_m": "K0+000",
        "detail-end_m": "K0+954.5",
        "detail-all_season_basis": "unknown",
        "place-text": json.dumps(LINE),
        **changes,
    }


def test_a_section_is_recorded_with_its_line(world, officer):
    response = officer.post(f"{NEW}?kind=road", posted(world, RouteFactory(), cost="1000.55"))

    asset = Asset.objects.get(code="NEW-1")
    assert response.url == reverse("maintenance:asset-detail", args=[asset.pk])
    assert float(asset.road_section.end_m) == 954.5
    assert str(asset.cost) == "1000.55"
    assert asset.geometry.num_coords == 2


def test_a_file_is_read_like_the_text(world, officer):
    body = posted(world, RouteFactory(), **{"place-text": ""})
    feature = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": LINE}]}
    body["place-file"] = SimpleUploadedFile("line.geojson", json.dumps(feature).encode())

    officer.post(f"{NEW}?kind=road", body)

    assert Asset.objects.get(code="NEW-1").geometry.num_coords == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"place-text": ""}, "Say where the asset lies"),
        ({"place-text": "{"}, "errorlist"),
        ({"place-text": '{"type": "Point", "coordinates": [117, 31]}'}, "LineString"),
        ({"place-text": "[" * 3000}, "errorlist"),
        ({"detail-start_m": "5 km"}, "K12+345"),
        ({"detail-end_m": "K0+000"}, "must end after it begins"),
        ({"detail-route": ""}, "errorlist"),
        ({"code": "a b"}, "no spaces"),
        ({"area": "x"}, "errorlist"),
        ({"cost": "1.234"}, "errorlist"),
        ({"cost": "-1"}, "must not be negative"),
    ],
)
def test_what_cannot_be_is_told_in_the_form(world, officer, change, words):
    response = officer.post(f"{NEW}?kind=road", posted(world, RouteFactory(), **change))

    assert response.status_code == 422
    assert words in text(response)
    assert not Asset.objects.filter(code="NEW-1").exists()


def test_an_overlap_is_told_beside_the_chainage(world, officer):
    route = world.own_asset.road_section.route

    response = officer.post(f"{NEW}?kind=road", posted(world, route))

    assert response.status_code == 422
    assert "K0+000–K1+200" in text(response)


def test_a_preview_saves_nothing(world, officer):
    response = officer.post(f"{NEW}?kind=road", posted(world, RouteFactory(), preview="1"))

    assert response.status_code == 200
    assert "not saved yet" in text(response)
    assert '<figure class="drawing">' in text(response)
    assert not Asset.objects.filter(code="NEW-1").exists()


def test_a_site_fills_the_form_and_gives_its_line(world, officer):
    route = RouteFactory(route_no="Y012", county_code="340199")
    site = ProjectSiteFactory(
        code="ROAD-9",
        name="青溪路",
        area=world.villages[0],
        programme=world.programme,
        declared_length_m=1500,
        detail={"route_code": "Y012", "pavement": "cement"},
    )
    page = officer.get(f"{NEW}?site=ROAD-9")
    assert "青溪路" in text(page)
    assert "K1+500" in text(page)

    body = posted(world, route, code="ROAD-9", **{"place-text": "", "detail-pavement": "cement"})
    officer.post(f"{NEW}?site={site.pk}", body)

    asset = Asset.objects.get(code="ROAD-9")
    assert asset.geometry.equals_exact(site.planned_geometry)
    assert asset.sources.get().site == site


def test_a_road_in_parts_offers_a_section_of_each(world, officer):
    parts = MultiLineString(
        line((117.05, 31.05), (117.06, 31.05)), line((117.07, 31.05), (117.08, 31.06)), srid=SRID
    )
    site = ProjectSiteFactory(
        area=world.villages[0], programme=world.programme, planned_geometry=parts
    )
    page = officer.get(f"{NEW}?site={site.pk}")
    assert "part=2" in text(page)

    body = posted(world, RouteFactory(), **{"place-text": ""})
    assert officer.post(f"{NEW}?site={site.pk}", body).status_code == 422
    officer.post(f"{NEW}?site={site.pk}&part=2", body)

    assert Asset.objects.get(code="NEW-1").geometry.coords[0] == (117.07, 31.05)


def test_a_new_form_shows_values_and_no_objects(world, officer):
    for address in (f"{NEW}?kind=road", f"{NEW}?kind=water_works", f"{NEW}?site=OWN-1"):
        assert "DatabaseDefault" not in text(officer.get(address))


@pytest.mark.parametrize("kind", ["water_works", "village_centre", "housing", "facility"])
def test_other_kinds_have_a_form_of_their_own(world, officer, kind):
    page = officer.get(f"{NEW}?kind={kind}")

    assert page.status_code == 200
    assert "detail-start_m" not in text(page)


def edit(asset):
    return f"/assets/{asset.pk}/edit/"


def form_of(response):
    """Return the values that the page's forms show, as a browser would send them."""
    data = {}
    for name in ("form", "detail"):
        form = response.context[name]
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value in (None, False) else value
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = data[bound.html_name]
    return data


def test_a_correction_is_saved_with_its_reason(world, officer):
    data = form_of(officer.get(edit(world.own_asset)))

    response = officer.post(
        edit(world.own_asset), {**data, "name": "新名", "detail-lanes": "2", "reason": "更正"}
    )

    assert response.status_code == 302
    asset = Asset.objects.get(pk=world.own_asset.pk)
    assert (asset.name, asset.road_section.lanes) == ("新名", 2)
    assert asset.events.get().pgh_context.metadata["reason"] == "更正"


def test_two_officers_see_both_values_before_one_overwrites(world, officer):
    data = form_of(officer.get(edit(world.own_asset)))
    officer.post(edit(world.own_asset), {**data, "name": "甲的名"})

    second = officer.post(edit(world.own_asset), {**data, "name": "乙的名"})

    assert second.status_code == 409
    assert "甲的名" in text(second)
    assert Asset.objects.get(pk=world.own_asset.pk).name == "甲的名"
    again = officer.post(edit(world.own_asset), form_of(second) | {"name": "乙的名"})
    assert again.status_code == 302


def test_who_may_not_change_an_asset_is_told_so_and_others_nothing(world, officer, company):
    assert company.get(edit(world.own_asset)).status_code == 403
    assert officer.get(edit(world.sibling_asset)).status_code == 404
    assert officer.get(edit(world.public_asset)).status_code == 404
    assert company.post(f"/assets/{world.own_asset.pk}/move/", {}).status_code == 403


def test_a_state_is_moved_with_a_reason(world, officer):
    address = f"/assets/{world.own_asset.pk}/move/"
    body = {"to_state": "restricted", "version": world.own_asset.version}
    refused = officer.post(address, body)
    assert refused.status_code == 422
    assert "reason" in text(refused)
    assert officer.post(address, {**body, "to_state": "decommissioned"}).status_code == 422

    assert officer.post(address, {**body, "reason": "桥面维修"}).status_code == 302

    assert Asset.objects.get(pk=world.own_asset.pk).state == "restricted"


def test_a_route_is_drawn_with_sections_gaps_structures_and_closures(world, officer):
    route = RouteFactory(name="青石线")
    own = section(route, 1000, 2000, world.villages[0], name="上溪段", name_en="")
    section(route, 3000, 4000, world.villages[1], name="桥头段", name_en="")
    StructureFactory(asset=own, name="青石桥", name_en="", chainage_m=1500)
    ClosureFactory(
        asset=own, start_m=1200, end_m=1300, from_date=timezone.localdate(), reason="桥面维修"
    )

    response = officer.get(reverse("assets:route-detail", args=[route.pk]))

    parts = [(part.kind, str(part.range)) for part in response.context["line"].stretches]
    assert parts == [
        ("gap", "K0+000–K1+000"),
        ("section", "K1+000–K2+000"),
        ("gap", "K2+000–K3+000"),
        ("hidden", "K3+000–K4+000"),
    ]
    page = text(response)
    assert "青石桥" in page
    assert "桥面维修" in page
    assert "上溪段" in page
    assert "桥头段" not in page


def test_a_decommissioned_section_is_a_gap(world, officer):
    route = RouteFactory()
    asset = section(route, 0, 1000, world.villages[0])
    section(route, 1000, 2000, world.villages[0])
    RoadSection.objects.filter(pk=asset.pk).update(is_current=False)

    line_ = officer.get(reverse("assets:route-detail", args=[route.pk])).context["line"]

    assert [part.kind for part in line_.stretches] == ["gap", "section"]
    assert line_.gap_m == 1000


def test_routes_are_listed_with_their_kilometres(world, officer):
    route = RouteFactory(route_no="X777", road_class="county", name="石桥线")
    section(route, 500, 2000, world.villages[0])

    page = text(officer.get("/assets/routes/?q=x77&road_class=county"))

    assert "X777" in page
    assert "2.000" in page
    assert "1.500" in page
    assert world.own_asset.road_section.route.route_no not in page
    assert officer.get("/assets/routes/?road_class=sky").status_code == 400
    assert "No route matches" in text(officer.get("/assets/routes/?q=nothing"))


def test_a_route_without_sections_says_so(world, officer):
    page = text(officer.get(reverse("assets:route-detail", args=[RouteFactory().pk])))

    assert "No section of this route is recorded yet" in page


def houses(world, count, **detail):
    for _ in range(count):
        AssetFactory(kind="housing", area=world.villages[0], detail=detail)


def test_the_office_reads_every_number_of_housing(world, officer):
    houses(world, 1, danger_grade="C", method="reinforce")

    response = officer.get("/assets/housing/")

    row = response.context["totals"].rows[0]
    assert (row.houses, row.grade_c, row.grade_d) == (2, 1, 1)
    assert response.context["totals"].houses == 2


@pytest.mark.parametrize("role", ["evaluator", "company_member"])
def test_small_numbers_of_houses_are_not_told_outside_the_office(world, role):
    client = browser(world.users[role])
    few = client.get("/assets/housing/").context["totals"].rows[0]
    houses(world, 4, danger_grade="C", method="rebuild")
    one_of_five = client.get("/assets/housing/").context["totals"].rows[0]
    houses(world, 3, danger_grade="D", method="reinforce")
    enough = client.get("/assets/housing/").context["totals"]

    assert (few.houses, few.households, few.grade_d) == (None, None, None)
    assert (one_of_five.houses, one_of_five.grade_c, one_of_five.grade_d) == (5, None, None)
    assert (enough.rows[0].grade_c, enough.rows[0].grade_d, enough.rows[0].rebuilt) == (4, 4, 5)
    assert enough.houses is None
