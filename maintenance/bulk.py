"""One action on many records: a preview that says what will happen, and the deed itself.

Both run the same code on every record; the preview is rolled back. A refused record is told with
its reason and does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sites.services import RefusedByRegister, ServiceError

MOST: Final = 100
"""At most so many records at once: our choice, one page of a list and more."""


@dataclass(frozen=True, slots=True)
class BulkItem:
    """One record: what people call it, its page, and what is to be done; it returns a sentence."""

    label: str
    address: str
    work: Callable[[], str]
    keys: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What happened, or would happen, to one record; `reasons` say why it is refused."""

    label: str
    address: str
    sentence: str = ""
    reasons: Sequence[str] = ()
    keys: Sequence[UUID] = ()

    @property
    def is_done(self) -> bool:
        """Whether the record is taken."""
        return not self.reasons


def bulk_run(items: Sequence[BulkItem], *, keep: bool) -> list[BulkOutcome]:
    """Do the work on every record, each in a savepoint; without `keep` nothing of it stays."""
    with transaction.atomic():
        outcomes = [_outcome(item) for item in items]
        if not keep:
            transaction.set_rollback(True)
    return outcomes


def _outcome(item: BulkItem) -> BulkOutcome:
    try:
        with transaction.atomic():
            sentence = item.work()
            _check_now()
    except ServiceError as error:
        reasons = _reasons(error)
        return BulkOutcome(item.label, item.address, "", reasons, item.keys)
    return BulkOutcome(item.label, item.address, sentence, (), item.keys)


def _check_now() -> None:
    """Let constraints speak that otherwise wait for the end, which a preview never reaches."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _reasons(error: ServiceError) -> list[str]:
    if isinstance(error, RefusedByRegister):
        return [text for _field, _code, text in error.errors]
    return [str(error.message)]


def keys_of(values: Sequence[str]) -> list[UUID]:
    """Return the identifiers that a form sent, each once; raises `ValueError` for bad ones."""
    keys = list(dict.fromkeys(UUID(value) for value in values))
    if len(keys) > MOST:
        raise ValueError(_("At most %(most)s records at once.") % {"most": MOST})
    return keys


def summed(outcomes: Sequence[BulkOutcome]) -> dict[str, Any]:
    """Return how many records are taken and how many are refused."""
    done = sum(outcome.is_done for outcome in outcomes)
    return {"done": done, "refused": len(outcomes) - done}
