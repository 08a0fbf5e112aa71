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
    "shared": gettext_noop("a compound in %(value)s communities"),
    "area": gettext_noop("the community's area does not fit"),
    "buildings": gettext_noop("there is no building"),
}

CAUSES: Final[Mapping[str, str]] = {
    "community_small": gettext_noop("the whole community has only %(total)s, so no division reaches %(low)s"),
    "community_sum": gettext_noop(
        "the community holds %(total)s: divided by %(fewer)s one grid is over %(high)s, "
        "by %(more)s one is under %(low)s"
    ),
    "group_small": gettext_noop("the villagers' group, with those joined to it, has only %(total)s"),
    "one_floor": gettext_noop(
        "one floor of one entrance of %(unit)s alone has %(doors)s and cannot be divided further"
    ),
    "block_small": gettext_noop(
        "%(barriers)s around %(unit)s leave only %(total)s there, and a grid takes %(low)s"
    ),
    "block_sum": gettext_noop(
        "%(barriers)s around %(unit)s leave %(total)s there: divided by %(fewer)s one grid is over %(high)s, "
        "by %(more)s one is under %(low)s"
    ),
    "block_parted": gettext_noop(
        "the buildings around %(unit)s hold %(counts)s: no way to part them into neighbours keeps every "
        "grid within %(low)s to %(high)s"
    ),
    "hemmed": gettext_noop(
        "%(unit)s comes to %(less)s with neighbours on its side of every barrier, and with one more "
        "building to %(more)s at least; a grid takes %(low)s to %(high)s"
    ),
    "size_found": gettext_noop(
        "its %(buildings)s buildings hold %(held)s; no division was found that keeps this and the grids "
        "beside it within %(low)s to %(high)s"
    ),
    "side_small": gettext_noop(
        "%(unit)s's side of %(barriers)s has only %(total)s, and a grid takes %(low)s"
    ),
    "side_sum": gettext_noop(
        "%(unit)s's side of %(barriers)s has %(total)s: divided by %(fewer)s one grid is over %(high)s, "
        "by %(more)s one is under %(low)s"
    ),
    "side_hemmed": gettext_noop(
        "on its side of %(barriers)s %(unit)s comes to %(less)s with neighbours, and with one more "
        "building to %(more)s at least; a grid takes %(low)s to %(high)s"
    ),
    "across_found": gettext_noop(
        "it lies in %(pieces)s parts across %(barriers)s; no division was found that keeps to one side"
    ),
    "scattered": gettext_noop(
        "its ground lies in %(pieces)s parts, with %(parts)s on them, one around %(unit)s; no division "
        "was found that joins them"
    ),
    "scattered_home": gettext_noop(
        "its ground lies in %(pieces)s parts, with %(parts)s on them, as the community itself lies in "
        "%(home)s parts; no division was found that keeps to one of them"
    ),
    "long_round_small": gettext_noop(
        "%(doors)s doors, stairs and %(metres)s m of way take longer, and %(doors)s doors are too few for"
        " two grids of %(low)s"
    ),
    "long_round": gettext_noop(
        "%(doors)s doors, stairs and %(metres)s m of way take longer; no smaller grids were found"
    ),
    "compound_parted": gettext_noop("%(barriers)s part the %(doors)s doors of %(compound)s into %(parts)s"),
    "compound_encloses": gettext_noop(
        "%(compound)s has %(doors)s doors and leaves %(enclosed)s beside %(unit)s without a grid of "
        "%(low)s; with them it has %(total)s, over %(high)s"
    ),
    "compound_hemmed": gettext_noop(
        "%(compound)s comes to %(less)s doors with its neighbours, and with one more building to %(more)s"
        " at least; a grid takes %(low)s to %(high)s"
    ),
    "compound_scattered": gettext_noop(
        "other buildings lie between those of %(compound)s, with %(parts)s of its %(doors)s doors; no "
        "division was found that joins them"
    ),
    "compound_found": gettext_noop(
        "%(parts)s of the %(doors)s doors of %(compound)s lie in different grids; no division was found "
        "that keeps it whole and breaks no other rule"
    ),
    "mixed_small": gettext_noop(
        "%(compound)s has only %(total)s doors here with what lies beside it outside other walls, and a "
        "grid takes %(low)s, so %(compounds)s share one"
    ),
    "mixed_hemmed": gettext_noop(
        "%(compound)s comes to %(less)s doors here with what lies beside it outside other walls, and with"
        " one more building to %(more)s at least, so %(compounds)s share a grid"
    ),
    "mixed_found": gettext_noop(
        "%(compounds)s share a grid, with %(parts)s doors; no division was found that keeps them apart "
        "and breaks no other rule"
    ),
    "compound_shared": gettext_noop(
        "%(compound)s has %(total)s households in several communities, %(parts)s in %(communities)s, and "
        "each divides its own part"
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

BARRIERS: Final[Mapping[str, str]] = {
    "motorway": gettext_noop("a motorway"),
    "trunk": gettext_noop("a trunk road"),
    "primary": gettext_noop("a primary road"),
    "rail": gettext_noop("a railway"),
    "river": gettext_noop("a river"),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken rule in words: what is broken and by how much, and why."""

    rule: str
    what: str
    why: str


def in_words(found: Mapping[str, Any]) -> Broken:
    """Say a violation, as a grid's version keeps it, in the reader's language.

    A rule or cause that is not known here, or by other numbers, is told in the words of the division.
    """
    rule, cause = str(found["rule"]), str(found["cause"])
    numbers = {name: plain(found[name]) for name in ("value", "limit")}
    what = _(RULES[rule]) % numbers if rule in RULES else rule
    return Broken(rule, what, _why(cause, dict(found["details"])) or str(found["why"]))


def _why(cause: str, details: dict[str, Any]) -> str:
    kinds = str(details.get("barriers", "")).split(", ")
    details["barriers"] = " + ".join(_(BARRIERS[kind]) if kind in BARRIERS else kind for kind in kinds)
    try:
        return _(CAUSES[cause]) % details
    except KeyError:
        return ""


def plain(number: float) -> str:
    """Write a number without a needless decimal point."""
    return f"{number:.10g}"
