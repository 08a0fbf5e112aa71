"""Who does what about an opinion note, and the words for its parts (R40)."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shige.matters.workflow.workflows import workflow_of
from shige.profile import Actor
from shige.territory.lineage import lineage_of_row
from shige.trust.gate import Lineage, Scope, Viewer
from shige.trust.jurisdiction import language, profile
from shige.trust.permissions import Action

from .models import Opinion

OPINION_LEVELS: Final = ("community", "general", "micro", "exclusive")
"""Of which areas an opinion is written down."""

RAISE: Final = "raise"
"""The action by which a note is turned into a matter: it needs more than words."""

BANDS: Final[Mapping[str, Promise]] = {
    Opinion.Band.ONE: _("one person"),
    Opinion.Band.FEW: _("2 to 5 people"),
    Opinion.Band.MANY: _("6 to 20 people"),
    Opinion.Band.MOST: _("more than 20 people"),
}


def scope_over(viewer: Viewer, action: Action, lineage: Lineage) -> Scope | None:
    """Return the appointment by which ``viewer`` may do ``action`` there, if there is one."""
    return next((scope for scope in viewer.holding(action) if scope.covers(lineage)), None)


def sides_of(viewer: Viewer, opinion: Opinion) -> frozenset[Actor]:
    """Return as whom ``viewer`` may act on a note."""
    follows = scope_over(viewer, "opinion.follow", lineage_of_row(opinion))
    return frozenset({"dispatcher"}) if viewer.system or follows else frozenset()


def is_over(opinion: Opinion) -> bool:
    """Say whether a note is answered or set aside."""
    return workflow_of(Opinion.kind).state(opinion.state).phase == "done"


def theme_name(code: str) -> str:
    """Return the words for a theme; a code that the profile has dropped stays as it is."""
    names = {theme.code: theme.name for theme in profile().themes}
    return names[code].in_language(language()) if code in names else code
