"""A short text that is equal as long as somebody sees the same agreements, areas and bodies."""

from __future__ import annotations

import datetime
import hashlib

from maintenance.models import Agreement, AgreementParty
from sites.access import Scope

LENGTH = 16
"""Bytes of the print; 32 hexadecimal digits are written."""


def scope_print(scope: Scope, on: datetime.date) -> str:
    """Return the print of what a scope sees on a day; two queries for bodies, none for others.

    Beside areas and bodies it holds the agreements to which the bodies are party and whether
    each is in force: a body that joins an agreement, or whose agreement begins or ends, sees
    other records from that day on without any of them having changed.
    """
    parts = [str(scope.user_id), scope.cache_key(), *_agreements(scope, on)]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=LENGTH).hexdigest()


def _agreements(scope: Scope, on: datetime.date) -> list[str]:
    own = scope.organisation_ids()
    if not own or scope.everything:
        return []
    parties = AgreementParty.objects.filter(organisation_id__in=own)
    known = Agreement.objects.filter(pk__in=parties.values("agreement_id"))
    in_force = set(known.in_force(on).values_list("pk", flat=True))
    keys = known.order_by("pk").values_list("pk", flat=True)
    return [f"{key}:{int(key in in_force)}" for key in keys]
