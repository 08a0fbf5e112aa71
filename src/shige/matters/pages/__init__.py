"""The office's pages about matters."""

from .acting import act, add_photos, reveal
from .beside import link, unlink
from .board import board, morning
from .bulk_assigning import assign
from .compounds import compound, compounds
from .desk import desk, desk_rows
from .filters import by_phone, drop_filter, keep_filter
from .hazards import hazards
from .importing import preview as preview_import
from .importing import save as save_import
from .importing import start as start_import
from .joint import attendance, call_joint, end_joint, joint, move_part, part, result_for
from .lists import export, matters, today, unassigned
from .map import map_spots, matter_map
from .one import matter, photo, sight
from .recusal import recusal
from .rules import rule_act, rules
from .rules import write as write_rule
from .summaries import summary
from .tasks import give_task, move_task, photo_of_task, task, tasks
from .uploads import upload, uploads
from .visits import visits

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
    "desk",
    "desk_rows",
    "drop_filter",
    "end_joint",
    "export",
    "give_task",
    "hazards",
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
    "recusal",
    "result_for",
    "reveal",
    "rule_act",
    "rules",
    "save_import",
    "sight",
    "start_import",
    "summary",
    "task",
    "tasks",
    "today",
    "unassigned",
    "unlink",
    "upload",
    "uploads",
    "visits",
    "write_rule",
]
