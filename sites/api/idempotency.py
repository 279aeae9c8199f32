"""`Idempotency-Key`: a POST that may have been lost on the way can be sent again."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Callable
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from sites.models import IdempotentRequest
from sites.problems import FieldProblem, Problem

KEY = re.compile(r"[\x21-\x7e]{1,200}")
KEPT = datetime.timedelta(days=7)
REPEATED = "Idempotency-Replayed"
KEPT_HEADERS = ("ETag", "Location")


def once(request: Request, work: Callable[[], Response]) -> Response:
    """Do the work of a POST once for each user and key; repeat the answer afterwards.

    The key is taken by an insert that waits for a twin in progress, so of two requests at the
    same time one does the work and the other gets its answer. Failures keep no key.
    """
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if not key:
        return work()
    if not KEY.fullmatch(key):
        raise Problem(
            "malformed",
            errors=[
                FieldProblem(
                    "Idempotency-Key",
                    "bad_form",
                    _("The key is 1 to 200 printable characters without spaces."),
                )
            ],
        )
    with transaction.atomic():
        kept = _take(request, key)
        if kept.status:
            return _repeat(kept, _fingerprint(request))
        response = work()
        _keep(kept, response)
    return response


def _take(request: Request, key: str) -> IdempotentRequest:
    user = cast(User, request.user)
    mine = IdempotentRequest.objects.filter(user=user)
    mine.filter(created_at__lt=timezone.now() - KEPT).delete()
    taken = IdempotentRequest(user=user, key=key, fingerprint=_fingerprint(request))
    IdempotentRequest.objects.bulk_create([taken], ignore_conflicts=True)
    return mine.select_for_update().get(key=key)


def _fingerprint(request: Request) -> str:
    asked = [request.method, request.get_full_path(), request.data]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _keep(kept: IdempotentRequest, response: Response) -> None:
    kept.status = response.status_code
    kept.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    kept.headers["Content-Type"] = response.content_type or "application/json"
    kept.body = json.loads(json.dumps(response.data, default=str))
    kept.save(update_fields=["status", "headers", "body"])


def _repeat(kept: IdempotentRequest, fingerprint: str) -> Response:
    if kept.fingerprint != fingerprint:
        raise Problem("idempotency_key_reused")
    headers = dict(kept.headers)
    media_type = headers.pop("Content-Type", "application/json")
    response = Response(kept.body, status=kept.status, headers={**headers, REPEATED: "true"})
    response.content_type = media_type
    return response
