"""What people had deleted, as a list of digests outside the database and in no backup (P6).

A restored backup brings back what was deleted after it was made; by this list it is deleted again. A line
tells when, of what kind, and the SHA-256 of a name that only a database holding the thing can compute: the
list itself tells of nobody. Lines are only ever added, and signed with the key of the checkpoints.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from .checkpoints import append_erased
from .database_clock import database_time
from .entry_stamp import checkpoint_keys
from .gate import Viewer

AGAIN: dict[str, Callable[[Viewer, Collection[str]], int]] = {}
"""How what is on the list is deleted again after a restore, by kind: digests in, out comes how many."""


def erase_again_with(kind: str, again: Callable[[Viewer, Collection[str]], int]) -> None:
    """Say once, when a room is loaded, how things of a kind are deleted again."""
    AGAIN[kind] = again


def erase_all_again(viewer: Viewer, listed: Mapping[str, Collection[str]]) -> int:
    """Delete, after a restore, everything that is on the list; return how much.

    Called as a role that sees every row.

    Raises
    ------
    KeyError
        The list has a kind that nobody deletes.
    """
    return sum(AGAIN[kind](viewer, digests) for kind, digests in listed.items() if digests)


def note_erasures(kind: str, names: Iterable[str]) -> None:
    """Put things on the list before the caller's transaction ends: what is not on it is not deleted.

    Raises
    ------
    KeyError
        Nobody has said how things of this kind are deleted again.
    OSError
        There is no room on the disk, for example.
    """
    found = list(names)
    if kind not in AGAIN:
        raise KeyError(kind)
    if not found:
        return
    at = database_time().isoformat()
    lines = [{"at": at, "kind": kind, "digest": digest_of(kind, name)} for name in found]
    append_erased(settings.SHIGE_ERASURES, checkpoint_keys(), lines)


def erased_since(path: Path, moment: datetime) -> dict[str, set[str]]:
    """Return the digests of what was deleted since then, by kind; a line broken off is passed over."""
    found: dict[str, set[str]] = defaultdict(set)
    if not path.exists():
        return found
    for text in path.read_bytes().splitlines():
        try:
            line = json.loads(text)
            if datetime.fromisoformat(line["at"]) >= moment:
                found[line["kind"]].add(line["digest"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def digest_of(kind: str, name: str) -> str:
    """Return what the list says of a thing."""
    return hashlib.sha256(f"{kind} {name}".encode()).hexdigest()
