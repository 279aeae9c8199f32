"""A small district with everything that access tests need: own, sibling, foreign and public."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.gis.geos import MultiPolygon, Point

from assets.models import Asset, AssetSource
from sites.kinds import Kind, Role, State, Visibility
from sites.models import Area, HouseholdRecord, Organisation, Programme, ProjectSite
from tests.factories.assets import AssetFactory, RouteFactory, section
from tests.factories.records import (
    SRID,
    AreaFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProjectSiteFactory,
    line,
    member,
    polygon,
)


@dataclass
class World:
    """Two townships of one district, a foreign district, six roles, and sites in each place.

    `own` sites lie in the first township and belong to the first company, association and
    cooperative; `sibling` sites lie in the second township and belong to the second ones;
    the `foreign` site lies in the other district. Assets follow the same pattern: each was built
    by the site of the same name, is owned by the cooperative and kept up by the company; the
    public asset is a section of the second township, the house asset lies in the first.
    """

    district: Area
    townships: tuple[Area, Area]
    villages: tuple[Area, Area]
    foreign_district: Area
    foreign_township: Area
    programme: Programme
    companies: tuple[Organisation, Organisation]
    associations: tuple[Organisation, Organisation]
    cooperatives: tuple[Organisation, Organisation]
    own: ProjectSite
    sibling: ProjectSite
    foreign: ProjectSite
    public: ProjectSite
    house: ProjectSite
    own_asset: Asset
    sibling_asset: Asset
    foreign_asset: Asset
    public_asset: Asset
    house_asset: Asset
    users: dict[str, object] = field(default_factory=dict)


def _area(code, name, level, parent, box):
    return AreaFactory(
        code=code,
        name=name,
        name_en=f"{name} (en)",
        level=level,
        parent=parent,
        boundary=MultiPolygon(polygon(*box), srid=SRID),
    )


def _pair(kind, names):
    return tuple(OrganisationFactory(name=name, kind=kind) for name in names)


def _asset(name, site, index, companies, cooperatives, **values):
    party = {"owner": cooperatives[index], "upkeep_party": companies[index]}
    code = f"{name.upper()}-A"
    common = {"code": code, "name": f"{code}资产", "visibility": site.visibility, **party, **values}
    if site.kind == Kind.HOUSING:
        asset = AssetFactory(
            area=site.area,
            kind=Kind.HOUSING,
            geometry=site.planned_geometry,
            detail={"danger_grade": "D", "method": "rebuild"},
            **common,
        )
    else:
        west = {"340199100201": 117.05, "340199101201": 117.25}.get(site.area.code, 117.5)
        asset = section(RouteFactory(), 0, 1200, site.area, west=west, **common)
    AssetSource.objects.create(asset=asset, site=site)
    return asset


def _assets(sites, companies, cooperatives):
    index = {"own": 0, "house": 0}
    return {
        f"{name}_asset": _asset(name, site, index.get(name, 1), companies, cooperatives)
        for name, site in sites.items()
    }


def build_world():
    """Create the district and return it."""
    district = AreaFactory()
    first = _area("340199100", "青溪镇", "township", district, (117.0, 31.0, 117.2, 31.2))
    second = _area("340199101", "石桥镇", "township", district, (117.2, 31.0, 117.4, 31.2))
    village_1 = _area("340199100201", "上溪村", "village", first, (117.0, 31.0, 117.2, 31.1))
    village_2 = _area("340199101201", "桥头村", "village", second, (117.2, 31.0, 117.4, 31.1))
    abroad = _area("340198", "邻区", "district", None, (117.4, 31.0, 117.8, 31.2))
    abroad_town = _area("340198100", "邻镇", "township", abroad, (117.4, 31.0, 117.8, 31.2))
    programme = ProgrammeFactory()
    companies = _pair("company", ("甲公司", "乙公司"))
    associations = _pair("association", ("甲协会", "乙协会"))
    cooperatives = _pair("cooperative", ("甲合作社", "乙合作社"))

    def site(code, area, index, **extra):
        lon = {340199100201: 117.05, 340199101201: 117.25}.get(int(area.code), 117.5)
        return ProjectSiteFactory(
            code=code,
            name=f"{code}路",
            area=area,
            programme=programme,
            contractor=companies[index],
            supervisor=associations[index],
            owner_organisation=cooperatives[index],
            **{"planned_geometry": line((lon, 31.05), (lon + 0.02, 31.06)), **extra},
        )

    house = site(
        "HOUSE-1",
        village_1,
        0,
        kind=Kind.HOUSING,
        planned_geometry=Point(117.06, 31.06, srid=SRID),
        detail={"danger_grade": "D"},
    )
    HouseholdRecord.objects.create(site=house, reference="H-SECRET-1")
    sites = {
        "own": site("OWN-1", village_1, 0),
        "sibling": site("SIBLING-1", village_2, 1),
        "foreign": site("FOREIGN-1", abroad_town, 1),
        "public": site(
            "PUBLIC-1", village_2, 1, visibility=Visibility.PUBLIC, state=State.ACCEPTED
        ),
        "house": house,
    }
    world = World(
        district=district,
        townships=(first, second),
        villages=(village_1, village_2),
        foreign_district=abroad,
        foreign_township=abroad_town,
        programme=programme,
        companies=companies,
        associations=associations,
        cooperatives=cooperatives,
        **sites,
        **_assets(sites, companies, cooperatives),
    )
    world.users = {
        "district_planner": member(Role.DISTRICT_PLANNER, areas=[district]),
        "township_officer": member(Role.TOWNSHIP_OFFICER, areas=[first]),
        "company_member": member(Role.COMPANY_MEMBER, organisations=[companies[0]]),
        "association_member": member(Role.ASSOCIATION_MEMBER, organisations=[associations[0]]),
        "cooperative_member": member(Role.COOPERATIVE_MEMBER, organisations=[cooperatives[0]]),
        "evaluator": member(Role.EVALUATOR, areas=[district]),
    }
    return world
