"""Taking API tokens back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from sites.models import ApiToken

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def tokens_revoke(*, user: User, at: datetime.datetime) -> int:
    """Revoke every token of a person; return how many were open. Counts from the next request."""
    return ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at)
