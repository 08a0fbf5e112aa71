"""Parts of a page that other rooms bring: the page knows none of them, each draws what it has to say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .gate import Viewer

Subject = TypeVar("Subject")
"""What the page is about: a plan, an area."""


@dataclass(frozen=True, slots=True)
class Panel(Generic[Subject]):
    """A part of a page.

    Attributes
    ----------
    template
        What draws it, with the page's own words and those of ``content``.
    content
        Called with whoever looks and with what the page is about; what it returns is added to the page's
        words, and nothing is drawn where it is empty.
    """

    template: str
    content: Callable[[Viewer, Subject], dict[str, object]]


@dataclass(slots=True)
class Panels(Generic[Subject]):
    """The panels of one page; those that are brought first stand first."""

    brought: list[Panel[Subject]] = field(default_factory=list)

    def bring(self, template: str, content: Callable[[Viewer, Subject], dict[str, object]]) -> None:
        """Add a panel."""
        self.brought.append(Panel(template, content))

    def drawn(self, viewer: Viewer, subject: Subject) -> dict[str, object]:
        """Return the templates under ``panels``, with the words of all of them."""
        content: dict[str, object] = {}
        templates: list[str] = []
        for panel in self.brought:
            if said := panel.content(viewer, subject):
                content |= said
                templates.append(panel.template)
        return content | {"panels": templates}
