"""The answer to somebody who failed to sign in too often."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import ngettext

from config.accounts.demo import demo_doors
from sites.lockout import seconds_to_wait
from sites.problems import Problem, problem_response

SECONDS_A_MINUTE = 60


def locked_out(
    request: HttpRequest, response: HttpResponseBase, credentials: Mapping[str, Any] | None
) -> HttpResponseBase:
    """Return 429 with the time to wait, as a problem for the API and as the page for people."""
    seconds = seconds_to_wait(request, str((credentials or {}).get("username", "")))
    headers = {"Retry-After": str(seconds)}
    if request.path_info.startswith("/api/"):
        return problem_response(Problem("locked_out", headers=headers), request)
    minutes = math.ceil(seconds / SECONDS_A_MINUTE)
    sentence = ngettext(
        "Too many failed attempts. Try again in %(minutes)s minute.",
        "Too many failed attempts. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
    context = {
        "form": AuthenticationForm(request),
        "lockout": sentence,
        "demo_doors": demo_doors(),
    }
    page = render(request, "accounts/sign_in.html", context, status=429)
    page.headers["Retry-After"] = headers["Retry-After"]
    return page
