"""Put messages into the outbox with the change that causes them, and account for their delivery."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, QuerySet, When
from django.utils import timezone

from ..bulk_insert import insert_many, insert_together
from ..gate import Viewer
from ..messages import About
from ..models import OutboxMessage

ATTEMPTS = 8


def enqueue(
    kind: str,
    subject_type: str,
    subject_id: object,
    *,
    receiver: int | None = None,
    receiver_handle: uuid.UUID | None = None,
    facts: dict[str, object] | None = None,
) -> None:
    """Write one message inside the caller's transaction; ``facts`` hold no personal data.

    A message to a person at work is delivered by being there; one to a handle waits for a channel.
    """
    if receiver is not None:
        insert_together(message_to(receiver, kind, subject_type, subject_id, facts))
        return
    insert_together(
        OutboxMessage(
            kind=kind,
            receiver_handle=receiver_handle,
            subject_type=subject_type,
            subject_id=str(subject_id),
            facts=facts or {},
        )
    )


def message_to(
    receiver: int, kind: str, subject_type: str, subject_id: object, facts: dict[str, object] | None = None
) -> OutboxMessage:
    """Return a message to a person at work, not yet saved, for whoever inserts it with what it tells of."""
    return OutboxMessage(
        kind=kind,
        receiver_id=receiver,
        subject_type=subject_type,
        subject_id=str(subject_id),
        facts=facts or {},
        state=OutboxMessage.State.SENT,
        sent_at=timezone.now(),
    )


@dataclass(frozen=True, slots=True)
class Note:
    """A message to a person at work: what kind, about what, to whom."""

    kind: str
    subject_type: str
    subject_id: str
    receiver: int


def enqueue_all(notes: Iterable[Note]) -> None:
    """Write messages to people at work with one statement."""
    insert_many([message_to(note.receiver, note.kind, note.subject_type, note.subject_id) for note in notes])


@transaction.atomic
def take_due(limit: int, first: Collection[str] = ()) -> list[OutboxMessage]:
    """Claim messages that are due; each comes up again later unless it is marked as sent.

    Those of a kind in ``first`` go before all others: somebody waits for them at this moment.
    """
    now = timezone.now()
    due = list(
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(state=OutboxMessage.State.WAITING, next_attempt_at__lte=now)
        .order_by(Case(When(kind__in=first, then=0), default=1), "next_attempt_at")[:limit]
    )
    for message in due:
        message.attempts += 1
        message.next_attempt_at = now + timedelta(minutes=2**message.attempts)
    OutboxMessage.objects.bulk_update(due, ["attempts", "next_attempt_at"])
    return due


def mark_sent(message: OutboxMessage) -> None:
    """Note that a channel took the message."""
    OutboxMessage.objects.filter(pk=message.pk).update(state=OutboxMessage.State.SENT, sent_at=timezone.now())


def mark_failed(message: OutboxMessage, error: str) -> None:
    """Keep the reason; after the last attempt the message is given up, visibly."""
    given_up = message.attempts >= ATTEMPTS
    OutboxMessage.objects.filter(pk=message.pk).update(
        last_error=error[:200],
        state=OutboxMessage.State.FAILED if given_up else OutboxMessage.State.WAITING,
    )


def mark_seen(viewer: Viewer, keys: Iterable[int]) -> int:
    """Note that a person at work has read some of the messages that were sent to them."""
    return _unread(viewer).filter(pk__in=list(keys)).update(seen_at=timezone.now())


def mark_seen_about(viewer: Viewer, about: About) -> int:
    """Note that a person at work has read what was sent to them about something: they have opened it."""
    subject, key = about
    told = _unread(viewer).filter(subject_type=subject, subject_id=key)
    return told.update(seen_at=timezone.now())


def _unread(viewer: Viewer) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(receiver=viewer.person, receiver__isnull=False, seen_at=None)
