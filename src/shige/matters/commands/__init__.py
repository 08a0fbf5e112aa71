"""Everything that changes a matter; each public function is one transaction."""

from .answering import add_words, answer, confirm, lapse_unconfirmed, reopen, request_review, say_not_solved
from .contact import reveal_claimant, reveal_contact, reveal_words
from .filing import file_matter
from .handling import add_note, set_place, solve, take
from .importing import import_matters
from .joint import call_joint, end_joint, excuse, hand_in_part, note_attendance, note_part_opening
from .merging import merge
from .passing import lead, pass_on, pass_up, refuse_duty, return_down
from .pausing import ask, extend, go_on
from .photographing import add_photos
from .reminding import remind_due
from .ruling import end_rule, put_in_force, try_rule, write_rule
from .sorting import sort
from .tasking import give_task, move_task, note_opening
from .wishing import claim, contacted, decline, offer_again, offer_cold_claims, publish, withdraw

__all__ = [
    "add_note",
    "add_photos",
    "add_words",
    "answer",
    "ask",
    "call_joint",
    "claim",
    "confirm",
    "contacted",
    "decline",
    "end_joint",
    "end_rule",
    "excuse",
    "extend",
    "file_matter",
    "give_task",
    "go_on",
    "hand_in_part",
    "import_matters",
    "lapse_unconfirmed",
    "lead",
    "merge",
    "move_task",
    "note_attendance",
    "note_opening",
    "note_part_opening",
    "offer_again",
    "offer_cold_claims",
    "pass_on",
    "pass_up",
    "publish",
    "put_in_force",
    "refuse_duty",
    "remind_due",
    "reopen",
    "request_review",
    "return_down",
    "reveal_claimant",
    "reveal_contact",
    "reveal_words",
    "say_not_solved",
    "set_place",
    "solve",
    "sort",
    "take",
    "try_rule",
    "withdraw",
    "write_rule",
]
