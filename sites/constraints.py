"""The names of database constraints, mapped to the field and the sentence that a person needs.

The database's own error text is never shown: it holds other people's values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import IntegrityError, models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALREADY_THERE = _("A record with this value is already in the register.")
NOT_ACCEPTED = _("The register does not accept this value.")
NOT_THERE = _("The record that this refers to is not in the register.")


_TRIGGERS = {
    "project_site_state_change_recorded": _("The state is moved by a state change only."),
    "project_site_closes_with_its_asset": _(
        "A site closes with its asset, as-built geometry, owner, upkeep party and warranty date."
    ),
}
"""Rules of sites that triggers keep."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the database refused a row: the constraint's name, the field if it is one, a sentence."""

    name: str
    field: str
    message: str | Promise
    is_clash: bool
    """True when another row stands in the way (409), false when the value itself is wrong (422)."""


def refusal_of(error: IntegrityError) -> Refusal:
    """Return what a constraint's violation means, from its name alone."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    return _refusals().get(name) or Refusal(name, "", NOT_ACCEPTED, is_clash=False)


def is_clash(name: str) -> bool:
    """Whether the constraint of that name keeps two rows apart."""
    return name in _refusals() and _refusals()[name].is_clash


@cache
def _refusals() -> dict[str, Refusal]:
    found: dict[str, Refusal] = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            found[constraint.name] = _declared(constraint)
        for field in model._meta.local_concrete_fields:
            if field.unique:
                name = f"{model._meta.db_table}_{field.column}_key"[:63]
                found[name] = Refusal(name, field.name, ALREADY_THERE, is_clash=True)
    for name, sentence in _TRIGGERS.items():
        found[name] = Refusal(name, "state", sentence, is_clash=False)
    return found


def _declared(constraint: models.BaseConstraint) -> Refusal:
    is_check = isinstance(constraint, models.CheckConstraint)
    fields = getattr(constraint, "fields", ())
    given = constraint.violation_error_message
    default = models.BaseConstraint.default_violation_error_message
    message = given if given != default else (NOT_ACCEPTED if is_check else ALREADY_THERE)
    return Refusal(
        constraint.name, fields[-1] if fields else "", message or NOT_ACCEPTED, not is_check
    )
