"""Who may do what with the map, plans, the ground and what stands on it, by groups of roles."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from shige.trust.permissions import BODY, CENTRE, OFFICE, OVERSIGHT, STAFF, STREET, TASKED, Action, Permission

ACTIONS: Final[Mapping[Action, Permission]] = {
    "map.see": Permission(_("See the map"), STAFF | OVERSIGHT | TASKED),
    "plan.see": Permission(_("See division plans"), OFFICE | BODY),
    "plan.propose": Permission(_("Propose division plans"), OFFICE | BODY),
    "plan.decide": Permission(_("Decide division plans"), STREET | CENTRE),
    "territory.import": Permission(_("Import the ground plan"), CENTRE | {"importer"}),
    "thing.see": Permission(_("See the register of things"), STAFF),
    "thing.inspect": Permission(_("Inspect things"), STAFF),
    "thing.edit": Permission(_("Keep the register of things"), OFFICE),
}
