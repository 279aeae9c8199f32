"""Who calls: a bearer token, looked up by its SHA-256 on every request."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from sites.models import ApiToken
from sites.prepared import loaded, prepared_rows
from sites.problems import Problem

TOKEN_LIFE = datetime.timedelta(days=30)
KEYWORD = "bearer"
HOLDER_SQL = """
FROM sites_apitoken token JOIN auth_user holder ON holder.id = token.user_id
WHERE token.digest = %(digest)s AND token.revoked_at IS NULL AND token.expires_at > %(now)s
    AND holder.is_active
"""


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
        """Return the user, or None when another way of signing in may apply."""
        header = request.META.get("HTTP_AUTHORIZATION", "")
        scheme, _space, token = header.partition(" ")
        if scheme.lower() != KEYWORD:
            return None
        found = _holder(digest_of(token.strip()), timezone.now())
        if found is None:
            raise Problem("bad_token", headers={"WWW-Authenticate": self._challenge()})
        return found, None

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401."""
        return self._challenge()

    @staticmethod
    def _challenge() -> str:
        return 'Bearer realm="api"'


def _holder(digest: str, now: datetime.datetime) -> User | None:
    """Return the active user whose token with the digest is in force, if there is one."""
    rows = prepared_rows(_holder_sql(), {"digest": digest, "now": now})
    return loaded(User, **dict(zip(_columns(), rows[0], strict=True))) if rows else None


@cache
def _holder_sql() -> str:
    columns = ", ".join(f'holder."{name}"' for name in _columns())
    return f"SELECT {columns} {HOLDER_SQL}"


def _columns() -> list[str]:
    return [field.attname for field in User._meta.concrete_fields]
