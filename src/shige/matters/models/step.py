"""Steps: the append-only history of a matter."""

from django.db import models


class Step(models.Model):
    """One thing that happened to a matter; ``note`` is for the reporter, ``remark`` for the office."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    action = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    words_handle = models.UUIDField(null=True, help_text="the reporter's own words in a confidential matter")

    class Meta:
        indexes = [models.Index(fields=["matter", "id"])]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.action}"
