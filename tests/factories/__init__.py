"""Records for tests: a small district with real relations, made by `district()` and factories."""

from tests.factories.assets import (
    AssetFactory,
    ClosureFactory,
    ComponentFactory,
    RouteFactory,
    StructureFactory,
    WaterTestFactory,
    road_line,
    section,
)
from tests.factories.maintenance import (
    draft_agreement,
    move_agreement,
    signed_agreement,
    township_government,
)
from tests.factories.records import (
    AreaFactory,
    MembershipFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ProjectSiteFactory,
    UserFactory,
    line,
    member,
    polygon,
)
from tests.factories.world import World, build_world

__all__ = [
    "AreaFactory",
    "AssetFactory",
    "ClosureFactory",
    "ComponentFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "ProgrammeFactory",
    "ProjectSiteFactory",
    "RouteFactory",
    "StructureFactory",
    "UserFactory",
    "WaterTestFactory",
    "World",
    "build_world",
    "draft_agreement",
    "line",
    "member",
    "move_agreement",
    "polygon",
    "road_line",
    "section",
    "signed_agreement",
    "township_government",
]
