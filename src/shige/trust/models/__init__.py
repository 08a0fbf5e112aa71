"""State of the trust room: people and posts, the vault, the journal, the outbox."""

from .journal import JournalEntry
from .outbox import OutboxMessage
from .people import Appointment, CredentialReset, Person, Post, SignInFailure
from .recusal import Recusal, RecusalRequest
from .retention import RetentionClock
from .tokens import ApiToken, PasswordLink, SignInLink
from .vault import VaultItem, VaultKey, VaultReading

__all__ = [
    "ApiToken",
    "Appointment",
    "CredentialReset",
    "JournalEntry",
    "OutboxMessage",
    "PasswordLink",
    "Person",
    "Post",
    "Recusal",
    "RecusalRequest",
    "RetentionClock",
    "SignInFailure",
    "SignInLink",
    "VaultItem",
    "VaultKey",
    "VaultReading",
]
