"""API addresses of structures, closures, condition surveys and rule sets."""

from __future__ import annotations

from django.urls import URLPattern, path

from assets.api.closures import ClosureCollection, ClosureRecord
from assets.api.condition import ConditionStretchCollection, ConditionView
from assets.api.condition_surveys import ConditionSurveyCollection, ConditionSurveyRecord
from assets.api.rulesets import (
    CoefficientRecord,
    CoefficientVerify,
    CoefficientWithdraw,
    RulesetCollection,
    RulesetRateAgain,
    RulesetRecord,
)
from assets.api.structures import StructureCollection, StructureRecord

condition_patterns: list[URLPattern] = [
    path("structures", StructureCollection.as_view(), name="api-structures"),
    path("structures/<uuid:pk>", StructureRecord.as_view(), name="api-structure"),
    path("closures", ClosureCollection.as_view(), name="api-closures"),
    path("closures/<uuid:pk>", ClosureRecord.as_view(), name="api-closure"),
    path("condition", ConditionView.as_view(), name="api-condition"),
    path(
        "condition-stretches",
        ConditionStretchCollection.as_view(),
        name="api-condition-stretches",
    ),
    path("condition-surveys", ConditionSurveyCollection.as_view(), name="api-condition-surveys"),
    path(
        "condition-surveys/<uuid:pk>",
        ConditionSurveyRecord.as_view(),
        name="api-condition-survey",
    ),
    path("rating-rulesets", RulesetCollection.as_view(), name="api-rating-rulesets"),
    path("rating-rulesets/<uuid:pk>", RulesetRecord.as_view(), name="api-rating-ruleset"),
    path(
        "rating-rulesets/<uuid:pk>/rate-again",
        RulesetRateAgain.as_view(),
        name="api-rating-ruleset-rate-again",
    ),
    path(
        "rating-coefficients/<uuid:pk>",
        CoefficientRecord.as_view(),
        name="api-rating-coefficient",
    ),
    path(
        "rating-coefficients/<uuid:pk>/verify",
        CoefficientVerify.as_view(),
        name="api-rating-coefficient-verify",
    ),
    path(
        "rating-coefficients/<uuid:pk>/withdraw",
        CoefficientWithdraw.as_view(),
        name="api-rating-coefficient-withdraw",
    ),
]
