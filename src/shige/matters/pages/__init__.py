"""The office's pages about matters."""

from .acting import act, add_photos, reveal
from .board import board, morning
from .compounds import compound, compounds
from .importing import preview as preview_import
from .importing import save as save_import
from .importing import start as start_import
from .lists import export, matters, today, unassigned
from .one import matter, photo
from .rules import rule_act, rules
from .rules import write as write_rule
from .joint import attendance, call_joint, end_joint, joint, move_part, part, result_for
from .lists import export, matters, today, unassigned
from .one import matter, photo, sight
from .tasks import give_task, move_task, photo_of_task, task, tasks

__all__ = [
    "act",
    "add_photos",
    "attendance",
    "board",
    "call_joint",
    "compound",
    "compounds",
    "end_joint",
    "export",
    "give_task",
    "joint",
    "matter",
    "matters",
    "morning",
    "move_part",
    "move_task",
    "part",
    "photo",
    "photo_of_task",
    "preview_import",
    "result_for",
    "reveal",
    "rule_act",
    "rules",
    "save_import",
    "sight",
    "start_import",
    "task",
    "tasks",
    "today",
    "unassigned",
    "write_rule",
]
