"""The journal: one entry for each object that a command changed, in one gap-free order."""

from django.db import models


class JournalEntry(models.Model):
    """What happened to one object. Holds no personal data, so it never has to forget.

    ``position`` and the hashes are set later by the sequencer; from then on the database refuses any
    change of the row.
    """

    position = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    object_version = models.BigIntegerField()
    district = models.BigIntegerField(null=True)
    street = models.BigIntegerField(null=True)
    community = models.BigIntegerField(null=True)
    general = models.BigIntegerField(null=True)
    leaf = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    stamp = models.BinaryField(null=True, help_text="made by the program with a key that is not here")
    previous_hash = models.BinaryField(null=True)
    hash = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(position=None), name="journal_waiting_for_a_position"
            ),
            models.Index(fields=["object_type", "object_id", "object_version"]),
        ]

    def __str__(self) -> str:
        return f"{self.position or '-'} {self.verb} {self.object_type} {self.object_id}"
