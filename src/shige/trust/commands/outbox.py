"""Put messages into the outbox with the change that causes them, and account for their delivery."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ..gate import Viewer
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
    inside = receiver is not None
    OutboxMessage.objects.create(
        kind=kind,
        receiver_id=receiver,
        receiver_handle=receiver_handle,
        subject_type=subject_type,
        subject_id=str(subject_id),
        facts=facts or {},
        state=OutboxMessage.State.SENT if inside else OutboxMessage.State.WAITING,
        sent_at=timezone.now() if inside else None,
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
    now, sent = timezone.now(), OutboxMessage.State.SENT
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind=note.kind,
            receiver_id=note.receiver,
            subject_type=note.subject_type,
            subject_id=note.subject_id,
            state=sent,
            sent_at=now,
        )
        for note in notes
    )


@transaction.atomic
def take_due(limit: int) -> list[OutboxMessage]:
    """Claim messages that are due; each comes up again later unless it is marked as sent."""
    now = timezone.now()
    due = list(
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(state=OutboxMessage.State.WAITING, next_attempt_at__lte=now)
        .order_by("next_attempt_at")[:limit]
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


def mark_seen(viewer: Viewer) -> int:
    """Note that a person at work has seen what was sent to them."""
    return OutboxMessage.objects.filter(receiver=viewer.person, seen_at=None).update(seen_at=timezone.now())
