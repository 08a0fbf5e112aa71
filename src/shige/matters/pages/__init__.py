"""The office's pages about matters."""

from .acting import act, add_photos, reveal
from .beside import link, unlink
from .compounds import compound, compounds
from .lists import export, matters, today, unassigned
from .one import matter, photo

__all__ = [
    "act",
    "add_photos",
    "compound",
    "compounds",
    "export",
    "link",
    "matter",
    "matters",
    "photo",
    "reveal",
    "today",
    "unassigned",
    "unlink",
]
