"""Steps: the append-only history of a matter."""

from django.db import models
from django.db.models import Q


class Step(models.Model):
    """One thing that happened to a matter; ``note`` is for the reporter, ``remark`` for the office.

    ``said_by`` marks a step with a resident's own words: the reporter's in ``note``, those that the reporter
    does not read in ``said``. An office's texts never stand in ``said``, a resident's never in ``remark``.
    """

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
    words_handle = models.UUIDField(null=True, help_text="a resident's own words, sealed")
    said_by = models.CharField(max_length=30, blank=True, help_text="whose own words, see ``own_words``")
    said = models.TextField(blank=True, help_text="what a resident tells the office only")
    sealed = models.SmallIntegerField(default=0, help_text="the seal behind which it was taken, see the gate")

    class Meta:
        indexes = [
            models.Index(fields=["matter", "id"]),
            models.Index(fields=["said_by"], condition=~Q(said_by=""), name="step_said_by"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.action}"
