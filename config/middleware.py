"""What happens round every request: its identifier, its language, its author, a lost database."""

from __future__ import annotations

import logging
import sys
import uuid
from collections.abc import Callable
from contextvars import ContextVar

import pghistory
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.defaults import server_error as server_error_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_request_id: ContextVar[str] = ContextVar("request_id", default="-")
logger = logging.getLogger(__name__)


class RequestIdFilter(logging.Filter):
    """Puts the identifier of the request in progress into every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add `request_id`; never drops a record."""
        record.request_id = _request_id.get()
        return True


class RequestIdMiddleware:
    """Gives each request an identifier that logs, errors and the answer's header share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with `X-Request-ID` set."""
        identifier = uuid.uuid4().hex
        request.request_id = identifier  # type: ignore[attr-defined]
        token = _request_id.set(identifier)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response.headers["X-Request-ID"] = identifier
        return response


class DatabaseDownMiddleware:
    """Answers 503 with `Retry-After` while the database is away, instead of an error page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Turn a lost or overloaded database into 503."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.warning("database unavailable: %s", exception)
        return database_down(request)


def database_down(request: HttpRequest) -> HttpResponse:
    """Return the 503 answer, as a problem for the API and as plain text for pages."""
    title = _("The database is not available at the moment. Try again shortly.")
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = JsonResponse(
            {
                "type": "about:blank",
                "title": title,
                "status": 503,
                "code": "database_unavailable",
                "request_id": getattr(request, "request_id", ""),
            },
            status=503,
            content_type="application/problem+json",
        )
    else:
        response = HttpResponse(title, status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = "5"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for what nobody caught; a database lost outside a view is still no fault of ours."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_down(request)
    return server_error_page(request)


class PreferredLanguageMiddleware:
    """Chooses the language: the user's choice, then `Accept-Language`, then Chinese."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language and say so."""
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response


class HistoryContextMiddleware:
    """Names the user and the address of each writing request in the history of fields."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer inside a history context when the request may write."""
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        user = getattr(request, "user", None)
        with pghistory.context(
            user=user.pk if user and user.is_authenticated else None, path=request.path
        ):
            return self.get_response(request)
