"""State of the trust room: people and posts, the vault, the journal, the outbox."""

from .journal import JournalEntry
from .outbox import OutboxMessage
from .people import Appointment, Person, Post
from .tokens import ApiToken, SignInLink
from .vault import VaultItem, VaultKey, VaultReading

__all__ = [
    "ApiToken",
    "Appointment",
    "JournalEntry",
    "OutboxMessage",
    "Person",
    "Post",
    "SignInLink",
    "VaultItem",
    "VaultKey",
    "VaultReading",
]
