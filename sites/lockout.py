"""How long somebody who failed to sign in too often has to wait."""

from __future__ import annotations

import math

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def is_locked_out(request: HttpRequest, username: str) -> bool:
    """Whether the caller has used up the attempts for this user name."""
    AxesProxyHandler.update_request(request)
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def seconds_to_wait(request: HttpRequest, username: str) -> int:
    """Return the seconds until the next attempt is allowed, 1 at least."""
    cool_off = get_cool_off(request)
    if cool_off is None:
        return 1
    AxesProxyHandler.update_request(request)
    latest = (
        AccessAttempt.objects.filter(
            username=username,
            ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
            failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        )
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    left = (latest + cool_off - timezone.now()) if latest else cool_off
    return max(1, math.ceil(float(left.total_seconds())))
