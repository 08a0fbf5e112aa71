"""What other rooms show on the page of a division plan: each brings its panel."""

from collections.abc import Callable
from dataclasses import dataclass

from shige.trust.gate import Viewer

from ..models import Plan


@dataclass(frozen=True, slots=True)
class PlanPanel:
    """A part of a computed plan's page: ``template`` draws what ``content`` returns, if anything."""

    template: str
    content: Callable[[Viewer, Plan], dict[str, object]]


_panels: list[PlanPanel] = []


def bring_plan_panel(panel: PlanPanel) -> None:
    """Add a panel; those that are brought first stand first."""
    _panels.append(panel)


def panels_of(viewer: Viewer, plan: Plan) -> dict[str, object]:
    """Return the templates of the panels under ``panels``, with the words of all of them."""
    content: dict[str, object] = {}
    drawn: list[str] = []
    for panel in _panels:
        if said := panel.content(viewer, plan):
            content |= said
            drawn.append(panel.template)
    return content | {"panels": drawn}
