"""Somebody begins or ends in a post: rooms above say what follows for what stands there (P3)."""

from collections.abc import Callable

Watcher = Callable[[int, int], None]
"""Told of a person and a post (ids), inside the transaction in which that person begins or ends there."""

_watchers: list[Watcher] = []


def bring_watcher(watcher: Watcher) -> None:
    """Tell ``watcher`` of every appointment that is made or ended."""
    _watchers.append(watcher)


def staffed(person: int, post: int) -> None:
    """Say that somebody begins or ends in a post, today or later."""
    for watcher in _watchers:
        watcher(person, post)
