"""The tables of steering."""

from oversight.models.accountability import AccountabilityCase, CaseEvidence, CaseStep
from oversight.models.dispatch import AgendaItem, Decision, DispatchMeeting
from oversight.models.information import InfoSubmission
from oversight.models.plan import MonthlyPlan, PlanChange, PlanItem
from oversight.models.responsibility import Responsibility

__all__ = [
    "AccountabilityCase",
    "AgendaItem",
    "CaseEvidence",
    "CaseStep",
    "Decision",
    "DispatchMeeting",
    "InfoSubmission",
    "MonthlyPlan",
    "PlanChange",
    "PlanItem",
    "Responsibility",
]
