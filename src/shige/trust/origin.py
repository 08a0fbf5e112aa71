"""From which network address a request comes: one answer for throttles, sign-in, sessions and the door."""

import ipaddress
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest


def origin_of(request: HttpRequest) -> str:
    """Return the connection's address, or what a proxy of ``SHIGE_PROXIES`` says that it forwarded."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return behind(address, request.headers.get("X-Forwarded-For", ""), settings.SHIGE_PROXIES)


def network_of(request: HttpRequest) -> str:
    """Return whose request it is for a throttle: of an IPv6 address the 64 bits that one household has."""
    return network(origin_of(request))


def behind(address: str, forwarded: str, proxies: Iterable[str]) -> str:
    """Return the address behind proxies that are trusted.

    Parameters
    ----------
    address
        Of the connection.
    forwarded
        Addresses with commas, the nearest last, as ``X-Forwarded-For`` has them.
    proxies
        Addresses and networks whose word is taken.
    """
    proxies = list(proxies)
    listed = [part for part in (part.strip() for part in forwarded.split(",")) if part]
    while listed and is_within(address, proxies):
        address = listed.pop()
    return address


def network(address: str) -> str:
    """Return the network of an address: itself, of IPv6 the 64 bits that one household has."""
    try:
        known = _read(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else str(known)


def is_within(address: str, networks: Iterable[str]) -> bool:
    """Say whether an address is one of some addresses and networks."""
    try:
        known = _read(address)
        return any(known in ipaddress.ip_network(each, strict=False) for each in networks)
    except ValueError:
        return False


def _read(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Read an address; one of IPv4 that a listener on both writes as IPv6 is the one of IPv4."""
    known = ipaddress.ip_address(address)
    return getattr(known, "ipv4_mapped", None) or known
