"""What every collection of the API shares: who asks, pages, versions, and safe repetition.

A resource says where its rows come from and what is done to them; `Collection` and `Record` are
the two doors to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, cast
from uuid import UUID

import pghistory
from django.contrib.auth.models import User
from django.http import QueryDict
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sites.access import Scope, scope_of
from sites.api.fields import StrictSerializer
from sites.api.idempotency import once
from sites.api.paging import BY_ID, BY_UPDATE, Key, Page, read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.preconditions import entity_tag, require_match
from sites.problems import Problem
from sites.services import ConcurrentChange, RefusedByRegister

GEOJSON = "application/geo+json"
FEATURE_MEMBERS = {
    "": "",
    "reason": "reason",
    "boundary": "geometry",
    "centre": "geometry",
    "point": "geometry",
}
"""Refused columns that are no property of a Feature, and what the caller calls them."""


class OneRendering(BaseContentNegotiation):
    """Answers in the one form there is, whatever `Accept` says."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> Any:
        """Return the parser of the body's media type, None when there is none (415)."""
        given = (request.content_type or "").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == given), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the first renderer."""
        first = next(iter(renderers))
        return first, str(first.media_type)


class ApiView(APIView):
    """A view that knows its caller's scope and names the caller in the history."""

    content_negotiation_class = OneRendering

    @cached_property
    def scope(self) -> Scope:
        """What the caller may see, asked once a request."""
        return scope_of(self.request.user)

    @property
    def params(self) -> QueryDict:
        """The parameters of the address."""
        return self.request._request.GET

    @property
    def actor(self) -> User:
        """The person who calls; every view but the token's asks for one."""
        return cast(User, self.request.user)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Name the caller in the history of whatever is written: a token has no session."""
        super().initial(request, *args, **kwargs)
        if request.method not in {"GET", "HEAD", "OPTIONS"} and request.user.is_authenticated:
            pghistory.context(user=request.user.pk)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Keep answers out of shared caches: they depend on who asks."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer


class Resource(ApiView):
    """Rows of one kind: where they come from, how they look, and how they change."""

    serializer_class: ClassVar[type[StrictSerializer]]
    keys: ClassVar[Sequence[Key]] = BY_ID
    parameters: ClassVar[frozenset[str]] = frozenset()
    media_type: ClassVar[str] = "application/json"
    rows_name: ClassVar[str] = "items"
    """The member of a page that holds the rows: `features` makes it a FeatureCollection."""

    def rows(self) -> Any:
        """Return the rows that the caller may see."""
        raise NotImplementedError

    def narrowed(self, rows: Any) -> Any:
        """Return the rows that the parameters ask for; raises `Problem` 400."""
        return rows

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return rows as the answer shows them."""
        context = self.serializer_context()
        return [dict(self.serializer_class(row, context=context).data) for row in rows]

    def handle_exception(self, exc: Exception) -> Response:
        """Name refused columns as the caller knows them: inside a Feature's properties."""
        if isinstance(exc, RefusedByRegister) and self.rows_name == "features":
            exc = RefusedByRegister(
                [(FEATURE_MEMBERS.get(f, f"properties.{f}"), c, text) for f, c, text in exc.errors]
            )
        return super().handle_exception(exc)

    def require_create(self) -> None:
        """Raise `Problem` 403 when the caller may not create rows at all."""
        raise Problem("method_not_allowed")

    def require_change(self, row: Any) -> None:
        """Raise `Problem` 403 when the caller may see the row but not change it."""
        raise Problem("method_not_allowed")

    def serializer_context(self) -> dict[str, Any]:
        """Return what fields need to know of the request."""
        return {"scope": self.scope, "view": self}

    def parsed(self, *, row: Any = None, partial: bool = False) -> dict[str, Any]:
        """Return the body's values; raises `ValidationError` with every problem found."""
        serializer = self.serializer_class(
            row, data=self.request.data, partial=partial, context=self.serializer_context()
        )
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def version_of(self, row: Any) -> int:
        """Return the version that a row stands at."""
        return int(row.version)

    def answer(self, row: Any, *, status: int = 200) -> Response:
        """Return one row with its version as entity tag."""
        headers = {"ETag": entity_tag(self.version_of(row))}
        response = Response(self.rendered([row])[0], status=status, headers=headers)
        response.content_type = self.media_type
        return response

    def changed_meanwhile(self, row: Any) -> Problem:
        """Return the problem (412) of a row that others changed, with the row as it stands."""
        return Problem(
            "precondition_failed",
            headers={"ETag": entity_tag(self.version_of(row))},
            extra={"current": self.rendered([row])[0]},
        )


class Collection(Resource):
    """All rows: a page of them, and a new one."""

    def page_keys(self) -> Sequence[Key]:
        """Return the order: by change where changes are asked for, so that pages stay whole."""
        return BY_UPDATE if self.params.get("updated_since") else self.keys

    def get(self, request: Request) -> Response:
        """Answer one page."""
        refuse_unknown(self.params, self.parameters | PAGING)
        page = read_page(self.narrowed(self.rows()), self.page_keys(), self.params)
        return self.page_answer(page)

    def page_answer(self, page: Page) -> Response:
        """Return a page with the way to the next one."""
        links = page.links(self.request)
        body: dict[str, Any] = {self.rows_name: self.rendered(page.rows), **links}
        if self.rows_name == "features":
            body = {"type": "FeatureCollection", **body}
        headers = {"Link": f'<{links["next"]}>; rel="next"'} if links["next"] else {}
        response = Response(body, headers=headers)
        response.content_type = self.media_type
        return response


class WritableCollection(Collection):
    """All rows, and a new one."""

    def created(self, values: Mapping[str, Any]) -> Any:
        """Create a row through its service and return it."""
        raise NotImplementedError

    def post(self, request: Request) -> Response:
        """Create a row, once for each `Idempotency-Key`."""
        self.require_create()
        return once(request, self._create)

    def _create(self) -> Response:
        pk = self.created(self.parsed()).pk
        answer = self.answer(self.row(pk), status=201)
        answer.headers["Location"] = f"{self.request.path}/{pk}"
        return answer

    def row(self, pk: UUID) -> Any:
        """Return the created row as the caller sees it."""
        return self.rows().get(pk=pk)


class Record(Resource):
    """One row, to read."""

    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the row."""
        refuse_unknown(self.params, ())
        return self.answer(self.row(pk))

    def row(self, pk: UUID) -> Any:
        """Return the row; 404 says the same for what is not there and what is not to be known."""
        return self.rows().get(pk=pk)


class WritableRecord(Record):
    """One row, to read, change and remove."""

    def changed(self, row: Any, values: Mapping[str, Any]) -> Any:
        """Change the row through its service, if its version still stands."""
        raise NotImplementedError

    def removed(self, row: Any) -> None:
        """Remove the row through its service, if its version still stands."""
        raise NotImplementedError

    def put(self, request: Request, pk: UUID) -> Response:
        """Replace every writable field; what is left out takes its default."""
        return self._change(pk, partial=False)

    def patch(self, request: Request, pk: UUID) -> Response:
        """Change the fields that are given."""
        return self._change(pk, partial=True)

    def delete(self, request: Request, pk: UUID) -> Response:
        """Remove the row."""
        row = self._held(pk)
        try:
            self.removed(row)
        except ConcurrentChange as error:
            raise self._stale(pk) from error
        return Response(status=204)

    def _change(self, pk: UUID, *, partial: bool) -> Response:
        row = self._held(pk)
        values = self.parsed(row=row, partial=partial)
        try:
            self.changed(row, values)
        except ConcurrentChange as error:
            raise self._stale(pk) from error
        return self.answer(self.row(pk))

    def _held(self, pk: UUID) -> Any:
        row = self.row(pk)
        self.require_change(row)
        if not require_match(self.request, self.version_of(row)):
            raise self._stale(pk)
        return row

    def _stale(self, pk: UUID) -> Problem:
        return self.changed_meanwhile(self.row(pk))
