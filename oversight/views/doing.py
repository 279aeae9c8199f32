"""Doing what a small form of a page asks for, and what is said where it is refused."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from maintenance.refusals import sentences_of
from sites.services import NotPermitted, ServiceError


def attempt(request: HttpRequest, work: Callable[[], str]) -> list[str]:
    """Do the work and tell its success; return the sentences of a refusal, none when done.

    Raises `PermissionDenied` where the caller may not do it at all.
    """
    try:
        messages.success(request, work())
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        return sentences_of(error)
    return []


def wrong_fields(form: forms.BaseForm) -> list[str]:
    """Return what is wrong with a form whose page does not show its fields."""
    return [
        f"{form.fields[name].label or name}: {text}" if name in form.fields else str(text)
        for name, found in form.errors.items()
        for text in found
    ]
