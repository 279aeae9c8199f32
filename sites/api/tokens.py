"""Signing in over HTTP: a token for a user name and a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.authentication import issue_token
from sites.api.fields import StrictSerializer, TextField
from sites.api.resource import ApiView
from sites.api.schema import ProblemSerializer
from sites.lockout import is_locked_out, seconds_to_wait
from sites.problems import Problem


class CredentialsSerializer(StrictSerializer):
    """What a person signs in with."""

    username = TextField(max_length=150)
    password = TextField(max_length=1000, trim_whitespace=False, write_only=True)


class TokenSerializer(serializers.Serializer[Any]):
    """A token, shown once."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class TokenView(ApiView):
    """Where clients get their token."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        tags=["auth"],
        operation_id="token_create",
        auth=[],
        request=CredentialsSerializer,
        responses={
            200: TokenSerializer,
            (401, "application/problem+json"): OpenApiResponse(ProblemSerializer),
            (429, "application/problem+json"): OpenApiResponse(ProblemSerializer),
        },
    )
    def post(self, request: Request) -> Response:
        """Return a token for 30 days; five failures close the door for a quarter of an hour."""
        sent = CredentialsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        username = sent.validated_data["username"]
        plain = request._request
        user = authenticate(plain, username=username, password=sent.validated_data["password"])
        if user is None and is_locked_out(plain, username):
            wait = seconds_to_wait(plain, username)
            raise Problem("locked_out", headers={"Retry-After": str(wait)})
        if user is None:
            raise Problem("wrong_credentials", headers={"WWW-Authenticate": 'Bearer realm="api"'})
        issued = issue_token(user, now=timezone.now())
        response = Response({"token": issued.token, "expires_at": issued.expires_at.isoformat()})
        response.headers["Cache-Control"] = "no-store"
        return response
