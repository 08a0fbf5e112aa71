"""Figures' own memory: one row for each matter, read from the journal and from nothing else."""

from django.db import models


class Reader(models.Model):
    """How far a reader of the journal has come."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class CaseFact(models.Model):
    """What figures need to know of one matter. No words, no persons.

    ``district_id`` to ``leaf_id`` are plain ids of areas under the names by which the gate compares
    them; ``owner`` is the id of the post that answers for the matter now.
    """

    matter = models.CharField(max_length=60, primary_key=True)
    category = models.CharField(max_length=8)
    tier = models.CharField(max_length=1)
    sealed = models.SmallIntegerField(default=0)
    owner = models.BigIntegerField(null=True)
    district_id = models.BigIntegerField(null=True)
    street_id = models.BigIntegerField(null=True)
    community_id = models.BigIntegerField(null=True)
    general_id = models.BigIntegerField(null=True)
    leaf_id = models.BigIntegerField(null=True)
    reported_at = models.DateTimeField()
    respond_by = models.DateTimeField()
    resolve_by = models.DateTimeField()
    responded_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12)
    rating = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["reported_at"]),
            models.Index(fields=["street_id", "reported_at"]),
            models.Index(fields=["community_id", "reported_at"]),
            models.Index(fields=["general_id", "reported_at"]),
            models.Index(fields=["leaf_id", "reported_at"]),
        ]

    def __str__(self) -> str:
        return self.matter
