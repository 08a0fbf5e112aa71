"""Matters that belong together without being the same (另见)."""

from django.db import models
from django.db.models import F, Q


class Relation(models.Model):
    """Two matters that point to each other, each pair once: ``first`` is the older row."""

    first = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="matters_related_once"),
            models.CheckConstraint(name="related_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
