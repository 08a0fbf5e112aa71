"""Look a code up; whoever guesses is stopped, and nobody else with them."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

from shige.matters.neighbours.queries.followed import tracked
from shige.matters.tracking.queries import Tracked

from .rates import address_of, count_request
from .resident.device import key_for

T = TypeVar("T")


def looked_up(request: HttpRequest, code: str) -> Tracked | None:
    """Return the matter of a code; errors as with ``found_by``."""
    return found_by(request, lambda: tracked(code, key_for(request, code)))


def found_by(request: HttpRequest, look: Callable[[], T | None]) -> T | None:
    """Return what a code leads to; each one that leads to nothing counts against the sender's address.

    A code that is right is answered whoever guesses behind the same address: a whole neighbourhood may share
    one, and 80 random bits are guessed by nobody.

    Raises
    ------
    TooOftenError
        The code is wrong, as too many of this minute from this address were.
    """
    found = look()
    if found is None:
        count_request("miss", address_of(request))
    return found
