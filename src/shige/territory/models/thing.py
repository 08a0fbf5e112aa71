"""The register of things (设施登记, R41): what stands in the open and has to be kept in order."""

from typing import Any

from django.db import models
from django.db.models import Q


def lying_in() -> models.ForeignKey[Any, Any]:
    """Return the column of an area that holds a thing."""
    return models.ForeignKey("territory.Area", null=True, on_delete=models.PROTECT, related_name="+")


class Thing(models.Model):
    """One thing: its kind (of the profile), its place, who keeps it, when it is inspected next.

    Rows stay for ever, so that a code is never given twice. ``district`` to ``leaf`` are the areas that held
    the place on ``laid_on``.
    """

    code = models.CharField(max_length=20, unique=True, help_text="community code and running number")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=160, help_text="address as found or written")
    lon = models.FloatField()
    lat = models.FloatField()
    district = lying_in()
    street = lying_in()
    community = lying_in()
    general = lying_in()
    leaf = lying_in()
    laid_on = models.DateField()
    keeper = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="things")
    inspected_on = models.DateField(null=True)
    due_on = models.DateField(null=True, help_text="next inspection; null where none is asked for")
    added_on = models.DateField()
    retired_on = models.DateField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retired_thing_is_not_due", condition=Q(retired_on=None) | Q(due_on=None)
            )
        ]
        indexes = [
            models.Index(fields=["lat", "lon"], condition=Q(retired_on=None), name="thing_in_use_place"),
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="thing_due"),
        ]

    def __str__(self) -> str:
        return self.name
