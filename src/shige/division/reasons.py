"""Why a rule is broken, in words for the report (R6)."""

from __future__ import annotations

from typing import Final

WHY: Final = {
    "community_small": "the whole community has only {total} {counted}, so no division reaches {low}",
    "community_sum": (
        "the community holds {total} {counted}: divided by {fewer} one grid is over {high}, by {more} "
        "one is under {low}"
    ),
    "group_small": "the villagers' group, with those joined to it, has only {total} {counted}",
    "one_floor": "one floor of one entrance of {unit} has {doors} {counted} and cannot be divided further",
    "block_small": "{barriers} around {unit} leave only {total} {counted} there, and a grid takes {low}",
    "block_sum": (
        "{barriers} around {unit} leave {total} {counted} there: divided by {fewer} one grid is over "
        "{high}, by {more} one is under {low}"
    ),
    "block_parted": (
        "the buildings around {unit} have {counts} {counted}: no way to part them into neighbours keeps "
        "every grid within {low} to {high}"
    ),
    "hemmed": (
        "{unit} comes to {less} {counted} with neighbours on its side of every barrier, and with one more"
        " building to {more} at least; a grid takes {low} to {high}"
    ),
    "size_found": (
        "its {buildings} buildings have {held} {counted}; no division was found that keeps this and the "
        "grids beside it within {low} to {high}"
    ),
    "side_small": "{unit}'s side of {barriers} has only {total} {counted}, and a grid takes {low}",
    "side_sum": (
        "{unit}'s side of {barriers} has {total} {counted}: divided by {fewer} one grid is over {high}, "
        "by {more} one is under {low}"
    ),
    "side_hemmed": (
        "on its side of {barriers} {unit} comes to {less} {counted} with neighbours, and with one more "
        "building to {more} at least; a grid takes {low} to {high}"
    ),
    "across_found": (
        "it lies in {pieces} parts across {barriers}; no division was found that keeps to one side"
    ),
    "scattered": (
        "its ground lies in {pieces} parts, with {parts} {counted}, one around {unit}; "
        "no division was found that joins them"
    ),
    "scattered_home": (
        "its ground lies in {pieces} parts, with {parts} {counted}, as the community itself lies in {home} "
        "parts; no division was found that keeps to one of them"
    ),
    "long_round_small": (
        "{doors} doors, stairs and {metres} m of way take longer, and {doors} doors are too few for two "
        "grids of {low}"
    ),
    "long_round": "{doors} doors, stairs and {metres} m of way take longer; no smaller grids were found",
    "compound_parted": "{barriers} part the {doors} doors of {compound} into {parts}",
    "compound_encloses": (
        "{compound} has {doors} doors and leaves {enclosed} beside {unit} without a grid of {low}; with "
        "them it has {total}, over {high}"
    ),
    "compound_hemmed": (
        "{compound} comes to {less} doors with its neighbours, and with one more building to {more} at "
        "least; a grid takes {low} to {high}"
    ),
    "compound_scattered": (
        "other buildings lie between those of {compound}, with {parts} of its {doors} doors; no division "
        "was found that joins them"
    ),
    "compound_found": (
        "{parts} of the {doors} doors of {compound} lie in different grids; no division was found that "
        "keeps it whole and breaks no other rule"
    ),
    "mixed_small": (
        "{compound} has only {total} doors here with what lies beside it outside other walls, "
        "and a grid takes {low}, so {compounds} share one"
    ),
    "mixed_hemmed": (
        "{compound} comes to {less} doors here with what lies beside it outside other walls, and with "
        "one more building to {more} at least, so {compounds} share a grid"
    ),
    "mixed_found": (
        "{compounds} share a grid, with {parts} doors; no division was found that keeps them apart and "
        "breaks no other rule"
    ),
    "locked_size": "the grid is locked, so its {doors_held} {counted} stay as they are",
    "locked_unknown": "{code} is no micro-grid in force here that has doors",
    "compound_shared": (
        "{compound} has {total} households in several communities, {parts} in {communities}, "
        "and each divides its own part"
    ),
    "together_large": "{units} have {doors} doors together, and a micro-grid holds no more than {most}",
    "together_far": "{units} do not hang together within {most} doors",
    "together_elsewhere": "{units}: not among the community's buildings outside exclusive grids",
    "together_locked": "one of {units} lies in a locked grid",
    "together_apart": "two of {units}, or of what lies between them, were to be kept apart",
    "apart_joined": "{units} cannot be kept apart without breaking another rule",
    "line_crossed": "{units} lie on both sides of the line, and parting them breaks another rule",
    "outside": "{unit} lies outside the community's area, so its own ground was added to it",
    "overlap": "the areas of communities overlap here; each place went to the nearest building's community",
    "no_area": "no area was given for this community, so the buffered hull of its buildings stands for it",
    "no_building": "there is no building in this community, so nothing can be divided",
}

PROVED: Final = WHY.keys() - {
    "across_found",
    "compound_found",
    "compound_scattered",
    "long_round",
    "mixed_found",
    "scattered",
    "scattered_home",
    "size_found",
}
"""Causes from which it follows that no division keeps the rule; the others say that none was found."""
