"""Bodies checked by serializers that stand ready: building their fields costs more than the check.

A serializer's fields are copied whenever one is made. For bodies that come by the hundred, one of
each class is kept for each thread and given the next body.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

_RESULTS = ("_validated_data", "_errors")


class _Ready(threading.local):
    """The serializers of one thread, by class."""

    def __init__(self) -> None:
        self.by_class: dict[type[Any], serializers.Serializer[Any]] = {}


_READY = _Ready()


def checked(
    serializer_class: type[serializers.Serializer[Any]],
    body: Any,
    context: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a body's values; raises DRF's `ValidationError` with every problem found.

    `serializer_class` keeps nothing of a body but what DRF itself keeps.
    """
    # Taken out while it is used: a body within a body gets one of its own. One that refused a
    # body is not used again, for its messages stay in the language in which they were read.
    serializer = _READY.by_class.pop(serializer_class, None) or serializer_class(data=None)
    serializer.initial_data = body
    serializer._context = context or {}
    serializer.is_valid(raise_exception=True)
    values = dict(serializer.validated_data)
    serializer.initial_data = None
    serializer._context = {}
    for name in _RESULTS:
        serializer.__dict__.pop(name, None)
    _READY.by_class[serializer_class] = serializer
    return values
