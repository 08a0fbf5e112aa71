"""Look a tracking code up; whoever guesses is stopped."""

from django.http import HttpRequest

from shige.matters.queries import Tracked, tracked

from .device import key_for
from .rates import TooOftenError, address_of, exhausted, knock


def looked_up(request: HttpRequest, code: str) -> Tracked | None:
    """Return the matter of a code; each failed look-up counts against the sender's address.

    Raises
    ------
    TooOftenError
        Too many codes from this address were wrong in this minute.
    """
    sender, found = address_of(request), tracked(code, key_for(request, code))
    if found is not None and found.same_device:
        return found  # who filed it does not wait for those who guess behind the same address
    if exhausted("miss", sender):
        raise TooOftenError
    if found is None:
        knock("miss", sender)
    return found
