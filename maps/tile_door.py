"""A short way to tiles, in front of Django's own.

A map asks for dozens of tiles a second, and for each the way through Django's middleware costs
more than the tile. This door decides nothing by itself. It reads in one statement every row on
which Django's decision about the session and `scope_of` depend, and remembers what they decided
for exactly those rows. Any change of session, account, membership or area makes other rows, and
Django is asked again on that same request. Whatever is not a plain tile for somebody who has
signed in goes the ordinary way.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from maps.layers import Topic, layer_named
from maps.sql import statement
from maps.subjects import SUBJECTS, subject_of
from maps.tile_address import TileAddress
from maps.tile_cache import Tile
from maps.tiles import tile
from sites.access import Scope, scope_of
from sites.data_version import DataVersion
from sites.filters import ParameterError
from sites.prepared import server_cursor

PATH = re.compile(r"^/api/v1/tiles/([a-z_]+)/(\d+)/(\d+)/(\d+)\.mvt$", re.ASCII)
MOST_REMEMBERED = 4096
MOST_FILTERS = 1024

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Who a session belongs to and what that person sees, as long as `rows` stay the same."""

    user_id: int
    rows: str
    day: datetime.date
    scope: Scope


class TileDoor:
    """The WSGI application in front of Django's."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._judged: OrderedDict[str, Judged] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a tile, or let Django answer."""
        path = PATH.match(environ["PATH_INFO"])
        if path is None or not _is_plain(environ):
            return self.application(environ, start_response)
        try:
            found = self._tile(environ, *path.groups())
        except ParameterError:
            found = None
        except (DatabaseError, InterfaceError):
            # The connection may be lost; Django opens another one, or says that there is none.
            connection.close()
            found = None
        if found is None:
            return self.application(environ, start_response)
        return _answer(found, environ, start_response)

    def _tile(self, environ: Environ, name: str, z: str, x: str, y: str) -> Tile | None:
        layer = layer_named(name, public=False)
        session = _session_key(environ.get("HTTP_COOKIE", ""))
        if layer is None or not session:
            return None
        address = TileAddress.parse(z, x, y)
        today = timezone.localdate()
        chosen = _filter(layer.topic, environ.get("QUERY_STRING", ""), today)
        seen = self._scope(session, subject_of(layer).marks, today)
        return tile(layer, address, seen[0], chosen, seen[1]) if seen else None

    def _scope(
        self, session: str, marks: str, today: datetime.date
    ) -> tuple[Scope, DataVersion] | None:
        known = self._judged.get(session)
        if known is not None and known.day == today:
            row = _read_rows(session, known.user_id, marks)
            if row is not None and row[0] == known.rows:
                return known.scope, DataVersion.of_row(row[1:])
        return self._judge(session, marks, today)

    def _judge(
        self, session: str, marks: str, today: datetime.date
    ) -> tuple[Scope, DataVersion] | None:
        """Ask Django, inside one snapshot with the rows that its answer is remembered for."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            request = HttpRequest()
            request.session = _session_store(session)
            user = get_user(request)
            if not user.is_authenticated or user.pk is None:
                return None
            scope = scope_of(user, today=today)
            row = _read_rows(session, user.pk, marks)
        if row is None:
            return None
        with self._lock:
            self._judged[session] = Judged(user.pk, row[0], today, scope)
            self._judged.move_to_end(session)
            while len(self._judged) > MOST_REMEMBERED:
                self._judged.popitem(last=False)
        return scope, DataVersion.of_row(row[1:])


def _is_plain(environ: Environ) -> bool:
    """Whether this is a browser's request with a session; tokens go the ordinary way."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ:
        return False
    # Behind a redirect to HTTPS it is Django that knows which proxy to believe.
    return not settings.SECURE_SSL_REDIRECT or environ.get("wsgi.url_scheme") == "https"


@lru_cache(maxsize=MOST_REMEMBERED)
def _session_key(header: str) -> str:
    try:
        morsel = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _filter(topic: Topic, query: str, today: datetime.date) -> Any:
    """Return the filter of an address; what is late at this moment is never remembered."""
    if topic in {Topic.DEFECTS, Topic.ORDERS}:
        return SUBJECTS[topic].read(QueryDict(query))
    return _filter_of_day(topic, query, today)


@lru_cache(maxsize=MOST_FILTERS)
def _filter_of_day(topic: Topic, query: str, today: datetime.date) -> Any:
    """Return a filter that holds a day; `today` is in the key for that reason."""
    return SUBJECTS[topic].read(QueryDict(query))


def _read_rows(session: str, user_id: int, marks: str) -> Any:
    values = {"session": session, "user": user_id}
    return server_cursor().execute(_door_statement(marks), values).fetchone()


@cache
def _door_statement(marks: str) -> bytes:
    return statement("door").replace("{marks}", marks).encode()


def _session_store(key: str) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def _answer(found: Tile, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    status, headers, body = found.response(
        environ.get("HTTP_IF_NONE_MATCH", ""), environ.get("HTTP_ACCEPT_ENCODING", "")
    )
    if body:
        headers["Content-Length"] = str(len(body))
    start_response(
        status,
        [
            *headers.items(),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
            ("X-Request-ID", uuid.uuid4().hex),
        ],
    )
    return [body]
