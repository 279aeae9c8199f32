"""Who calls: a bearer token, looked up by its SHA-256 on every request."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from sites.models import ApiToken
from sites.problems import Problem

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TOKEN_LIFE = datetime.timedelta(days=30)
KEYWORD = "bearer"


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token as its owner sees it, once: only its hash stays with us."""

    token: str
    expires_at: datetime.datetime


def digest_of(token: str) -> str:
    """Return the hexadecimal SHA-256 under which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(user: User, *, now: datetime.datetime) -> IssuedToken:
    """Store a new token of the user and return it in clear."""
    issued = IssuedToken(secrets.token_urlsafe(32), now + TOKEN_LIFE)
    ApiToken.objects.create(user=user, digest=digest_of(issued.token), expires_at=issued.expires_at)
    return issued


class BearerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`; revoked, expired and inactive count from the next request."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Return user and token row, or None when another way of signing in may apply."""
        header = request.META.get("HTTP_AUTHORIZATION", "")
        scheme, _space, token = header.partition(" ")
        if scheme.lower() != KEYWORD:
            return None
        found = (
            ApiToken.objects.select_related("user")
            .filter(
                digest=digest_of(token.strip()),
                revoked_at__isnull=True,
                expires_at__gt=timezone.now(),
                user__is_active=True,
            )
            .first()
        )
        if found is None:
            raise Problem("bad_token", headers={"WWW-Authenticate": self._challenge()})
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401."""
        return self._challenge()

    @staticmethod
    def _challenge() -> str:
        return 'Bearer realm="api"'
