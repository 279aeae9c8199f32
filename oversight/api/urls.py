"""API addresses of steering."""

from __future__ import annotations

from django.urls import URLPattern, path

from oversight.api.cases import (
    CaseCollection,
    CaseLetterDraft,
    CaseMoves,
    CaseRecord,
    OverdueRun,
)
from oversight.api.decisions import DecisionCollection, DecisionMoves, DecisionRecord
from oversight.api.information import (
    InformationCollection,
    InformationRates,
    InformationRecord,
)
from oversight.api.meetings import (
    AgendaMark,
    MeetingAgenda,
    MeetingCancel,
    MeetingCollection,
    MeetingHold,
    MeetingRecord,
)
from oversight.api.plans import PlanCollection, PlanExplanations, PlanMoves, PlanRecord
from oversight.api.responsibilities import (
    ResponsibilityCollection,
    ResponsibilityEnds,
    ResponsibilityMany,
    ResponsibilityRecord,
    SiteMatrix,
)
from oversight.api.standing import Standing, StandingMembers

responsibility: list[URLPattern] = [
    path("responsibilities", ResponsibilityCollection.as_view(), name="api-responsibilities"),
    path("responsibilities/many", ResponsibilityMany.as_view(), name="api-responsibilities-many"),
    path("responsibilities/<uuid:pk>", ResponsibilityRecord.as_view(), name="api-responsibility"),
    path(
        "responsibilities/<uuid:pk>/end",
        ResponsibilityEnds.as_view(),
        name="api-responsibility-end",
    ),
    path("sites/<uuid:pk>/responsibility", SiteMatrix.as_view(), name="api-site-responsibility"),
]
plans: list[URLPattern] = [
    path("monthly-plans", PlanCollection.as_view(), name="api-monthly-plans"),
    path("monthly-plans/<uuid:pk>", PlanRecord.as_view(), name="api-monthly-plan"),
    path("monthly-plans/<uuid:pk>/moves", PlanMoves.as_view(), name="api-monthly-plan-moves"),
    path(
        "monthly-plans/<uuid:pk>/explanations",
        PlanExplanations.as_view(),
        name="api-monthly-plan-explanations",
    ),
]
meetings: list[URLPattern] = [
    path("dispatch-meetings", MeetingCollection.as_view(), name="api-dispatch-meetings"),
    path("dispatch-meetings/<uuid:pk>", MeetingRecord.as_view(), name="api-dispatch-meeting"),
    path("dispatch-meetings/<uuid:pk>/agenda", MeetingAgenda.as_view(), name="api-dispatch-agenda"),
    path(
        "dispatch-meetings/<uuid:pk>/agenda/<uuid:item>",
        AgendaMark.as_view(),
        name="api-dispatch-agenda-item",
    ),
    path("dispatch-meetings/<uuid:pk>/hold", MeetingHold.as_view(), name="api-dispatch-hold"),
    path("dispatch-meetings/<uuid:pk>/cancel", MeetingCancel.as_view(), name="api-dispatch-cancel"),
    path("decisions", DecisionCollection.as_view(), name="api-decisions"),
    path("decisions/<uuid:pk>", DecisionRecord.as_view(), name="api-decision"),
    path("decisions/<uuid:pk>/moves", DecisionMoves.as_view(), name="api-decision-moves"),
]
cases: list[URLPattern] = [
    path("accountability-cases", CaseCollection.as_view(), name="api-cases"),
    path("accountability-cases/overdue", OverdueRun.as_view(), name="api-cases-overdue"),
    path("accountability-cases/<uuid:pk>", CaseRecord.as_view(), name="api-case"),
    path(
        "accountability-cases/<uuid:pk>/letter", CaseLetterDraft.as_view(), name="api-case-letter"
    ),
    path("accountability-cases/<uuid:pk>/moves", CaseMoves.as_view(), name="api-case-moves"),
]
information: list[URLPattern] = [
    path("info-submissions", InformationCollection.as_view(), name="api-info"),
    path("info-submissions/rates", InformationRates.as_view(), name="api-info-rates"),
    path("info-submissions/<uuid:pk>", InformationRecord.as_view(), name="api-info-record"),
    path("standing", Standing.as_view(), name="api-standing"),
    path("standing/<slug:fact>", StandingMembers.as_view(), name="api-standing-members"),
]

urlpatterns: list[URLPattern] = [
    *responsibility,
    *plans,
    *meetings,
    *cases,
    *information,
]
