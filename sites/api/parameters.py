"""Parameters of an address that are not the site filter's, each read once and strictly."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from sites.problems import bad_parameter

LONGEST_REASON = 2000
PAGING = frozenset({"limit", "cursor"})


def refuse_unknown(params: QueryDict, known: Iterable[str]) -> None:
    """Raise `Problem` 400 for a parameter that nobody reads: a typing mistake shows at once."""
    for name in sorted(set(params) - set(known)):
        raise bad_parameter(name[:60], "unknown_parameter", _("There is no such parameter."))


def one_of(params: QueryDict, name: str, allowed: Collection[str], default: str = "") -> str:
    """Return a parameter that is one of a few words; raises `Problem` 400."""
    value = params.get(name, default)
    if value and value not in allowed:
        raise bad_parameter(
            name,
            "unknown_value",
            _("Give one of: %(allowed)s.") % {"allowed": ", ".join(allowed)},
        )
    return value


def one_day(params: QueryDict, name: str) -> datetime.date | None:
    """Return a parameter that is a date such as 2026-11-23; raises `Problem` 400."""
    text = params.get(name, "")
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise bad_parameter(name, "bad_date", _("Give a date such as 2026-11-23."))
    return day


def a_reason(params: QueryDict) -> str:
    """Return the parameter `reason`, empty without one; raises `Problem` 400."""
    text = params.get("reason", "")
    unreadable = "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)
    if unreadable or len(text) > LONGEST_REASON:
        raise bad_parameter(
            "reason",
            "bad_text",
            _("The text may have at most %(limit)s ordinary characters.")
            % {"limit": LONGEST_REASON},
        )
    return text
