"""The outbox: messages that leave the program, written with the change that causes them."""

from django.db import models


class OutboxMessage(models.Model):
    """One message to one receiver, who is named by a vault handle or is a person at work."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    kind = models.CharField(max_length=60)
    receiver_handle = models.UUIDField(null=True, help_text="telephone in the vault")
    receiver = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="messages")
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="outbox_due"),
            models.Index(fields=["receiver", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_has_one_receiver",
                condition=models.Q(receiver=None) ^ models.Q(receiver_handle=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
