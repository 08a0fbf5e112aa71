"""The pages of the matters room in the rail and among the desks."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shige.trust.navigation import Entry

RAIL: Final = (
    Entry("matters:today", _("Today"), "matter.handle", 10, "today"),
    Entry("matters:desk", pgettext_lazy("rail", "Service centre"), "desk.see", 20, "desk"),
    Entry("matters:list", _("Matters"), "matter.handle", 30, "matters"),
    Entry("matters:tasks", pgettext_lazy("rail", "Tasks"), "task.do", 40, "follow"),
)
DESKS: Final = (
    Entry("matters:list", _("List"), "matter.handle", 10),
    Entry("matters:map", _("Map"), "matter.handle", 20),
    Entry("matters:board", _("Dispatch board"), "matter.dispatch", 30),
    Entry("matters:morning", _("This morning"), "matter.dispatch", 40),
    Entry("matters:visits", _("Return visits"), "matter.handle", 60),
    Entry("matters:hazards", _("Hazards"), "matter.see", 70),
    Entry("matters:compounds", _("Oversized compounds"), "matter.dispatch", 100),
    Entry("matters:import", _("Import matters"), "matter.import", 130),
    Entry("matters:rules", _("Routing rules"), "rule.edit", 140),
)
