"""Matters whose category an office has corrected or worked with to the end: what a suggestion learns from.

Clean text only: never confidential or sealed ones (P3, P6), never what speaks of somebody. No person, place
or number goes with a text, and none is kept of it beyond the numbers that were learned.
"""

from collections.abc import Iterator
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q

from shige.trust.gate import Viewer

from ..models import Matter, Step

MOST: Final = 10_000
"""The newest ones: people change how they speak, and offices how they sort."""


def sorted_matters(viewer: Viewer) -> Iterator[tuple[str, str, bool]]:
    """Yield text, category, and whether an office corrected it, the newest first; one statement.

    Raises
    ------
    PermissionDenied
        Only the program itself reads all areas at once.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself learns")
    corrected = Exists(Step.objects.filter(matter=OuterRef("pk"), action="sort"))
    ended = Q(state__in=[Matter.State.CLOSED, Matter.State.UNCONFIRMED, Matter.State.UNCONFIRMABLE])
    found = Matter.objects.filter(confidential=False, sealed=0).exclude(words="")
    known = found.annotate(corrected=corrected).filter(ended | Q(corrected=True)).order_by("-pk")
    rows = known.values_list("words", "gist", "category", "corrected")[:MOST]
    return ((f"{words} {gist}".strip(), code, bool(moved)) for words, gist, code, moved in rows)
