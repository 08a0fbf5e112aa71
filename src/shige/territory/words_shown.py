"""Words for levels and states, from the profile and the catalogue."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shige.trust.jurisdiction import language, profile

from .models import Area, Plan

PLAN_STATES: Final[Mapping[str, str]] = {
    Plan.State.WAITING: gettext_noop("being computed"),
    Plan.State.FAILED: gettext_noop("cannot be computed"),
    Plan.State.PROPOSED: gettext_noop("to be decided"),
    Plan.State.DECIDED: gettext_noop("decided"),
    Plan.State.REFUSED: gettext_noop("refused"),
}


def level_word(level: str) -> str:
    """Return a level as a grid is called (总网格, 微网格 ...), else as a division is called."""
    found = profile().level(level)
    return (found.grid or found.name).in_language(language())


def area_word(area: Area) -> str:
    """Return what an area is: a community, or a community grid."""
    if area.kind == Area.Kind.GRID:
        return level_word(area.level)
    return profile().level(area.level).name.in_language(language())


def plan_state(state: str) -> str:
    """Return the word for the state of a plan."""
    return _(PLAN_STATES[state])
