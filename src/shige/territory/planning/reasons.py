"""Say in the reader's language which rule a grid breaks and why (R6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

RULES: Final[Mapping[str, str]] = {
    "micro_doors": gettext_noop("%(value)s households and shops; the limit is %(limit)s"),
    "general_households": gettext_noop("%(value)s households; the limit is %(limit)s"),
    "connected": gettext_noop("in %(value)s parts instead of one"),
    "compound": gettext_noop("walls of compounds that the grid does not keep"),
    "locked": gettext_noop("a grid that was to stay as it is"),
    "together": gettext_noop("buildings that were to share one micro-grid"),
    "apart": gettext_noop("buildings that were to lie in different micro-grids"),
    "line": gettext_noop("a line that no micro-grid was to cross"),
    "hours": gettext_noop("a round takes %(value)s hours; the aim is %(limit)s"),
    "area": gettext_noop("the community's area does not fit"),
    "buildings": gettext_noop("there is no building"),
}

CAUSES: Final[Mapping[str, str]] = {
    "community_small": gettext_noop("the whole community has only %(total)s, so no division reaches %(low)s"),
    "community_sum": gettext_noop(
        "the community holds %(total)s: with %(fewer)s grids one is over %(high)s, "
        "with %(more)s one is under %(low)s"
    ),
    "group_small": gettext_noop("the villagers' group, with those joined to it, has only %(total)s"),
    "one_floor": gettext_noop(
        "one floor of one entrance of %(unit)s alone has %(doors)s and cannot be divided further"
    ),
    "block_small": gettext_noop("the barriers around it leave only %(total)s in its block"),
    "neighbours": gettext_noop(
        "no border between its %(buildings)s buildings and their neighbours keeps both "
        "within %(low)s to %(high)s"
    ),
    "barrier": gettext_noop(
        "it lies on %(pieces)s sides of a road, railway or river, because one side alone does not make a grid"
    ),
    "scattered": gettext_noop("its buildings or ground lie in %(pieces)s parts with others between them"),
    "long_round": gettext_noop(
        "%(doors)s doors, stairs and %(metres)s m of way take longer, and a smaller grid breaks another rule"
    ),
    "compound_split": gettext_noop(
        "%(compound)s has %(doors)s doors, and whole it leaves a grid beside it out of bounds"
    ),
    "compound_scattered": gettext_noop(
        "the buildings of %(compound)s (%(doors)s doors) do not hang together"
    ),
    "compounds_mixed": gettext_noop(
        "%(compounds)s share a grid, since one alone leaves a grid beside it out of bounds"
    ),
    "locked_size": gettext_noop("the grid is locked, so its %(doors_held)s stay as they are"),
    "locked_unknown": gettext_noop("%(code)s is no micro-grid in force here that has doors"),
    "together_large": gettext_noop(
        "%(units)s have %(doors)s doors together, and a micro-grid holds no more than %(most)s"
    ),
    "together_far": gettext_noop("%(units)s do not hang together within %(most)s doors"),
    "together_elsewhere": gettext_noop(
        "%(units)s: not among the community's buildings outside exclusive grids"
    ),
    "together_locked": gettext_noop("one of %(units)s lies in a locked grid"),
    "together_apart": gettext_noop("two of %(units)s, or of what lies between them, were to be kept apart"),
    "apart_joined": gettext_noop("%(units)s cannot be kept apart without breaking another rule"),
    "line_crossed": gettext_noop(
        "%(units)s lie on both sides of the line, and parting them breaks another rule"
    ),
    "outside": gettext_noop("%(unit)s lies outside the community's area, so its own ground was added to it"),
    "overlap": gettext_noop(
        "the areas of communities overlap here; each place went to the nearest building's community"
    ),
    "no_area": gettext_noop(
        "no area was given for this community, so the buffered hull of its buildings stands for it"
    ),
    "no_building": gettext_noop("there is no building in this community, so nothing can be divided"),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken rule in words: what is broken and by how much, and why."""

    rule: str
    what: str
    why: str


def in_words(found: Mapping[str, Any]) -> Broken:
    """Say a violation, as a grid's version keeps it, in the reader's language.

    A rule or cause that is not known here is told in the words of the division.
    """
    rule, cause = str(found["rule"]), str(found["cause"])
    numbers = {name: plain(found[name]) for name in ("value", "limit")}
    what = _(RULES[rule]) % numbers if rule in RULES else rule
    why = _(CAUSES[cause]) % dict(found["details"]) if cause in CAUSES else str(found["why"])
    return Broken(rule, what, why)


def plain(number: float) -> str:
    """Write a number without a needless decimal point."""
    return f"{number:.10g}"
