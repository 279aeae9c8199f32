"""What the addresses of this app share: who is asking, and that any form of answer will do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from sites.access import Scope, scope_of


class OneForm(BaseContentNegotiation):
    """Each address has one form of answer; `Accept` does not choose and never refuses."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Return the first parser."""
        return parsers[0]

    def select_renderer(
        self, request: Request | HttpRequest, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type


class MapView(APIView):
    """An address for people who have signed in; rows come from their scope."""

    content_negotiation_class = OneForm
    is_public = False

    def scope(self) -> Scope:
        """Return what the caller may see, read afresh on every request."""
        return Scope.public() if self.is_public else scope_of(self.request.user)


class PublicDoor(MapView):
    """Opens an address to everybody, with the public's scope, whoever asks."""

    is_public = True
    authentication_classes = ()
    permission_classes = (AllowAny,)
