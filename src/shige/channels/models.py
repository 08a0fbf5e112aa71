"""State of the channels: how often an address or telephone has knocked in this minute."""

from django.db import models


class Knocks(models.Model):
    """Requests of one sender in one minute; the sender is a keyed hash. Unlogged: it may be lost."""

    sender = models.BinaryField(primary_key=True)
    minute = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["minute"])]

    def __str__(self) -> str:
        return f"{self.count} in minute {self.minute}"
