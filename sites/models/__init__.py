"""The tables of the register."""

from sites.models.area import Area
from sites.models.category import SiteCategory
from sites.models.data_change import DataChange
from sites.models.demo_marker import DemoMarker
from sites.models.details import (
    FacilityDetail,
    HouseholdRecord,
    HousingDetail,
    RoadDetail,
    VillageCentreComponent,
    VillageCentreDetail,
    WaterWorksDetail,
)
from sites.models.idempotent_request import IdempotentRequest
from sites.models.import_run import ImportMapping, ImportRun
from sites.models.membership import Membership
from sites.models.organisation import Organisation
from sites.models.programme import Programme
from sites.models.progress import Milestone, PlannedProgress, ProgressEntry, ProgressReview
from sites.models.project_site import ProjectSite
from sites.models.service_record import ServiceRecord
from sites.models.state_change import StateChange
from sites.models.target import Target
from sites.models.token import ApiToken

__all__ = [
    "ApiToken",
    "Area",
    "DataChange",
    "DemoMarker",
    "FacilityDetail",
    "HouseholdRecord",
    "HousingDetail",
    "IdempotentRequest",
    "ImportMapping",
    "ImportRun",
    "Membership",
    "Milestone",
    "Organisation",
    "PlannedProgress",
    "Programme",
    "ProgressEntry",
    "ProgressReview",
    "ProjectSite",
    "RoadDetail",
    "ServiceRecord",
    "SiteCategory",
    "StateChange",
    "Target",
    "VillageCentreComponent",
    "VillageCentreDetail",
    "WaterWorksDetail",
]
