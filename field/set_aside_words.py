"""Why an entry was set aside, and what became of it, in sentences for officers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from field.kinds import OpType
from maintenance.kinds import FieldEntity, SetAsideCause, SetAsideState
from maintenance.set_aside_errors import errors_told
from sites.services.errors import ServiceError

CAUSES: Final[Mapping[str, str | Promise]] = {
    SetAsideCause.CLASH: gettext_lazy(
        "The office and the phone changed the same value, each without knowing of the other. "
        "Nothing of the phone's change has gone in."
    ),
    SetAsideCause.OTHER_CONTENT: gettext_lazy(
        "The phone sent this identifier twice, the second time with other content. The first "
        "stands in the register; the second is kept here."
    ),
    SetAsideCause.REFUSED: gettext_lazy(
        "The phone's entry breaks a rule of the register, so it has not gone in."
    ),
    SetAsideCause.NOT_PERMITTED: gettext_lazy(
        "The sender was not allowed to make this entry when it was received."
    ),
    SetAsideCause.MALFORMED: gettext_lazy(
        "What the phone sent is no entry that the register can read. It is kept as it came."
    ),
}
_WHOLE: Final = (SetAsideCause.CLASH, SetAsideCause.OTHER_CONTENT)
"""Causes that say all: what was answered to the phone adds nothing for an officer."""
ADVICE: Final[Mapping[str, str | Promise]] = {
    SetAsideCause.CLASH: gettext_lazy("Choose for each value which one holds."),
    SetAsideCause.OTHER_CONTENT: gettext_lazy(
        "Keep the first, or take the second in beside it; nothing is overwritten."
    ),
    SetAsideCause.REFUSED: gettext_lazy(
        "Put right what stands in the way, then try again; or dismiss the entry and say why."
    ),
    SetAsideCause.NOT_PERMITTED: gettext_lazy(
        "If the agreement or the membership has been put right since, try again."
    ),
    SetAsideCause.MALFORMED: gettext_lazy(
        "Download it and ask the sender what it was; usually an old version of the phone's page."
    ),
}
_UNTOLD: Final = frozenset({"invalid", "refused", "not_permitted", "malformed"})
"""Codes that say no more than the cause does, or stand for several things listed by field."""
_MORE: Final[Mapping[str, str | Promise]] = {
    "op_id_reused": gettext_lazy("Another operation was sent under this identifier."),
    "required": gettext_lazy("A value is missing."),
    "does_not_exist": gettext_lazy(
        "It names a record that is not there, or that the sender may not see."
    ),
    "server_error": gettext_lazy(
        "The service made a mistake of its own; its administrators find it in their log."
    ),
}


def why(entry: Any) -> str:
    """Return why an entry was not taken, in a sentence or two."""
    said = str(CAUSES[SetAsideCause(entry.cause)])
    detail = "" if entry.errors or entry.cause in _WHOLE else _detail(entry.code)
    return f"{said} {detail}".strip()


def in_short(entry: Any) -> str:
    """Return why in a few words, for a list: what was wrong rather than the kind of it."""
    if entry.cause in _WHOLE:
        return ""
    told = errors_told(entry.errors[:1])
    message = told[0]["message"] if told else ""
    return message[:120] or _detail(entry.code)


def title_of(entry: Any) -> str:
    """Return what was sent: a new log entry, a change of a defect, the next state of an order."""
    if not entry.entity:
        return _("Something that cannot be read")
    words = {"record": FieldEntity(entry.entity).label}
    if entry.type == OpType.UPDATE:
        return _("Change of: %(record)s") % words
    if entry.type == OpType.MOVE:
        return _("Next state of: %(record)s") % words
    return _("New: %(record)s") % words


def outcome(entry: Any) -> str:
    """Return what became of an entry that was decided, empty while it waits."""
    if entry.state == SetAsideState.OPEN:
        return ""
    if entry.state == SetAsideState.DISMISSED:
        return _("Left out for good; it stays here to be read.")
    if entry.decided_by_id is None:
        return _("It went in by itself when the phone sent it again.")
    if entry.cause == SetAsideCause.CLASH:
        return _("Taken in with the values that were chosen.")
    if entry.became and entry.became != entry.entity_id:
        return _("Taken in under an identifier of its own; the first stands as it was.")
    return _("Taken in as it was sent.")


def _detail(code: str) -> str:
    """Return the sentence of a stable code in the reader's language, empty for unknown ones."""
    if code in _MORE:
        return str(_MORE[code])
    return str(_sentences().get(code, ""))


@cache
def _sentences() -> dict[str, Any]:
    """Return the sentence of each refusal that the services know, still to be translated."""
    return {
        refusal.code: refusal.message
        for refusal in _refusals(ServiceError)
        if refusal.code not in _UNTOLD
    }


def _refusals(base: type[ServiceError]) -> Iterator[type[ServiceError]]:
    for refusal in base.__subclasses__():
        yield refusal
        yield from _refusals(refusal)
