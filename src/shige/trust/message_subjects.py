"""Of what a message may still tell: each room says which of its things somebody may know of now.

A message stays with whoever got it. What it names may have been sealed since, or be about its reader: then it
is not shown, nor the number in it (P3).
"""

from collections.abc import Callable, Collection, Iterable

from .gate import Viewer
from .models import OutboxMessage

Known = Callable[[Viewer, Collection[str]], set[str]]
"""Return those of some things, by the ids that messages name, of which somebody may know."""

KNOWN: dict[str, Known] = {}


def declare_known(subject_type: str, known: Known) -> None:
    """Declare once, when a room is loaded, who may know of what messages of a type name."""
    KNOWN[subject_type] = known


def still_told(viewer: Viewer, messages: Iterable[OutboxMessage]) -> list[OutboxMessage]:
    """Leave the messages whose things the viewer may know of; one statement for each type of thing."""
    received = list(messages)
    known: dict[str, set[str]] = {}
    for subject_type in {message.subject_type for message in received} & KNOWN.keys():
        named = {message.subject_id for message in received if message.subject_type == subject_type}
        known[subject_type] = KNOWN[subject_type](viewer, named)
    return [one for one in received if one.subject_id in known.get(one.subject_type, {one.subject_id})]
