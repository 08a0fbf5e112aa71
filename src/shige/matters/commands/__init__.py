"""Everything that changes a matter; each public function is one transaction."""

from .answering import confirm, lapse_unconfirmed, reopen, say_not_solved
from .contact import reveal_contact, reveal_words
from .filing import file_matter
from .handling import add_note, pass_on, pass_up, return_down, set_place, solve, take
from .photographing import add_photos

__all__ = [
    "add_note",
    "add_photos",
    "confirm",
    "file_matter",
    "lapse_unconfirmed",
    "pass_on",
    "pass_up",
    "reopen",
    "return_down",
    "reveal_contact",
    "reveal_words",
    "say_not_solved",
    "set_place",
    "solve",
    "take",
]
