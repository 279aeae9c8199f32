"""The tables of this app."""

from maps.models.coverage import (
    CoverageGap,
    CoverageRow,
    CoverageRule,
    CoverageRun,
    PopulationCell,
    PopulationSet,
)
from maps.models.export import ExportJob, ExportState
from maps.models.saved_view import SavedView

__all__ = [
    "CoverageGap",
    "CoverageRow",
    "CoverageRule",
    "CoverageRun",
    "ExportJob",
    "ExportState",
    "PopulationCell",
    "PopulationSet",
    "SavedView",
]
