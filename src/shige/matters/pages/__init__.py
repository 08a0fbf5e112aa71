"""The office's pages about matters."""

from .acting import act, add_photos, reveal
from .compounds import compound, compounds
from .lists import export, matters, today, unassigned
from .one import matter, photo
from .uploads import upload, uploads

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
    "today",
    "unassigned",
    "upload",
    "uploads",
]
