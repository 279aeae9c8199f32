"""Every failure under `/api/` as `application/problem+json`, wherever it happened.

Views of the API answer problems themselves; this covers what never reaches them (an unknown
address, a wrong method, a form token, a mistake of ours) and views that simply raise.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.csrf import csrf_failure as csrf_page

from sites.api.problems import problem_of
from sites.problems import CODE_OF_STATUS, MEDIA_TYPE, Problem, problem_response

GetResponse = Callable[[HttpRequest], HttpResponseBase]
PREFIX = "/api/"
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate", "Vary", "Content-Language")
FIRST_FAILURE = 400
FIRST_OWN_MISTAKE = 500
logger = logging.getLogger(__name__)


class ApiProblemMiddleware:
    """Turns failures under `/api/` into problems in the caller's language."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a failure that is no problem yet becomes one."""
        response = self.get_response(request)
        if not request.path_info.startswith(PREFIX) or not _is_bare_failure(response):
            return response
        with translation.override(translation.get_language_from_request(request)):
            answer = problem_response(Problem(_code(response.status_code)), request)
        answer.status_code = response.status_code
        for name in KEPT_HEADERS:
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer for what a plain view raised, if it means something to the client."""
        if not request.path_info.startswith(PREFIX):
            return None
        problem = problem_of(exception)
        return problem_response(problem, request) if problem else None


def _is_bare_failure(response: HttpResponseBase) -> bool:
    if response.status_code < FIRST_FAILURE:
        return False
    return not response.headers.get("Content-Type", "").startswith(MEDIA_TYPE)


def _code(status: int) -> str:
    general = "server_error" if status >= FIRST_OWN_MISTAKE else "malformed"
    return CODE_OF_STATUS.get(status, general)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer for a form whose token is missing or old."""
    logger.warning("form token refused: %s", reason)
    if request.path_info.startswith(PREFIX):
        return problem_response(Problem("csrf_failed"), request)
    return csrf_page(request, reason)
