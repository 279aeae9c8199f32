"""Every exception of an API view as `application/problem+json`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from sites.constraints import is_clash, refusal_of
from sites.filters import ParameterError
from sites.problems import CODE_OF_STATUS, MEDIA_TYPE, FieldProblem, Problem, problem_body
from sites.services import (
    ConcurrentChange,
    GateNotMet,
    IllegalTransition,
    InUse,
    NotPermitted,
    RefusedByRegister,
    ServiceError,
)

CLASHES = frozenset({"unique", "unique_together"})
"""Codes of Django's own checks that another row stands in the way."""


def problem_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer for an exception of a view; None lets what nobody foresaw become a 500."""
    problem = problem_of(error)
    if problem is None:
        return None
    set_rollback()
    response = Response(
        problem_body(problem, context["request"]._request),
        status=problem.status,
        headers=problem.headers,
    )
    response.content_type = MEDIA_TYPE
    return response


def problem_of(error: Exception) -> Problem | None:
    """Return what an exception means to the client; None when it is our own mistake."""
    if isinstance(error, Problem):
        return error
    for kind, translate in _TRANSLATIONS:
        if isinstance(error, kind):
            return translate(error)
    return None


def _parameter(error: ParameterError) -> Problem:
    return Problem(
        "bad_parameter", errors=[FieldProblem(error.parameter, error.code, error.message)]
    )


def _integrity(error: IntegrityError) -> Problem:
    refusal = refusal_of(error)
    return Problem(
        "conflict" if refusal.is_clash else "invalid",
        errors=[FieldProblem(refusal.field, refusal.name or "refused", str(refusal.message))],
    )


def _refused(error: RefusedByRegister) -> Problem:
    fields = [FieldProblem(*entry) for entry in error.errors]
    clashes = any(entry.code in CLASHES or is_clash(entry.code) for entry in fields)
    return Problem("conflict" if clashes else error.problem, errors=fields)


def _gate(error: GateNotMet) -> Problem:
    return Problem("gate_not_met", errors=[FieldProblem(*entry) for entry in error.errors])


def _not_permitted(error: NotPermitted) -> Problem:
    """Say why, where the refusal is more than that the role lacks the right."""
    if type(error) is NotPermitted:
        return Problem("forbidden")
    return Problem(
        "forbidden",
        detail=str(error.message),
        errors=[FieldProblem(error.field, error.code, str(error.message))],
    )


def _service(error: ServiceError) -> Problem:
    fields = [FieldProblem(error.field, error.code, str(error.message))]
    return Problem(error.problem, errors=fields)


def _transition(error: IllegalTransition) -> Problem:
    return Problem("illegal_transition", detail=str(error.message))


def _in_use(error: Exception) -> Problem:
    return Problem("in_use")


def _validation(error: ValidationError) -> Problem:
    return Problem("invalid", errors=list(_django_fields(error)))


def _django_fields(error: ValidationError) -> Iterator[FieldProblem]:
    named = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for field, problems in named.items():
        for problem in problems:
            name = "" if field == "__all__" else field
            for message in problem.messages:
                yield FieldProblem(name, problem.code or "invalid", message)


def _framework(error: exceptions.APIException) -> Problem:
    if isinstance(error, exceptions.ValidationError):
        return Problem("invalid", errors=list(framework_fields(error.detail)))
    if isinstance(error, exceptions.ParseError):
        return Problem("malformed_json")
    if isinstance(error, exceptions.PermissionDenied) and "CSRF" in str(error.detail):
        return Problem("csrf_failed")
    code = CODE_OF_STATUS.get(error.status_code, "malformed")
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    return Problem(code, headers=headers)


def framework_fields(detail: Any, path: str = "") -> Iterator[FieldProblem]:
    """Flatten the nested errors of a serializer to dotted paths, such as `properties.year`."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            part = "" if name == "non_field_errors" else str(name)
            yield from framework_fields(inner, ".".join(p for p in (path, part) if p))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from framework_fields(inner, f"{path}.{place}" if nested else path)
    else:
        yield FieldProblem(path, getattr(detail, "code", "invalid"), str(detail))


def _unavailable(error: Exception) -> Problem:
    return Problem("database_unavailable", headers={"Retry-After": "5"})


def _data(error: DatabaseError) -> Problem:
    return Problem(
        "invalid",
        errors=[FieldProblem("", "refused", _("A value is outside what can be stored."))],
    )


def _code(code: str) -> Callable[[Any], Problem]:
    return lambda error: Problem(code)


_TRANSLATIONS: tuple[tuple[type[Exception], Callable[[Any], Problem]], ...] = (
    (ParameterError, _parameter),
    (GateNotMet, _gate),
    (RefusedByRegister, _refused),
    (NotPermitted, _not_permitted),
    (IllegalTransition, _transition),
    (InUse, _in_use),
    (ConcurrentChange, _code("precondition_failed")),
    (ServiceError, _service),
    (ProtectedError, _in_use),
    (RestrictedError, _in_use),
    (IntegrityError, _integrity),
    (DataError, _data),
    (OperationalError, _unavailable),
    (InterfaceError, _unavailable),
    (Http404, _code("not_found")),
    (ObjectDoesNotExist, _code("not_found")),
    (PermissionDenied, _code("forbidden")),
    (RequestDataTooBig, _code("too_large")),
    (SuspiciousOperation, _code("malformed")),
    (ValidationError, _validation),
    (exceptions.APIException, _framework),
)
"""Which exception means what, the more special ones first."""
