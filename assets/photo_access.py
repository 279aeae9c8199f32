"""Who may see which photo: where other records say that a photo belongs to them.

A photo belongs to no record by itself. Records link photos through tables of their own (a
finding's photos, a log's photos), and each app says here what its links mean, in the `ready` of
its configuration::

    from assets import photo_access

    def photos_of_findings(scope: Scope) -> Q:
        findings = Finding.objects.visible_to(scope)
        links = FindingPhoto.objects.filter(photo_id=OuterRef("pk"), finding__in=findings)
        return Q(Exists(links))

    photo_access.register(photos_of_findings)

A condition is asked once a query and must start from the `visible_to` of the record: whoever may
see the record may see its photos, and nobody else. A condition returns `Q` over `Photo`. Give an
`Exists` that starts from the photo: a join would list a photo once for each of its links, and a
list of keys would be made whole, a million of them, to find out about one photo.

`register_public` takes such a condition without a scope. It opens a photo to everybody, and only
in its public version (reduced, without any metadata).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.db.models import Q

from sites.access import Scope

Condition: TypeAlias = Callable[[Scope], Q]
PublicCondition: TypeAlias = Callable[[], Q]

_conditions: list[Condition] = []
_public_conditions: list[PublicCondition] = []


def register(condition: Condition) -> None:
    """Let a scope see the photos that the condition names; the same one again changes nothing."""
    if condition not in _conditions:
        _conditions.append(condition)


def register_public(condition: PublicCondition) -> None:
    """Open the photos that the condition names to everybody, in their public version."""
    if condition not in _public_conditions:
        _public_conditions.append(condition)


def linked_condition(scope: Scope) -> Q:
    """Return the condition that some record which the scope may see holds the photo."""
    found = Q(pk__in=[])
    for condition in _conditions:
        found |= condition(scope)
    return found


def public_condition() -> Q:
    """Return the condition that some record shows the photo to everybody."""
    found = Q(pk__in=[])
    for condition in _public_conditions:
        found |= condition()
    return found
