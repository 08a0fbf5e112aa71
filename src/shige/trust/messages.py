"""What messages between posts say and where they lead: each room brings the words and pages of its own."""

from collections.abc import Callable, Mapping

from django.urls import reverse
from django.utils.functional import Promise

from .gate import Viewer

Way = Callable[[Viewer, str], str]
"""Return the address to which a message about a subject leads somebody."""

_words: dict[str, Promise] = {}
_ways: dict[str, Way] = {}


def bring_words(words: Mapping[str, Promise]) -> None:
    """Add what kinds of message say; lazy words, translated where they are shown."""
    _words.update(words)


def bring_page(subject: str, page: str, *, of_its_own: bool = True) -> None:
    """Say where a message about a kind of subject leads: the subject's own page, or one for all of them."""
    bring_way(subject, lambda _viewer, key: reverse(page, args=[key] if of_its_own else []))


def bring_way(subject: str, way: Way) -> None:
    """Say where a message about a kind of subject leads whoever follows it."""
    _ways[subject] = way


def words_of(kind: str) -> Promise | str:
    """Return what a kind of message says; the kind itself where no room has brought words."""
    return _words.get(kind, kind)


def leads_on(subject: str) -> bool:
    """Say whether messages about a kind of subject lead to a page."""
    return subject in _ways


def address_of(viewer: Viewer, subject: str, key: str) -> str:
    """Return the address of what a message is about, for its reader; empty where there is none."""
    return _ways[subject](viewer, key) if leads_on(subject) else ""
