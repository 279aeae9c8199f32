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
from oversight.api.information import (
    InformationCollection,
    InformationRates,
    InformationRecord,
)
from oversight.api.standing import Standing, StandingMembers

responsibility: list[URLPattern] = []
plans: list[URLPattern] = []
meetings: list[URLPattern] = []
cases: list[URLPattern] = [
    path("accountability-cases", CaseCollection.as_view()),
    path("accountability-cases/overdue", OverdueRun.as_view()),
    path("accountability-cases/<uuid:pk>", CaseRecord.as_view()),
    path("accountability-cases/<uuid:pk>/letter", CaseLetterDraft.as_view()),
    path("accountability-cases/<uuid:pk>/moves", CaseMoves.as_view()),
]
information: list[URLPattern] = [
    path("info-submissions", InformationCollection.as_view()),
    path("info-submissions/rates", InformationRates.as_view()),
    path("info-submissions/<uuid:pk>", InformationRecord.as_view()),
    path("standing", Standing.as_view()),
    path("standing/<slug:fact>", StandingMembers.as_view()),
]

urlpatterns: list[URLPattern] = [
    *responsibility,
    *plans,
    *meetings,
    *cases,
    *information,
]
