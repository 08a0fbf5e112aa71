"""What an office lets everybody read of a matter, in its own words (P8)."""

from django.db import models


class Summary(models.Model):
    """A redacted summary: ``words`` for neighbours while it is open, with ``result`` for all once solved."""

    matter = models.OneToOneField("matters.Matter", on_delete=models.PROTECT, related_name="summary")
    words = models.CharField(max_length=200)
    result = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.words[:20]}"
