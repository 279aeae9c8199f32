"""What the addresses of this app share: who is asking."""

from __future__ import annotations

from functools import cached_property

from rest_framework.permissions import AllowAny

from sites.access import Scope, scope_of
from sites.api.resource import ApiView


class MapView(ApiView):
    """An address for people who have signed in; rows come from their scope."""

    is_public = False

    @cached_property
    def scope(self) -> Scope:
        """What the caller may see, read afresh on every request."""
        return Scope.public() if self.is_public else scope_of(self.request.user)


class PublicDoor(MapView):
    """Opens an address to everybody, with the public's scope, whoever asks."""

    is_public = True
    authentication_classes = ()
    permission_classes = (AllowAny,)
