"""Words for levels and states, from the profile and the catalogue."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shige.tables.headers import KIND
from shige.trust.jurisdiction import language, profile
from shige.trust.veil import DIGITS, RANGE, shuffled

from .computation.reasons import plain
from .models import Area, Plan

PLAN_STATES: Final[Mapping[str, str]] = {
    Plan.State.WAITING: gettext_noop("being computed"),
    Plan.State.FAILED: gettext_noop("cannot be computed"),
    Plan.State.PROPOSED: gettext_noop("draft"),
    Plan.State.SUBMITTED: gettext_noop("with the street for decision"),
    Plan.State.DECIDED: gettext_noop("decided"),
    Plan.State.REFUSED: gettext_noop("returned"),
}

AIMS: Final[Mapping[str, str]] = {
    "binds": gettext_noop("at most %(hours)s hours, in every grid"),
    "weighs": gettext_noop("at most %(hours)s hours where it can be"),
    "informs": gettext_noop("hours are told, and change nothing"),
}

STYLES: Final[Mapping[str, str]] = {
    "streets": gettext_noop("as a street office draws: compounds are grids"),
    "balanced": gettext_noop("compact and even, compounds weighed against it"),
}

SETTINGS: Final[Mapping[str, str]] = {
    "micro_target": gettext_noop("Doors of a micro-grid, wished for"),
    "general_target": gettext_noop("Households of a general grid, wished for"),
    "moving_price": gettext_noop("Price of moving a household"),
    "aim": gettext_noop("Aim of a round"),
    "style": gettext_noop("Style"),
    "weight_size": gettext_noop("Weight: near the target size"),
    "weight_compact": gettext_noop("Weight: compact"),
    "weight_compounds": gettext_noop("Weight: compounds whole"),
    "weight_roads": gettext_noop("Weight: boundaries on roads"),
    "weight_workload": gettext_noop("Weight: equal measured workload"),
    "weight_growth": gettext_noop("Weight: room for expected households"),
}


COLUMNS: Final[Mapping[str, str]] = {
    "population": gettext_noop("Residents"),
    "expected_households": gettext_noop("Households expected"),
    "workload": gettext_noop("Work, hours a month"),
    "minutes": gettext_noop("Buildings with minutes of their own"),
}
"""Optional columns of an import, as its preview adds them up."""


def aims() -> dict[str, str]:
    """Return what the aim of a round may do, with a place for its hours."""
    return {name: _(word) for name, word in AIMS.items()}


def styles() -> dict[str, str]:
    """Return what the styles of a division are called."""
    return {name: _(word) for name, word in STYLES.items()}


def column_word(name: str) -> str:
    """Return the word for an optional column of an import, or for a kind of residents."""
    if name.startswith(KIND):
        return kind_names()[name.removeprefix(KIND)]
    return _(COLUMNS[name])


def kind_names() -> dict[str, str]:
    """Return the name of each kind of residents that the profile counts (R7)."""
    return {kind.code: kind.name.in_language(language()) for kind in profile().grids.kinds}


def setting_word(name: str) -> str:
    """Return the word for a setting of a plan."""
    return _(SETTINGS[name])


def setting_value(value: str | float) -> str:
    """Return a setting's value in words."""
    if isinstance(value, str):
        return (aims() | styles())[value] % {"hours": plain(profile().grids.aim_hours)}
    return plain(value)


def level_word(level: str) -> str:
    """Return a level as a grid is called (总网格, 微网格 ...), else as a division is called."""
    found = profile().level(level)
    return (found.grid or found.name).in_language(language())


def area_word(area: Area) -> str:
    """Return what an area is: a community, or a community grid."""
    if area.kind == Area.Kind.GRID:
        return level_word(area.level)
    return profile().level(area.level).name.in_language(language())


def plan_number(key: int) -> str:
    """Return the number by which people call a plan; it tells nothing of how many there are."""
    return f"{shuffled(key % RANGE, 'plan.number'):0{DIGITS}d}"


def plan_state(state: str) -> str:
    """Return the word for the state of a plan."""
    return _(PLAN_STATES[state])
