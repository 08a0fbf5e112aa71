"""Everything that changes the ground plan; each public function is one transaction."""

from .deciding import decide_plan
from .divisions import DivisionsImported, import_divisions
from .force import bring_into_force
from .plans import draw_plan, give_plan_up, propose_plan, refuse_plan, request_plan
from .refining import compute_again, move_building
from .root import whole_jurisdiction
from .submitting import comment_on, submit_plan
from .things import ThingIn, add_thing, add_things, change_thing, note_inspected, retire_thing
from .tiles import make_tiles
from .units import UnitsImported, import_units
from .wishing import draw_line, drop_wish, drop_wishes, keep_apart, keep_together, lock_grid

__all__ = [
    "DivisionsImported",
    "ThingIn",
    "UnitsImported",
    "add_thing",
    "add_things",
    "bring_into_force",
    "change_thing",
    "comment_on",
    "compute_again",
    "decide_plan",
    "draw_line",
    "draw_plan",
    "drop_wish",
    "drop_wishes",
    "give_plan_up",
    "import_divisions",
    "import_units",
    "keep_apart",
    "keep_together",
    "lock_grid",
    "make_tiles",
    "move_building",
    "note_inspected",
    "propose_plan",
    "refuse_plan",
    "request_plan",
    "retire_thing",
    "submit_plan",
    "whole_jurisdiction",
]
