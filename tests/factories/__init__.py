"""Records for tests: a small district with real relations, made by `district()` and factories."""

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
    "MembershipFactory",
    "OrganisationFactory",
    "ProgrammeFactory",
    "ProjectSiteFactory",
    "UserFactory",
    "World",
    "build_world",
    "line",
    "member",
    "polygon",
]
