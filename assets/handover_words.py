"""A handover in words: who signs for whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.models import Handover
from sites.models import Organisation

PARTY_WORDS: Final[dict[str, str | Promise]] = {
    "from": _("Builder's side"),
    "owner": _("Owner"),
    "upkeep": _("Upkeep party"),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A party of a handover, and who signed for it when; empty while nobody did."""

    party: str | Promise
    organisation: Organisation | None
    name: str
    signed_on: datetime.date | None


def signatures(handover: Handover) -> Iterator[Signature]:
    """Yield the three parties in the order in which they sign."""
    bodies = (handover.from_organisation, handover.owner, handover.upkeep_party)
    for (party, word), body in zip(PARTY_WORDS.items(), bodies, strict=True):
        name = getattr(handover, f"{party}_name")
        yield Signature(word, body, name, getattr(handover, f"{party}_signed_on"))
