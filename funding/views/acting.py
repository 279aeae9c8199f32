"""What every page with a form does: one call of a service, and its refusal beside the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from sites.access import scope_of_request
from sites.filter_values import ParameterError
from sites.forms import add_service_error
from sites.services import NotPermitted, ServiceError


def by(request: HttpRequest) -> dict[str, Any]:
    """Return who acts, as services take it."""
    return {"actor": request.user, "scope": scope_of_request(request)}


def acted(
    request: HttpRequest, form: forms.BaseForm, work: Callable[[], object], told: str
) -> bool:
    """Do what a form asks for; whether it was done. A refusal stands in the form afterwards."""
    if not form.is_valid():
        return False
    try:
        work()
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        add_service_error(form, error)
        return False
    messages.success(request, told)
    return True


def readable(
    query: QueryDict, known: Mapping[str, str] | frozenset[str], read: Callable[[QueryDict], Any]
) -> tuple[Any, list[str]]:
    """Read an address, leaving out each parameter that is wrong; what was wrong is named."""
    usable = query.copy()
    unknown = sorted(set(query) - set(known))
    problems = [f"{name[:60]}: {_('There is no such parameter.')}" for name in unknown]
    while True:
        try:
            return read(usable), problems
        except ParameterError as error:
            problems.append(f"{error.parameter}: {error.message}")
            del usable[error.parameter]
