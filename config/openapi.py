"""How the API describes itself: the settings of the OpenAPI document."""

from __future__ import annotations

from typing import Any

POSITION: dict[str, Any] = {
    "type": "array",
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 2,
    "description": "Longitude and latitude in degrees (CGCS2000).",
}
DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""How many lists surround the positions of each type."""


def _coordinates(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"$ref": "#/components/schemas/Position"}
    for _level in range(depth):
        schema = {"type": "array", "items": schema}
    return schema


def _geometry_schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = {
        f"Geometry{name}": {
            "type": "object",
            "title": name,
            "required": ["type", "coordinates"],
            "properties": {
                "type": {"type": "string", "enum": [name]},
                "coordinates": _coordinates(depth),
            },
        }
        for name, depth in DEPTHS.items()
    }
    return {
        "Position": POSITION,
        **schemas,
        "Geometry": {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in schemas]},
    }


SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Livelihood Atlas API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "The district's register of livelihood projects, its map and its exports.\n\n"
        "Rows are those that the caller's areas and organisations allow. Errors are RFC 9457 "
        "problems. Changes need `If-Match` with the record's `ETag`; `Idempotency-Key` makes a "
        "POST safe to repeat. Pages are followed by `next`. Lengths are metres, times RFC 3339."
    ),
    "SERVE_INCLUDE_SCHEMA": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/(public/)?v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
    "ENUM_NAME_OVERRIDES": {
        "FeatureType": ["Feature"],
        "FeatureCollectionType": ["FeatureCollection"],
        "SiteKind": "sites.kinds.Kind",
        "SiteState": "sites.kinds.State",
        "ProgrammeKind": "sites.kinds.ProgrammeKind",
        "ProgrammeLevel": "sites.kinds.ProgrammeLevel",
        "AreaLevel": "sites.kinds.AreaLevel",
        "OrganisationKind": "sites.kinds.OrganisationKind",
        "MilestoneKind": "sites.kinds.MilestoneKind",
        "ProgressStanding": "sites.progress_standing.Standing",
        "Role": "sites.kinds.Role",
        "HousingMethod": "sites.kinds.HousingMethod",
        "Unit": "sites.kinds.Unit",
        "TargetMeasure": "sites.kinds.TargetMeasure",
        "ServiceState": "sites.kinds.ServiceState",
        "ServiceVerdict": ["verified", "returned"],
        "SavedViewAudience": "maps.kinds.Audience",
        "CoverageIndicator": "maps.kinds.Indicator",
        "CoverageRunState": "maps.kinds.RunState",
        "AssetState": "assets.kinds.AssetState",
        "OperatingClass": "assets.kinds.OperatingClass",
        "AcceptanceStage": "assets.kinds.AcceptanceStage",
        "Verdict": "assets.kinds.Verdict",
        "CheckResult": "assets.kinds.CheckResult",
        "TeamRole": "assets.kinds.TeamRole",
        "Severity": "assets.kinds.Severity",
        "FindingState": "assets.kinds.FindingState",
        "PhotoStage": "assets.kinds.PhotoStage",
        "DocumentKind": "assets.kinds.DocumentKind",
        "StructureKind": "assets.kinds.StructureKind",
        "ClosureKind": "assets.kinds.ClosureKind",
        "AllSeasonBasis": "assets.kinds.AllSeasonBasis",
        "WaterSource": "assets.kinds.WaterSource",
        "WaterSampleStage": "assets.kinds.WaterSampleStage",
        "ComponentState": "assets.kinds.ComponentState",
        "SurveyMethod": "assets.kinds.SurveyMethod",
        "ConditionGrade": "assets.kinds.ConditionGrade",
        "CoefficientStatus": "assets.kinds.CoefficientStatus",
        "MoneyStage": "funding.kinds.Stage",
        "MoneyLevel": "funding.kinds.SourceLevel",
        "MoneySourceKind": "funding.kinds.SourceKind",
        "LedgerEntryKind": "funding.kinds.EntryKind",
        "OfficialDocumentKind": "funding.kinds.DocumentKind",
        "TenderMethod": "funding.kinds.TenderMethod",
        "ReserveDrawReason": "funding.kinds.DrawReason",
        "FallbackState": "funding.kinds.FallbackState",
        "PlanState": "oversight.kinds.PlanState",
        "PlanMoveState": ["submitted", "returned", "confirmed", "closed"],
        "PlanItemResult": "oversight.kinds.ItemResult",
        "MeetingLevel": "oversight.kinds.MeetingLevel",
        "MeetingState": "oversight.kinds.MeetingState",
        "AgendaCause": "oversight.kinds.AgendaCause",
        "DecisionState": "oversight.kinds.DecisionState",
        "ResponsibleRole": "oversight.kinds.ResponsibleRole",
        "CaseLevel": "oversight.kinds.CaseLevel",
        "CaseState": "oversight.kinds.CaseState",
        "CaseCause": "oversight.kinds.CaseCause",
        "CaseStepKind": "oversight.kinds.StepKind",
        "CaseMove": "oversight.case_moves.CaseMove",
        "InformationSentTo": "oversight.kinds.SentTo",
        "FieldEntity": "maintenance.kinds.FieldEntity",
        "SetAsideCause": "maintenance.kinds.SetAsideCause",
        "SetAsideState": "maintenance.kinds.SetAsideState",
        "FieldOperationType": "field.kinds.OpType",
        "FieldOperationStatus": "field.kinds.OpStatus",
        "LogStanding": "maintenance.log_review.LogStanding",
        "AgreementModel": "maintenance.kinds.AgreementModel",
        "PartyRole": "maintenance.kinds.PartyRole",
        "UpkeepTask": "maintenance.kinds.UpkeepTask",
        "PriceBasis": "maintenance.kinds.PriceBasis",
        "PaymentCycle": "maintenance.kinds.PaymentCycle",
        "AgreementState": "maintenance.kinds.AgreementState",
        "AgreementPhase": "maintenance.kinds.AgreementPhase",
        "FundingSource": "maintenance.kinds.FundingSource",
        "PatrolKind": "maintenance.kinds.PatrolKind",
        "InspectionKind": "maintenance.kinds.InspectionKind",
        "DefectKind": "maintenance.kinds.DefectKind",
        "DefectSource": "maintenance.kinds.DefectSource",
        "DefectState": "maintenance.kinds.DefectState",
        "OrderKind": "maintenance.kinds.OrderKind",
        "Priority": "maintenance.kinds.Priority",
        "OrderState": "maintenance.kinds.OrderState",
        "QuantityUnit": "maintenance.kinds.QuantityUnit",
        "ReviewVerdict": "maintenance.kinds.ReviewVerdict",
        "CostKind": "maintenance.kinds.CostKind",
        "PaymentState": "maintenance.kinds.PaymentState",
        "ReportState": "maintenance.kinds.ReportState",
        "ClaimState": "maintenance.kinds.ClaimState",
        "UpkeepGap": "maintenance.kinds.UpkeepGap",
        "WorkReportState": "reports.kinds.ReportState",
        "WorkReportKind": "reports.kinds.ReportKind",
        "SectionKind": "reports.kinds.SectionKind",
        "FigureUnit": "reports.kinds.FigureUnit",
    },
    "APPEND_COMPONENTS": {"schemas": _geometry_schemas()},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "sites.api.schema_hooks.add_problems",
        "assets.api.schema_hooks.loosen_asset_properties",
    ],
}
