"""What messages between posts say and where they lead: each room brings the words and pages of its own."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from .gate import Viewer

Way = Callable[[Viewer, str], str]
"""Return the address to which a message about a subject leads somebody."""

Named = Callable[[str], str]
"""Return the key of a subject by what the address of its page names."""

About = tuple[str, str]
"""What a message is about: the kind of subject, and its key."""

_words: dict[str, Promise] = {}
_ways: dict[str, Way] = {}
_pages: dict[str, tuple[str, Named]] = {}


def bring_words(words: Mapping[str, Promise]) -> None:
    """Add what kinds of message say; lazy words, translated where they are shown."""
    _words.update(words)


def bring_page(subject: str, page: str, *, of_its_own: bool = True) -> None:
    """Say where a message about a kind of subject leads: the subject's own page, or one for all of them."""
    pages = {page: str} if of_its_own else {}
    bring_way(subject, lambda _viewer, key: reverse(page, args=[key] if of_its_own else []), pages)


def bring_way(subject: str, way: Way, pages: Mapping[str, Named]) -> None:
    """Say where a message about a kind of subject leads whoever follows it, and which pages show one such.

    Whoever opens one of ``pages``, from wherever, has read the messages about what it shows.
    """
    _ways[subject] = way
    _pages.update({page: (subject, named) for page, named in pages.items()})


def shown_by(request: HttpRequest) -> About | None:
    """Return what the page that a request asks for shows, if messages may be about it."""
    match = request.resolver_match
    if request.method != "GET" or match is None or match.view_name not in _pages:
        return None
    subject, named = _pages[match.view_name]
    (key,) = match.kwargs.values()
    return subject, named(str(key))


def words_of(kind: str) -> Promise | str:
    """Return what a kind of message says; the kind itself where no room has brought words."""
    return _words.get(kind, kind)


def leads_on(subject: str) -> bool:
    """Say whether messages about a kind of subject lead to a page."""
    return subject in _ways


def address_of(viewer: Viewer, subject: str, key: str) -> str:
    """Return the address of what a message is about, for its reader; empty where there is none."""
    return _ways[subject](viewer, key) if leads_on(subject) else ""
