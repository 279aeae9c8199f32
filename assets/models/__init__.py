"""Tables of `assets`."""

from assets.models.acceptance import (
    Acceptance,
    AcceptanceCheck,
    AcceptanceMember,
    Finding,
    FindingChange,
    FindingPhoto,
)
from assets.models.asset import Asset, AssetSource
from assets.models.condition import ConditionSurvey, RatingCoefficient, RatingRuleset
from assets.models.condition_stretch import ConditionStretch
from assets.models.details import (
    Component,
    Facility,
    House,
    VillageCentre,
    WaterQualityTest,
    WaterWorks,
)
from assets.models.handover import Document, Handover
from assets.models.photo import Photo, ProgressPhoto
from assets.models.road import RoadClosure, RoadRoute, RoadSection, Structure
from assets.models.triggers import UpkeepChange

__all__ = [
    "Acceptance",
    "AcceptanceCheck",
    "AcceptanceMember",
    "Asset",
    "AssetSource",
    "Component",
    "ConditionStretch",
    "ConditionSurvey",
    "Document",
    "Facility",
    "Finding",
    "FindingChange",
    "FindingPhoto",
    "Handover",
    "House",
    "Photo",
    "ProgressPhoto",
    "RatingCoefficient",
    "RatingRuleset",
    "RoadClosure",
    "RoadRoute",
    "RoadSection",
    "Structure",
    "UpkeepChange",
    "VillageCentre",
    "WaterQualityTest",
    "WaterWorks",
]
