"""What people write about a month's disputes in their area: experience and shortcomings (每月总结, R27)."""

from django.db import models

LEVELS = ("community", "street", "district")
"""On which levels a month is summed up."""


class MonthlyText(models.Model):
    """One text for each month and area; ``month`` is its first day."""

    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    experience = models.TextField(blank=True)
    shortcomings = models.TextField(blank=True)
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "month"], name="one_text_for_month_and_area")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.month:%Y-%m}"
