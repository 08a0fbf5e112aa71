"""The office's pages about matters."""

from .acting import act, add_photos, reveal
from .assigning import assign
from .board import board, morning
from .compounds import compound, compounds
from .filters import by_phone, drop_filter, keep_filter
from .importing import preview as preview_import
from .importing import save as save_import
from .importing import start as start_import
from .lists import export, matters, today, unassigned
from .map import map_spots, matter_map
from .one import matter, photo
from .rules import rule_act, rules
from .rules import write as write_rule

__all__ = [
    "act",
    "add_photos",
    "assign",
    "board",
    "by_phone",
    "compound",
    "compounds",
    "drop_filter",
    "export",
    "keep_filter",
    "map_spots",
    "matter",
    "matter_map",
    "matters",
    "morning",
    "photo",
    "preview_import",
    "reveal",
    "rule_act",
    "rules",
    "save_import",
    "start_import",
    "today",
    "unassigned",
    "write_rule",
]
