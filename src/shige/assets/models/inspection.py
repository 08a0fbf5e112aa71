"""Inspections of things on the register (R41): what was found, and what became of a defect."""

from django.db import models
from django.db.models import Q


class Inspection(models.Model):
    """One inspection of a thing. ``words`` have their numbers masked; only a defect has some.

    ``matter`` is the one that the defect became, or was added to.
    """

    thing = models.ForeignKey("territory.Thing", on_delete=models.PROTECT, related_name="inspections")
    on = models.DateField()
    at = models.DateTimeField(help_text="when it was written down")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    defect = models.BooleanField()
    words = models.TextField(blank=True)
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="inspections"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_defect_becomes_a_matter",
                condition=Q(defect=True, matter__isnull=False) | Q(defect=False, matter=None),
            )
        ]
        indexes = [models.Index(fields=["thing", "-id"], name="inspection_of_thing")]

    def __str__(self) -> str:
        return f"{self.thing_id} {self.on}"
