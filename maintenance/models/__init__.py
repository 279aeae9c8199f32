"""Tables of `maintenance`."""

from maintenance.models.agreement import (
    Agreement,
    AgreementChange,
    AgreementParty,
    AgreementScope,
    AssessmentBand,
    FundingShare,
)
from maintenance.models.cost import CostEntry
from maintenance.models.defect import (
    Defect,
    DefectChange,
    DefectPhoto,
    PublicReport,
    ReportChange,
    ReportPhoto,
    WarrantyClaim,
)
from maintenance.models.duties import (
    ChecklistItem,
    PatrolPlan,
    PatrolStop,
    UpkeepSchedule,
    UpkeepStandard,
)
from maintenance.models.inspection import CheckAnswer, Inspection, InspectionPhoto, Patrol
from maintenance.models.log import LogPhoto, LogReview, MaintenanceLog
from maintenance.models.order import OrderChange, OrderQuantity, WorkOrder
from maintenance.models.payment import (
    Assessment,
    AssessmentLine,
    PaymentChange,
    PaymentDeduction,
    PaymentRequest,
    PaymentShare,
)
from maintenance.models.post import PostAttendance, UpkeepPost
from maintenance.models.promise import PromisedPhoto
from maintenance.models.set_aside import SetAsideEntry
from maintenance.models.status import UpkeepStatus

__all__ = [
    "Agreement",
    "AgreementChange",
    "AgreementParty",
    "AgreementScope",
    "Assessment",
    "AssessmentBand",
    "AssessmentLine",
    "CheckAnswer",
    "ChecklistItem",
    "CostEntry",
    "Defect",
    "DefectChange",
    "DefectPhoto",
    "FundingShare",
    "Inspection",
    "InspectionPhoto",
    "LogPhoto",
    "LogReview",
    "MaintenanceLog",
    "OrderChange",
    "OrderQuantity",
    "Patrol",
    "PatrolPlan",
    "PatrolStop",
    "PaymentChange",
    "PaymentDeduction",
    "PaymentRequest",
    "PaymentShare",
    "PostAttendance",
    "PromisedPhoto",
    "PublicReport",
    "ReportChange",
    "ReportPhoto",
    "SetAsideEntry",
    "UpkeepPost",
    "UpkeepSchedule",
    "UpkeepStandard",
    "UpkeepStatus",
    "WarrantyClaim",
    "WorkOrder",
]
