"""Pages of road condition and of what lies on a section."""

from __future__ import annotations

from django.urls import URLPattern, path

from assets.views.condition import condition_csv, condition_page
from assets.views.rulesets import (
    coefficient_page,
    coefficient_take_back,
    ruleset_list,
    ruleset_rate_again,
)
from assets.views.section_parts import (
    closure_drop,
    closure_edit,
    closure_new,
    structure_drop,
    structure_edit,
    structure_new,
    survey_new,
)

condition_patterns: list[URLPattern] = [
    path("assets/condition/", condition_page, name="condition"),
    path("assets/condition.csv", condition_csv, name="condition-csv"),
    path("assets/condition/rules/", ruleset_list, name="ruleset-list"),
    path(
        "assets/condition/rules/<uuid:pk>/rate-again/",
        ruleset_rate_again,
        name="ruleset-rate-again",
    ),
    path("assets/condition/coefficients/<uuid:pk>/", coefficient_page, name="coefficient"),
    path(
        "assets/condition/coefficients/<uuid:pk>/withdraw/",
        coefficient_take_back,
        name="coefficient-withdraw",
    ),
    path("assets/<uuid:pk>/surveys/new/", survey_new, name="survey-new"),
    path("assets/<uuid:pk>/structures/new/", structure_new, name="structure-new"),
    path("assets/structures/<uuid:pk>/", structure_edit, name="structure-edit"),
    path("assets/structures/<uuid:pk>/remove/", structure_drop, name="structure-remove"),
    path("assets/<uuid:pk>/closures/new/", closure_new, name="closure-new"),
    path("assets/closures/<uuid:pk>/", closure_edit, name="closure-edit"),
    path("assets/closures/<uuid:pk>/remove/", closure_drop, name="closure-remove"),
]
