"""The figures and templates that come with a migration where there are none at all."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import connection, transaction

from reports.default_figures import FIGURES
from reports.default_templates import TEMPLATES
from reports.models import FigureDefinition, ReportFigure, ReportTemplate, TemplateSection


def defaults_after_migrate(**_: Any) -> None:
    """Write the defaults into empty tables; an office that has its own keeps them.

    A way back may have removed the tables.
    """
    if ReportFigure._meta.db_table in connection.introspection.table_names():
        defaults_load()


@transaction.atomic
def defaults_load() -> None:
    """Store our figures and templates where there are none."""
    if not FigureDefinition.objects.exists():
        FigureDefinition.objects.bulk_create(FigureDefinition(**asdict(row)) for row in FIGURES)
    if ReportTemplate.objects.exists():
        return
    for given in TEMPLATES:
        template = ReportTemplate.objects.create(
            code=given.code, kind=given.kind, name=given.name, name_en=given.name_en
        )
        TemplateSection.objects.bulk_create(
            TemplateSection(template=template, position=place, **asdict(section))
            for place, section in enumerate(given.sections, 1)
        )
