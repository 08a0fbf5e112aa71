"""Names of grids that can be spoken (R5), from compounds and streets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from shige.profile.grids import GridRules

from .drafts import GridDraft
from .units import Unit

_NUMBER_AT_END = re.compile(r"[\s,，]*[0-9０-９]+\s*[号弄幢栋座#]?.*$")
_SPOKEN = re.compile(r"[^\W\d_]{2,}")  # two letters or characters in a row: C0147 cannot be spoken


def names(
    community: str, drafts: Sequence[GridDraft], units: Sequence[Unit], codes: Sequence[str], rules: GridRules
) -> list[str]:
    """Propose a name for each grid: place, number counted up there in the order of the codes, and level."""
    counts: Counter[tuple[str, str]] = Counter()
    found = [""] * len(drafts)
    for k in sorted(range(len(drafts)), key=lambda k: codes[k]):
        draft = drafts[k]
        members = [units[unit] for unit in draft.members]
        place = community if draft.level == "community" else _manager(members, draft) or place_name(members)
        counts[draft.level, place] += 1
        pattern = str(getattr(rules.names, draft.level))
        found[k] = pattern.format(place=place, number=counts[draft.level, place])
    return found


def place_name(units: Iterable[Unit]) -> str:
    """Name of the place where most doors are: their compound if it holds most of them, else a street."""
    compounds: Counter[str] = Counter()
    streets: Counter[str] = Counter()
    total = 0
    for unit in units:
        weight = unit.doors + 1
        total += weight
        compounds[unit.compound if _SPOKEN.search(unit.compound) else ""] += weight
        streets[_NUMBER_AT_END.sub("", unit.address)] += weight
    compound, street = _most(compounds), _most(streets)
    return compound if (compound and 2 * compounds[compound] > total) or not street else street


def _manager(members: Sequence[Unit], draft: GridDraft) -> str:
    """Name of the managing body of an exclusive grid, where it is a name and not a key."""
    manager = members[0].manager if draft.level == "exclusive" else ""
    return manager if re.search(r"[^\W\d_]{3,}$", manager) else ""


def _most(counts: Counter[str]) -> str:
    named = [name for name in counts if name]
    return min(named, key=lambda name: (-counts[name], name), default="")
