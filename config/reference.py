"""The reference pages that are written from the code: the data model and the configuration."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.utils import translation

from config import env

OWN_APPS = ("sites", "assets", "funding", "maintenance", "field", "oversight", "maps", "reports")


def data_model_page() -> str:
    """Return the tables of our apps with columns and named rules, as Markdown."""
    lines = [
        "# Data model",
        "",
        "Written by `script/manage write_docs` from the models; do not edit by hand.",
        "",
    ]
    with translation.override("en"):
        for label in OWN_APPS:
            for model in sorted(apps.get_app_config(label).get_models(), key=_name):
                if not _name(model).endswith("Event"):
                    lines += _model_section(model)
    return "\n".join(lines).rstrip() + "\n"


def configuration_page() -> str:
    """Return the table of environment variables as Markdown."""
    lines = [
        "# Configuration",
        "",
        "Every setting is an environment variable. Written by `script/manage write_docs`.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for variable in env.TABLE:
        default = f"`{variable.default}`" if variable.default else "–"
        lines.append(f"| `{variable.name}` | {default} | {variable.meaning} |")
    return "\n".join(lines) + "\n"


def _name(model: type[models.Model]) -> str:
    return model.__name__


def _model_section(model: type[models.Model]) -> Iterable[str]:
    summary = (model.__doc__ or "").strip().split("\n")[0]
    yield f"## {model.__name__}"
    yield ""
    yield f"{summary}  "
    yield f"Table `{model._meta.db_table}`."
    yield ""
    yield "| column | type | refers to | empty |"
    yield "|---|---|---|---|"
    for column in model._meta.concrete_fields:
        target = column.related_model._meta.object_name if column.related_model else ""
        empty = "yes" if column.null or column.blank else ""
        yield f"| `{column.column}` | {type(column).__name__} | {target} | {empty} |"
    rules = [f"`{constraint.name}`" for constraint in model._meta.constraints]
    if rules:
        yield ""
        yield "Rules: " + ", ".join(rules) + "."
    yield ""
