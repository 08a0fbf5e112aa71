"""Who may do what with matters, tasks, joint tasks and figures of them, by groups of roles."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from shige.trust.permissions import (
    CENTRE,
    COMMUNITY,
    DISTRICT,
    FIELD,
    OFFICE,
    OVERSIGHT,
    STAFF,
    STREET,
    TASKED,
    Action,
    Permission,
)

ACTIONS: Final[Mapping[Action, Permission]] = {
    "matter.see": Permission(_("See matters"), STAFF),
    "matter.handle": Permission(_("Handle matters"), STAFF | TASKED),
    "matter.dispatch": Permission(_("Dispatch matters"), OFFICE),
    "matter.lead": Permission(_("Take on hard cases in person"), frozenset({"leader"})),
    "rule.edit": Permission(_("Make routing rules"), STREET | CENTRE),
    "matter.import": Permission(_("Import matters"), STREET | CENTRE),
    "task.do": Permission(_("Take on tasks"), STAFF | TASKED),
    "joint.see": Permission(_("See joint tasks"), STREET | CENTRE),
    "joint.call": Permission(_("Call joint tasks"), STREET),
    "figures.see": Permission(_("See figures"), STAFF | OVERSIGHT),
    "desk.see": Permission(_("See the desk of the grid service centre"), STREET | DISTRICT),
    "matter.relay": Permission(_("Register matters for residents"), STAFF),
    "contact.reveal": Permission(_("Open contacts"), FIELD | COMMUNITY | STREET),
}
