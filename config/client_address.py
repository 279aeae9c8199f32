"""The client's address: the connection's own, unless a proxy that we trust says otherwise."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address that sign-in attempts are counted by.

    `X-Forwarded-For` is read from its end: the last hop that is no trusted proxy is the client,
    because everything before it could have been written by the client.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    while _is_trusted(address) and hops:
        hop = hops.pop().strip()
        if not _is_address(hop):
            break
        address = hop
    return address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(address: str) -> bool:
    if not _is_address(address):
        return False
    networks = (ip_network(entry, strict=False) for entry in settings.TRUSTED_PROXIES)
    return any(ip_address(address) in network for network in networks)
