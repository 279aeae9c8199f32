"""Promises about the structure that no linter knows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OWN = (
    "config",
    "sites",
    "assets",
    "funding",
    "maintenance",
    "field",
    "oversight",
    "maps",
    "reports",
    "benchmarks",
)
SOURCES = [
    path
    for folder in OWN
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "v2.py"}


def test_the_contributed_sites_app_is_never_installed():
    """Its label is the one of our register."""
    assert not apps.is_installed("django.contrib.sites")
    assert apps.get_app_config("sites").name == "sites"


def test_every_test_folder_is_a_package():
    """Without `__init__.py`, `tests/sites` would shadow the app."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_and_its_functions_can_be_held_in_mind(path):
    text = path.read_text(encoding="utf-8")
    assert path.name not in FORBIDDEN_NAMES
    assert text.count("\n") <= 400
    functions = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    too_long = {f.name: f.end_lineno - f.lineno + 1 for f in functions}
    assert not {name: size for name, size in too_long.items() if size > 50}


@pytest.mark.parametrize("model", list(apps.get_app_config("sites").get_models()))
def test_every_rule_of_the_database_has_a_name_of_its_own(model):
    for constraint in model._meta.constraints:
        assert constraint.name
        assert "%(" not in constraint.name
