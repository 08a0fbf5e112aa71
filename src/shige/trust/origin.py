"""From which network address a request comes: one answer for throttles, sign-in and sessions."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def origin_of(request: HttpRequest) -> str:
    """Return the connection's address, or what a proxy of ``SHIGE_PROXIES`` says that it forwarded."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    listed = (part.strip() for part in request.headers.get("X-Forwarded-For", "").split(","))
    forwarded = [part for part in listed if part]
    while forwarded and _is_proxy(address):
        address = forwarded.pop()
    return address


def network_of(request: HttpRequest) -> str:
    """Return whose request it is for a throttle: of an IPv6 address the 64 bits that one household has."""
    address = origin_of(request)
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else str(known)


def _is_proxy(address: str) -> bool:
    try:
        known = ipaddress.ip_address(address)
        return any(known in ipaddress.ip_network(proxy, strict=False) for proxy in settings.SHIGE_PROXIES)
    except ValueError:
        return False
