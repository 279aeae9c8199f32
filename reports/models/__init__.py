"""The tables of what is told."""

from reports.models.definition import FigureDefinition, ReportTemplate, TemplateSection
from reports.models.report import Report, ReportFigure, ReportSection
from reports.models.stated import StatedFigure

__all__ = [
    "FigureDefinition",
    "Report",
    "ReportFigure",
    "ReportSection",
    "ReportTemplate",
    "StatedFigure",
    "TemplateSection",
]
