"""Somebody who serves where a matter lies, by name: then it is about staff, though no post is said (P3)."""

from dataclasses import astuple, replace
from typing import Final

from shige.language.named import names, searchable
from shige.language.own_names import without_own_name
from shige.trust.gate import Lineage
from shige.trust.in_office import names_in_office

from .detectors import Heard

THANKS: Final = ("谢", "表扬", "点赞", "点个赞", "夸", "辛苦了", "thank", "praise")
"""Words of praise: whoever is praised may read it."""

LEAST: Final = {"street": 3, "district": 3}
"""How long a name is that is looked for: of a whole street's staff a short one is another's too."""


def named_here(words: str, lineage: Lineage) -> dict[int, str]:
    """Return who of those who serve in these areas is named (person to level of the area); one statement."""
    areas = [area for area in astuple(lineage) if area is not None]
    said = searchable(words)
    served = names_in_office(areas)
    return {pk: level for pk, name, level in served if len(name) >= LEAST.get(level, 2) and names(said, name)}


def with_holders(heard: Heard, words: str, lineage: Lineage) -> Heard:
    """Return what is heard, as about staff where words name who serves in these areas; one statement.

    A neighbour knows the worker by name; whoever says their own name and where they live may be called alike.
    In doubt it is sealed, and released by whoever dispatches above;
    whoever is named knows nothing of it then either (``above.keep_from``).
    """
    if heard.staff or any(word in words.lower() for word in THANKS):
        return heard
    levels = set(named_here(without_own_name(words), lineage).values())
    if not levels:
        return heard
    return replace(heard, staff="official" if levels & {"street", "district"} else "worker")
