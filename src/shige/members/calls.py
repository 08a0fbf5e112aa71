"""What others bring to be taken on by members: public words only, and an opaque name that goes back (R11).

The register knows nothing of residents. Another room says which calls are open in a community, and takes an
offer for an organisation; who of it offers stays here.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Call:
    """Something to take on, in its public words; ``key`` asks for it."""

    key: str
    words: str
    category: str
    community: str


Open = Callable[[Collection[int]], list[Call]]
"""Return what is open in some communities (their keys)."""

Ask = Callable[[int, str], tuple[uuid.UUID, str]]
"""Tell an organisation that somebody of it would take on a call; return an opaque name and its words."""

Told = Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]]
"""Return what became of what was asked for, in words."""

_brought: list[tuple[Open, Ask, Told]] = []


def bring_calls(open_in: Open, ask_for: Ask, told: Told) -> None:
    """Bring calls once, when the program is put together."""
    _brought[:] = [(open_in, ask_for, told)]


def open_calls(communities: Collection[int]) -> list[Call]:
    """Return what is open in some communities; nothing where no room has brought calls."""
    return [call for open_in, _ask, _told in _brought for call in open_in(communities)]


def ask(organisation: int, key: str) -> tuple[uuid.UUID, str]:
    """Ask for a call on behalf of an organisation; ValidationError where it is not open."""
    for _open, ask_for, _told in _brought:
        return ask_for(organisation, key)
    raise ValidationError(_("This is not open any more."))


def outcomes(names: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Return what became of what was asked for."""
    return {name: words for _open, _ask, told in _brought for name, words in told(names).items()}
