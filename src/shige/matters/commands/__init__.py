"""Everything that changes a matter; each public function is one transaction."""

from .answering import (
    add_words,
    answer,
    confirm,
    confirm_by_phone,
    lapse_unconfirmed,
    rate,
    reopen,
    request_review,
    say_not_solved,
    withdraw,
)
from .contact import reveal_claimant, reveal_contact, reveal_words
from .filing import file_matter
from .forgetting import forget_past
from .guard import release
from .handling import add_note, hear, set_place, solve, take
from .importing import import_matters
from .joint import call_joint, end_joint, excuse, hand_in_part, note_attendance, note_part_opening
from .merging import merge
from .passing import lead, pass_on, pass_up, refuse_duty, return_down
from .pausing import ask, extend, go_on
from .photographing import add_photos
from .praise import pass_along, thank
from .rechecking import recheck_failed, recheck_ok, rectify, write_off
from .redating import redate_approximate
from .relaying import register_found, relay_matter
from .reminding import remind_due
from .ruling import end_rule, put_in_force, try_rule, write_rule
from .sorting import sort
from .tasking import give_task, move_task, note_opening
from .visiting import not_reached, tell_visitors, visit_failed, visit_ok
from .wishing import claim, contacted, decline, offer_again, offer_cold_claims, publish

__all__ = [
    "add_note",
    "add_photos",
    "add_words",
    "answer",
    "ask",
    "call_joint",
    "claim",
    "confirm",
    "confirm_by_phone",
    "contacted",
    "decline",
    "end_joint",
    "end_rule",
    "excuse",
    "extend",
    "file_matter",
    "forget_past",
    "give_task",
    "go_on",
    "hand_in_part",
    "hear",
    "import_matters",
    "lapse_unconfirmed",
    "lead",
    "merge",
    "move_task",
    "not_reached",
    "note_attendance",
    "note_opening",
    "note_part_opening",
    "offer_again",
    "offer_cold_claims",
    "pass_along",
    "pass_on",
    "pass_up",
    "publish",
    "put_in_force",
    "rate",
    "recheck_failed",
    "recheck_ok",
    "rectify",
    "redate_approximate",
    "refuse_duty",
    "register_found",
    "relay_matter",
    "release",
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
    "tell_visitors",
    "thank",
    "try_rule",
    "visit_failed",
    "visit_ok",
    "withdraw",
    "write_off",
    "write_rule",
]
