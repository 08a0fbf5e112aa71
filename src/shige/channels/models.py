"""State of the channels: reports being written, answers taken in, and how often a sender has knocked."""

from django.db import models


class KeptDraft(models.Model):
    """A report being written, or the trace of one that was sent.

    ``owner`` is the hash of a secret in the session of the browser that writes it, ``key`` stands in each of
    its forms: two tabs write two reports. What was answered is encrypted under the vault's ``vault_key``;
    in the clear is only how long it may live. Once it is sent the answers are gone; ``form`` (the hash of the
    form as it was sent) leads to the same receipt again, and ``sealed`` is a keyed hash of its words.
    """

    owner = models.BinaryField()
    key = models.CharField(max_length=40)
    vault_key = models.ForeignKey("trust.VaultKey", null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField(default=bytes)
    brief = models.BooleanField(default=False, help_text="ends early: it speaks of danger to persons")
    saved = models.BooleanField(default=True, help_text="whether this browser may list it once it is sent")
    form = models.BinaryField(null=True)
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_draft_for_a_key")]
        indexes = [models.Index(fields=["touched_at"])]

    def __str__(self) -> str:
        return f"{'sent' if self.form else 'draft'} of {self.touched_at:%Y-%m-%d %H:%M}"


class TakenForm(models.Model):
    """A form that was taken in, by its hash: sent once more, it is thanked for and changes nothing."""

    digest = models.BinaryField(primary_key=True)
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["taken_at"])]

    def __str__(self) -> str:
        return f"form taken at {self.taken_at:%Y-%m-%d %H:%M}"


class Knocks(models.Model):
    """Requests of one sender in one minute; the sender is a keyed hash. Unlogged: it may be lost."""

    sender = models.BinaryField(primary_key=True)
    minute = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["minute"])]

    def __str__(self) -> str:
        return f"{self.count} in minute {self.minute}"


class Recovery(models.Model):
    """A one-time code that one network address asked for a telephone, and how often it did today.

    ``sender`` is the blind index of both, ``phone`` that of the telephone.
    """

    sender = models.BinaryField(primary_key=True)
    phone = models.BinaryField(db_index=True)
    nonce = models.BinaryField(default=bytes)
    made_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    day = models.DateField(null=True)
    sent = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"asked {self.sent} times on {self.day}"
