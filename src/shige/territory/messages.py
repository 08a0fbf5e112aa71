"""What messages about division plans say."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Final[Mapping[str, Promise]] = {
    "plan.submitted": _("A division plan waits for the street's decision:"),
    "plan.refused": _("The street returned your division plan:"),
    "plan.decided": _("The street decided your division plan:"),
    "plan.changes_grid": _("A decided division plan changes your grid:"),
}
