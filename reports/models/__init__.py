"""The tables of what is told."""

from reports.models.definition import FigureDefinition, ReportTemplate, TemplateSection
from reports.models.report import FigurePart, Report, ReportFigure, ReportSection
from reports.models.stated import StatedFigure

__all__ = [
    "FigureDefinition",
    "FigurePart",
    "Report",
    "ReportFigure",
    "ReportSection",
    "ReportTemplate",
    "StatedFigure",
    "TemplateSection",
]
