"""What can go wrong for a client: each failure's stable code, status and title (RFC 9457).

A view raises `Problem`; whoever answers turns it into `application/problem+json`. The table below
is the only place where a code meets its status.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"

TABLE: Mapping[str, tuple[int, str | Promise]] = {
    "malformed": (400, _("The request cannot be read.")),
    "malformed_json": (400, _("The body is not the JSON that is expected.")),
    "bad_parameter": (400, _("A parameter of the address cannot be used.")),
    "not_authenticated": (401, _("Sign in first.")),
    "wrong_credentials": (401, _("The user name or the password is wrong.")),
    "bad_token": (401, _("The token is unknown, expired or revoked.")),
    "forbidden": (403, _("Your role does not allow this.")),
    "csrf_failed": (403, _("The form has expired. Load the page again.")),
    "not_found": (404, _("There is nothing here for you.")),
    "method_not_allowed": (405, _("This address does not offer that method.")),
    "not_acceptable": (406, _("The answer does not exist in that form.")),
    "conflict": (409, _("This clashes with what the register holds.")),
    "in_use": (409, _("Other records still refer to this one.")),
    "illegal_transition": (409, _("The site cannot move to that state.")),
    "gate_not_met": (409, _("The site lacks what this state needs.")),
    "other_user": (409, _("Somebody else is signed in on this device.")),
    "blocked": (409, _("Something stands in the way; all of it is listed.")),
    "cursor_expired": (410, _("What you may see has changed. Start again without the cursor.")),
    "precondition_failed": (412, _("The record has changed in the meantime.")),
    "too_large": (413, _("The request is larger than is accepted.")),
    "unsupported_media_type": (415, _("Bodies of this media type are not read here.")),
    "invalid": (422, _("Some of what was sent cannot be accepted.")),
    "idempotency_key_reused": (422, _("The Idempotency-Key was used for another request.")),
    "precondition_required": (428, _("Send If-Match with the ETag of the record.")),
    "locked_out": (429, _("Too many failed attempts to sign in. Try again later.")),
    "too_many_requests": (429, _("Too many requests. Try again later.")),
    "server_error": (500, _("Something went wrong on our side.")),
    "database_unavailable": (
        503,
        _("The database is not available at the moment. Try again shortly."),
    ),
    "disk_full": (507, _("The server has no room left.")),
}
CODE_OF_STATUS: Mapping[int, str] = {
    status: code for code, (status, _title) in reversed(list(TABLE.items()))
}
"""The most general code of each status: the first one in the table."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of the body or one parameter; `field` may be a dotted path."""

    field: str
    code: str
    message: str


class Problem(Exception):
    """A request that cannot be served: a code of `TABLE`, and for bad input the fields.

    `extra` is added to the answer as it is (the current record of a 412, say), `headers` go with
    it (`Retry-After`).
    """

    def __init__(
        self,
        code: str,
        *,
        detail: str | Promise = "",
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = TABLE[code][0]
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


def bad_parameter(field: str, code: str, message: str | Promise) -> Problem:
    """Return the problem of one unusable parameter of the address (400)."""
    return Problem("bad_parameter", errors=[FieldProblem(field, code, str(message))])


def invalid(field: str, code: str, message: str | Promise) -> Problem:
    """Return the problem of one unacceptable field of the body (422)."""
    return Problem("invalid", errors=[FieldProblem(field, code, str(message))])


def problem_body(problem: Problem, request: HttpRequest) -> dict[str, Any]:
    """Return the answer's body in the language in force."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TABLE[problem.code][1]),
        "status": problem.status,
        "code": problem.code,
        "request_id": getattr(request, "request_id", ""),
    }
    if problem.detail:
        body["detail"] = str(problem.detail)
    if problem.errors:
        body["errors"] = [asdict(error) for error in problem.errors]
    return {**body, **problem.extra}


def problem_response(problem: Problem, request: HttpRequest) -> JsonResponse:
    """Return the answer of a view that is not Django REST framework's."""
    return JsonResponse(
        problem_body(problem, request),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
        json_dumps_params={"ensure_ascii": False},
    )
