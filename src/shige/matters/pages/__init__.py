"""The office's pages about matters."""

from .acting import act, add_photos, reveal
from .assigning import assign
from .beside import link, unlink
from .board import board, morning
from .compounds import compound, compounds
from .filters import by_phone, drop_filter, keep_filter
from .importing import preview as preview_import
from .importing import save as save_import
from .importing import start as start_import
from .joint import attendance, call_joint, end_joint, joint, move_part, part, result_for
from .lists import export, matters, today, unassigned
from .map import map_spots, matter_map
from .one import matter, photo, sight
from .rules import rule_act, rules
from .rules import write as write_rule
from .tasks import give_task, move_task, photo_of_task, task, tasks
from .uploads import upload, uploads

__all__ = [
    "act",
    "add_photos",
    "assign",
    "attendance",
    "board",
    "by_phone",
    "call_joint",
    "compound",
    "compounds",
    "drop_filter",
    "end_joint",
    "export",
    "give_task",
    "joint",
    "keep_filter",
    "link",
    "map_spots",
    "matter",
    "matter_map",
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
    "unlink",
    "upload",
    "uploads",
    "write_rule",
]
