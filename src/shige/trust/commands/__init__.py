"""Everything that changes the state of the trust room; each public function is one transaction."""

from .journal import entry_of, record, record_all, sequence, verify
from .outbox import Note, enqueue, enqueue_all, mark_failed, mark_seen, mark_sent, message_to, take_due
from .people import add_person, appoint, close_post, end_appointment, open_post
from .tokens import issue_token, make_sign_in_link, revoke_token, use_sign_in_link, use_token
from .vault import (
    forget,
    forget_expired,
    is_over,
    note_readings,
    replace,
    reveal,
    rotate,
    seal,
    seal_all,
    seal_rows,
    sealed_items,
    write_anew,
)

__all__ = [
    "Note",
    "add_person",
    "appoint",
    "close_post",
    "end_appointment",
    "enqueue",
    "enqueue_all",
    "entry_of",
    "forget",
    "forget_expired",
    "is_over",
    "issue_token",
    "make_sign_in_link",
    "mark_failed",
    "mark_seen",
    "mark_sent",
    "message_to",
    "note_readings",
    "open_post",
    "record",
    "record_all",
    "replace",
    "reveal",
    "revoke_token",
    "rotate",
    "seal",
    "seal_all",
    "seal_rows",
    "sealed_items",
    "sequence",
    "take_due",
    "use_sign_in_link",
    "use_token",
    "verify",
    "write_anew",
]
