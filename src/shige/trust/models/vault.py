"""The vault: personal fields as ciphertext, reached by handle only (P5-P7)."""

import uuid

from django.db import models


class VaultKey(models.Model):
    """A data key, wrapped by a master key of the key file; many items share one."""

    wrapped = models.BinaryField()
    master = models.CharField(max_length=32, help_text="name of the wrapping key in the key file")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"data key {self.pk}"


class VaultItem(models.Model):
    """One personal value. Row-level security shows a row only to the transaction that named its handle."""

    handle = models.UUIDField(primary_key=True, default=uuid.uuid4)
    field = models.CharField(max_length=60, help_text="name of the declared personal field")
    key = models.ForeignKey(VaultKey, on_delete=models.PROTECT, related_name="+")
    nonce = models.BinaryField()
    sealed = models.BinaryField()
    blind = models.BinaryField(null=True, help_text="keyed hash for exact look-up")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["field", "blind"]), models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return str(self.handle)


class VaultReading(models.Model):
    """Who opened which value, when and why; written before the value is handed over (P5, P7)."""

    handle = models.UUIDField(db_index=True)
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    salt = models.BinaryField(null=True, help_text="so that its hash in the journal tells nothing")

    def __str__(self) -> str:
        return f"{self.handle} by {self.person_id}"
