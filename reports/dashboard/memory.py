"""What was counted a moment ago, kept while the data stay as they are.

A key holds what the answer depends on: the scope, the question, the day and the version of the
data. Answers are small and few are kept; another process counts for itself.
"""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection

from sites.access import Scope
from sites.data_version import current_version

T = TypeVar("T")
MOST_ANSWERS = 200

_answers: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def remembered(
    scope: Scope, question: str, day: datetime.date, version: str, count: Callable[[], T]
) -> T:
    """Return the answer to a question, counted where it is not known for this version.

    Inside a transaction nothing is remembered: its own changes share one mark until it commits.
    """
    if connection.in_atomic_block:
        return count()
    key = (scope.cache_key(), question, day, version)
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            known: T = _answers[key]
            return known
    answer = count()
    with _lock:
        _answers[key] = answer
        while len(_answers) > MOST_ANSWERS:
            _answers.popitem(last=False)
    return answer


def data_version() -> str:
    """Return the version of sites, areas and money; read it before what it stands for."""
    return str(current_version())


def forget() -> None:
    """Forget all answers."""
    with _lock:
        _answers.clear()
