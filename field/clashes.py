"""Two people changed one record: which of the phone's values go in, and which clash.

A value goes in when only the phone changed it since the version that the phone had seen. Where
the office changed it too, to something else, nothing of the operation goes in, and both values
are kept side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of a change: the names that go in, or the sides of a clash.

    `sides` are `{field, base, office, phone}` for each value that the phone changed, also those
    that only the phone changed, so that each of them can be taken.
    """

    changed: tuple[str, ...]
    sides: tuple[dict[str, Any], ...]
    is_clash: bool


def merge(
    *,
    base: Mapping[str, Any] | None,
    office: Mapping[str, Any],
    phone: Mapping[str, Any],
    together: Iterable[Sequence[str]] = (),
) -> Merge:
    """Return what becomes of the phone's values; all are JSON values by their names.

    `base` is the record at the version that the phone had seen, None where that is unknown.
    Names that stand `together` describe one thing: a change of one is a change of all.
    """
    changed = tuple(name for name in phone if base is None or phone[name] != base.get(name))
    theirs = {name for name in office if base is None or office[name] != base.get(name)}
    for group in together:
        if theirs & set(group):
            theirs |= set(group)
    clash = [name for name in changed if name in theirs and phone[name] != office.get(name)]
    sides = tuple(
        {
            "field": name,
            "base": None if base is None else base.get(name),
            "office": office.get(name),
            "phone": phone[name],
        }
        for name in changed
    )
    going_in = tuple(name for name in changed if phone[name] != office.get(name))
    return Merge(changed=() if clash else going_in, sides=sides, is_clash=bool(clash))
