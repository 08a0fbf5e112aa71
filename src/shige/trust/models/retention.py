"""When the database's clock was last looked at before anything was deleted because its time was over."""

from django.db import models


class RetentionClock(models.Model):
    """One row: the moment at which retention last ran, or was let run again by the operator."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_retention_clock", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.seen_at:%Y-%m-%d %H:%M}"
