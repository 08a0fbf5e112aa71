"""What messages between posts say and where they lead: each room brings the words and pages of its own."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise

_words: dict[str, Promise] = {}
_pages: dict[str, tuple[str, bool]] = {}


def bring_words(words: Mapping[str, Promise]) -> None:
    """Add what kinds of message say; lazy words, translated where they are shown."""
    _words.update(words)


def bring_page(subject: str, page: str, *, of_its_own: bool = True) -> None:
    """Say where a message about a kind of subject leads: the subject's own page, or one for all of them."""
    _pages[subject] = page, of_its_own


def words_of(kind: str) -> Promise | str:
    """Return what a kind of message says; the kind itself where no room has brought words."""
    return _words.get(kind, kind)


def address_of(subject: str, key: str) -> str:
    """Return the address of what a message is about; empty where it has no page."""
    if subject not in _pages:
        return ""
    page, of_its_own = _pages[subject]
    return reverse(page, args=[key] if of_its_own else [])
