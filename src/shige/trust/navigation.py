"""Ways to the pages of the office: each room brings its own, with who may go there.

The rail stands beside every page and leads to what a post does daily; desks are the pages of one
kind of work, as links above each of them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .permissions import Action

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to a page.

    Attributes
    ----------
    page
        The name of its address, as ``room:name``.
    label
        What the link says, to be translated where it is shown.
    action
        What somebody must be allowed to do to be shown it.
    rank
        Where it stands among the others, the lowest first.
    icon
        The name of its picture; desks have none.
    """

    page: str
    label: "StrOrPromise"
    action: Action
    rank: int
    icon: str = ""


_rail: dict[str, Entry] = {}
_desks: dict[str, Entry] = {}


def bring_rail(*entries: Entry) -> None:
    """Add entries to the rail."""
    _rail.update({entry.page: entry for entry in entries})


def bring_desks(*entries: Entry) -> None:
    """Add desks."""
    _desks.update({entry.page: entry for entry in entries})


def rail_entries() -> list[Entry]:
    """Return the entries of the rail in their order."""
    return sorted(_rail.values(), key=lambda entry: entry.rank)


def desk_entries() -> list[Entry]:
    """Return the desks in their order."""
    return sorted(_desks.values(), key=lambda entry: entry.rank)
