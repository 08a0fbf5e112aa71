"""What belongs to a matter: likely the same ones, merged and related ones, and how many follow it.

Likely the same are matters of one category in the same building or within 50 m, reported within 30 days of
each other. They are ordered by how alike their words are: bigrams of the clean text, which a confidential
matter has only where somebody wrote one for it. Danger to persons, and what is sealed, is never found by its
place (P3, P4). Nothing is merged by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Q

from shige.language.bigrams import bigrams
from shige.trust.gate import Viewer

from ...categories import hides_place
from ...lists.queries.rows import MatterRow, rows_of
from ...models import Matter, Relation
from ...models.follower import Follower
from ...neighbours.nearby import RECENT, beside, lies_at, spot_of
from ...workflow.actors import seen_by

LOOKED_AT: Final = 60
SHOWN: Final = 5
ALIKE_FROM: Final = 0.2
"""Share of bigrams (Dice) from which words count as alike: two tellings of one lamp share about a quarter."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A matter that may be the same: ``words`` says that the words are alike, ``older`` that it was first."""

    row: MatterRow
    words: bool
    older: bool


@dataclass(frozen=True, slots=True)
class Related:
    """A matter that somebody linked, and why."""

    row: MatterRow
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """All that belongs to one matter, as far as the viewer may see it."""

    alike: tuple[Alike, ...]
    merged: tuple[MatterRow, ...]
    into: MatterRow | None
    related: tuple[Related, ...]
    followers: int

    @property
    def others(self) -> int:
        """How many besides the reporter read its result."""
        return self.followers + len(self.merged)


def beside_matter(viewer: Viewer, matter: Matter) -> Beside:
    """Return what belongs to a matter that ``viewer`` may see; five statements."""
    alike = _alike(viewer, matter) if matter.merged_into_id is None else []
    pairs = Relation.objects.filter(Q(first=matter) | Q(second=matter)).order_by("-at")
    related = [(one.second_id if one.first_id == matter.pk else one.first_id, one) for one in pairs]
    merged = list(Matter.objects.filter(merged_into=matter).order_by("pk").values_list("pk", flat=True))
    wanted = {key for key, *_rest in alike} | {key for key, _one in related} | set(merged)
    seen = Matter.objects.filter(seen_by(viewer), pk__in=wanted | {matter.merged_into_id} - {None})
    rows = {row.key: row for row in rows_of(seen)}
    return Beside(
        alike=tuple(Alike(rows[key], words, older) for key, words, older in alike if key in rows),
        merged=tuple(rows[key] for key in merged if key in rows),
        into=rows.get(matter.merged_into_id or 0),
        related=tuple(Related(rows[key], one.reason, one.at) for key, one in related if key in rows),
        followers=Follower.objects.filter(matter=matter).count(),
    )


def likeness(one: str, other: str) -> float:
    """Return the share of bigrams that two texts have in common (Dice), 0 to 1."""
    first, second = set(bigrams(one)), set(bigrams(other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _alike(viewer: Viewer, matter: Matter) -> list[tuple[int, bool, bool]]:
    """Return keys of what may be the same, whether its words are alike, and whether it is the older one."""
    spot = spot_of(matter)
    if spot is None or hides_place(matter):
        return []
    candidates = Matter.objects.filter(
        seen_by(viewer),
        beside(spot),
        category=matter.category,
        sealed=0,
        reported_at__gte=matter.reported_at - RECENT,
        reported_at__lte=matter.reported_at + RECENT,
    ).exclude(pk=matter.pk)
    columns = ("pk", "lon", "lat", "building", "words", "gist", "confidential", "open", "reported_at")
    own = clean_text(matter.words, matter.gist, confidential=matter.confidential)
    scored = [
        (likeness(own, _clean(found)), found)
        for found in candidates.order_by(F("reported_at").desc()).values(*columns, "merged_into")[:LOOKED_AT]
        if found["merged_into"] is None  # asked here: an index on it would walk every matter that is none
        and lies_at(spot, found["lon"], found["lat"], found["building"])
    ]
    scored.sort(key=lambda pair: (pair[0] < ALIKE_FROM, not pair[1]["open"], -pair[0]))
    first = (matter.reported_at, matter.pk)
    return [
        (found["pk"], share >= ALIKE_FROM, (found["reported_at"], found["pk"]) < first)
        for share, found in scored[:SHOWN]
    ]


def clean_text(words: str, gist: str, *, confidential: bool) -> str:
    """Return the text of a matter that may be compared: of a confidential one only its gist."""
    return gist if confidential else f"{words} {gist}"


def _clean(found: Mapping[str, Any]) -> str:
    return clean_text(found["words"], found["gist"], confidential=found["confidential"])
