"""What messages about division plans say."""

from collections.abc import Mapping
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shige.trust.gate import Viewer, may

MESSAGES: Final[Mapping[str, Promise]] = {
    "plan.submitted": _("A division plan waits for the street's decision:"),
    "plan.refused": _("The street returned your division plan:"),
    "plan.decided": _("The street decided your division plan:"),
    "plan.changes_grid": _("A decided division plan changes your grid:"),
    "grid.renamed": _("Your grid gets another name:"),
}


def way_to_plan(viewer: Viewer, key: str) -> str:
    """Return the address of a plan; for whoever reads no plans that of the map, where their grid stands."""
    if may(viewer, "plan.see"):
        return reverse("territory:plan", args=[int(key)])
    return reverse("territory:map")
