"""The office's pages about matters."""

from .acting import act, add_photos, reveal
from .board import board, morning
from .compounds import compound, compounds
from .lists import export, matters, today, unassigned
from .one import matter, photo
from .rules import rule_act, rules
from .rules import write as write_rule

__all__ = [
    "act",
    "add_photos",
    "board",
    "compound",
    "compounds",
    "export",
    "matter",
    "matters",
    "morning",
    "photo",
    "reveal",
    "rule_act",
    "rules",
    "today",
    "unassigned",
    "write_rule",
]
