"""Whose phone speaks: two people on one device never send each other's entries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from sites.problems import FieldProblem, Problem

HEADER = "X-Field-User"
FIELD_USER = OpenApiParameter(
    HEADER,
    OpenApiTypes.INT,
    OpenApiParameter.HEADER,
    description="Identifier of the person whose entries these are; another one signed in: 409.",
)


def require_same_user(request: Request) -> None:
    """Raise `Problem` 409 (`other_user`) when the phone's entries are somebody else's.

    `X-Field-User` holds the identifier of the person who made them; without it nothing is
    checked.
    """
    named = request.META.get("HTTP_X_FIELD_USER", "").strip()
    if named and named != str(request.user.pk):
        sentence = _("These entries were made by somebody else on this device.")
        raise Problem("other_user", errors=[FieldProblem(HEADER, "other_user", sentence)])


class SameUser:
    """For API views that phones call: refuses a request made for somebody who is not signed in."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask who is signed in, then whose entries these are."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        require_same_user(request)
