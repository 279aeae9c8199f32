"""Who sees which assets beside the office: conditions that apps above this one register.

Agreements live above assets, and what they cover decides what a company, an association or a
cooperative sees. The app that knows them registers a condition here, so that imports still run
one way and `visible_to` stays the only door.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from sites.access import Scope

Condition = Callable[[Scope], Q]
"""From a scope with organisations to the condition on `Asset` that it adds."""

_CONDITIONS: list[Condition] = []


def register_condition(condition: Condition) -> None:
    """Add a condition under which organisations see assets; called once, when the app starts."""
    if condition not in _CONDITIONS:
        _CONDITIONS.append(condition)


def organisation_condition(scope: Scope) -> Q:
    """Return what the scope's organisations see of all assets, restricted ones apart."""
    own = scope.organisation_ids()
    if not own:
        return Q(pk__in=[])
    seen = Q(owner_id__in=own) | Q(upkeep_party_id__in=own)
    for condition in _CONDITIONS:
        seen |= condition(scope)
    return seen
