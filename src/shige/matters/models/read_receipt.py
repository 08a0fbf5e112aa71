"""Who opened a task that was given to them, and when (R26)."""

from django.db import models
from django.db.models import Q


class ReadReceipt(models.Model):
    """One opening of a task, or of a part in a joint task, by somebody who holds its post."""

    task = models.ForeignKey("matters.Task", null=True, on_delete=models.PROTECT, related_name="openings")
    part = models.ForeignKey(
        "matters.JointPart", null=True, on_delete=models.PROTECT, related_name="openings"
    )
    person = models.ForeignKey("trust.Person", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_thing_is_opened", condition=Q(task=None) ^ Q(part=None))
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d %H:%M}"
