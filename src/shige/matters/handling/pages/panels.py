"""What other rooms show on the page of a matter: each brings its panel."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.forms import Form

from shige.trust.gate import Viewer

from ...models import Matter

Slot = Literal["facts", "main"]
"""Where a panel stands: among the facts of the matter, or below them."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a matter's page.

    Attributes
    ----------
    template
        What draws it, with the page's own words and those of ``content``.
    slot
        Where it stands.
    content
        Called with the viewer, the matter, a form of the page that was refused, and the action that it
        belongs to; what it returns is added to the page's words, and nothing is drawn where it is empty.
        ``words_apart`` says that the panel opens the matter's words, so that the page does not.
    """

    template: str
    slot: Slot
    content: Callable[[Viewer, Matter, Form | None, str], dict[str, object]]


_panels: list[Panel] = []


def bring_panel(panel: Panel) -> None:
    """Add a panel; those that are brought first stand first."""
    _panels.append(panel)


def panels_on_page(viewer: Viewer, matter: Matter, failed: Form | None, action: str) -> dict[str, object]:
    """Return the templates of each slot under ``panels``, with the words of all of them."""
    content: dict[str, object] = {}
    drawn: dict[str, list[str]] = {"facts": [], "main": []}
    for panel in _panels:
        if said := panel.content(viewer, matter, failed, action):
            content |= said
            drawn[panel.slot].append(panel.template)
    return content | {"panels": drawn}
