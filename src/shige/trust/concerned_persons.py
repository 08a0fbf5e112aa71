"""Whom something sealed may be about: persons, whatever post they read it in (P3).

A seal keeps a matter from everybody who serves on the levels below it in its street. That somebody holds
another post above the seal, as a substitute at the street does, changes nothing: it may still be about them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

LOOKED_BACK: Final = timedelta(days=365)
"""How long before it was told what is told may have happened: who had left earlier is not meant."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What must be known of something sealed to say whom it may be about; ``key`` is the matter's id."""

    seal: int
    street: int | None
    reported_at: datetime
    key: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """Where somebody serves, or served: what carries ``seal`` or a higher one there may be about them.

    ``until`` is when they left; None while they serve. What lies in no street may be about anybody's.
    """

    street: int
    seal: int
    until: datetime | None = None

    def holds(self, told: Sealed) -> bool:
        """Say whether something sealed may be about whoever serves or served here."""
        if told.seal < self.seal or told.street not in (None, self.street):
            return False
        return self.until is None or told.reported_at < self.until + LOOKED_BACK

    @property
    def rows(self) -> Q:
        """The filter of the rows for which ``holds`` is true."""
        found = Q(sealed__gte=self.seal) & (Q(street_id=self.street) | Q(street_id__isnull=True))
        return found if self.until is None else found & Q(reported_at__lt=self.until + LOOKED_BACK)


@dataclass(frozen=True, slots=True)
class Ties:
    """Where one person serves and served, and the matters (ids) from which they are kept by name."""

    served: frozenset[Tie] = frozenset()
    named: frozenset[int] = frozenset()

    def hold(self, told: Sealed) -> bool:
        """Say whether something may be about this person: by their post while it is sealed, by name for good.

        A seal that is lifted, as no danger or about nobody of the staff, does not bring a reporter's words
        before whoever they name.
        """
        if told.key in self.named:
            return True
        return told.seal > 0 and any(tie.holds(told) for tie in self.served)

    def rows(self, clearance: int) -> Q:
        """Return the filter of the rows for which ``hold`` is true, among those up to a seal.

        The rows carry ``sealed``, ``street_id`` and ``reported_at``, and have the matter's id as their key.
        """
        kept = Q(pk__in=sorted(self.named)) if self.named else Q()
        for tie in sorted(self.served, key=lambda tie: (tie.street, tie.seal, str(tie.until))):
            if tie.seal <= clearance:
                kept |= tie.rows
        return kept


NONE: Final = Ties()
