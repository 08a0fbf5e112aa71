"""Figures' own memory: one row for each matter, read from the journal and from nothing else."""

from typing import Final

from django.db import models

READER: Final = "figures"
"""The name under which figures keep how far they have read the journal."""


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
    guarded = models.BooleanField(default=False)
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
    stopped_at = models.DateTimeField(null=True)
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


class ToldMonth(models.Model):
    """A month of which it was decided what may be told: once, and never again (P8)."""

    first = models.DateField(primary_key=True)
    as_of = models.DateTimeField(help_text="up to when its figures are complete")
    empty = models.BooleanField(default=False, help_text="nothing was reported: every count is 0")
    guarded = models.JSONField(default=dict, help_text="danger to persons by street, where enough")

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


class ToldCell(models.Model):
    """A count of a month that may be told; what is not here is kept back. Sealed matters are in none.

    ``level`` and the ids of areas say the place (``all``, or a level of a breakdown), ``category`` the code
    of a category ('' for all, ``11.`` for what was filed under a top category itself). A measure that is kept
    back is null; ``late_of`` is ``open_part``.
    """

    month = models.ForeignKey(ToldMonth, on_delete=models.CASCADE)
    level = models.CharField(max_length=10)
    area = models.BigIntegerField(null=True)
    category = models.CharField(max_length=8, blank=True)
    district_id = models.BigIntegerField(null=True)
    street_id = models.BigIntegerField(null=True)
    community_id = models.BigIntegerField(null=True)
    general_id = models.BigIntegerField(null=True)
    leaf_id = models.BigIntegerField(null=True)
    open_of = models.IntegerField()
    late_of = models.IntegerField(null=True)
    late_part = models.IntegerField(null=True)
    response_of = models.IntegerField(null=True)
    response_part = models.IntegerField(null=True)
    resolution_of = models.IntegerField(null=True)
    resolution_part = models.IntegerField(null=True)
    satisfaction_of = models.IntegerField(null=True)
    satisfaction_part = models.IntegerField(null=True)
    unconfirmable_of = models.IntegerField(null=True)
    unconfirmable_part = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "level", "area", "category"], nulls_distinct=False, name="one_told_cell"
            )
        ]
        indexes = [models.Index(fields=["month", "level", "category"], name="told_cell_asked")]

    def __str__(self) -> str:
        return f"{self.month_id:%Y-%m} {self.level} {self.area} {self.category}"
