"""What a matter was before it was sealed for a trained post to look at (P3, P4)."""

from django.db import models
from django.db.models import Q


class Look(models.Model):
    """One look of trained staff at a matter that was handled already; ended by a release, or never.

    Kept so that a false alarm goes back to where it was, with nothing lost.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="looks")
    category = models.CharField(max_length=8)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    tier = models.CharField(max_length=1)
    owner = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="+")
    sealed = models.SmallIntegerField()
    confidential = models.BooleanField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_at=None), name="one_look_at_a_time_for_a_matter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.since:%Y-%m-%d}"
