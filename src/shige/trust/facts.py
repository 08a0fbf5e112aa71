"""What the journal is told of accounts, posts, tokens, the vault and itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .journal_facts import Bare, Fact, Vouching


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOpened(Fact):
    """A post came to be: its role in the profile, and its area (id)."""

    role: str
    area: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMade(Fact):
    """Somebody was appointed: the post (id), and as what."""

    post: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded(Fact):
    """An appointment to a post (id) ended or was taken back."""

    post: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Fact):
    """A token for programs: the actions that it allows, and for how many days."""

    actions: list[str]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExported(Fact):
    """A list left the program as a file of so many lines."""

    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultRead(Vouching):
    """A sealed value was opened; the journal vouches for the row that says by whom and why."""

    reason_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultWrittenAnew(Fact):
    """So many sealed values were brought into another form."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsForgotten(Fact):
    """Rows of a table from before a moment (microseconds since 1970, UTC) were deleted: their time is up."""

    before: int


FORGOTTEN: Final = "journal.forgotten"

FACTS: Final[Mapping[str, type[Fact]]] = {
    "account.closed": Bare,
    "account.invited": Bare,
    "account.opened": Bare,
    "account.password_set": Bare,
    "account.reset": Bare,
    "account.reset_asked": Bare,
    "account.sessions_ended": Bare,
    "appointment.ended": AppointmentEnded,
    "appointment.made": AppointmentMade,
    FORGOTTEN: RowsForgotten,
    "journal.key_rotated": Bare,
    "journal.vouched": Vouching,
    "person.added": Bare,
    "post.closed": Bare,
    "post.opened": PostOpened,
    "retention.clock_accepted": Bare,
    "session.opened_by_link": Bare,
    "token.issued": TokenIssued,
    "token.revoked": Bare,
    "vault.forgotten": Bare,
    "vault.found": VaultRead,
    "vault.revealed": VaultRead,
    "vault.rotated": Bare,
    "vault.written_anew": VaultWrittenAnew,
}
