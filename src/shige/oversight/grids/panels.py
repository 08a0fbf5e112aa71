"""What others show an overseer of a grid: each brings its panel, in which there is no resident (R10)."""

from collections.abc import Callable
from dataclasses import dataclass

from shige.territory.models import Area
from shige.trust.gate import Viewer


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page of a grid that somebody oversees.

    Attributes
    ----------
    template
        What draws it, with the page's own words and those of ``content``.
    content
        Called with the overseer and the area; what it returns is added to the page's words, and nothing is
        drawn where it is empty.
    """

    template: str
    content: Callable[[Viewer, Area], dict[str, object]]


_panels: list[Panel] = []


def bring_panel(panel: Panel) -> None:
    """Add a panel; those that are brought first stand first."""
    _panels.append(panel)


def panels_of(viewer: Viewer, area: Area) -> dict[str, object]:
    """Return the templates under ``panels``, with the words of all of them."""
    content: dict[str, object] = {}
    drawn: list[str] = []
    for panel in _panels:
        if said := panel.content(viewer, area):
            content |= said
            drawn.append(panel.template)
    return content | {"panels": drawn}
