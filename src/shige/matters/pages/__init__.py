"""The office's pages about matters."""

from .acting import act, add_photos, reveal
from .compounds import compound, compounds
from .lists import export, matters, today, unassigned
from .one import matter, photo
from .rules import rule_act, rules
from .rules import write as write_rule

__all__ = [
    "act",
    "add_photos",
    "compound",
    "compounds",
    "export",
    "matter",
    "matters",
    "photo",
    "reveal",
    "rule_act",
    "rules",
    "today",
    "unassigned",
    "write_rule",
]
