"""Urging (督办): an overseer asks the post in charge of a grid or a case, to be answered by a date (R10)."""

from django.db import models
from django.db.models import Q


class Urging(models.Model):
    """One urging, with whom it lies and by when it is to be answered.

    ``organisation`` is the one by which it was made: whoever holds the post of its overseer today follows it.
    ``asked`` is the post in charge, ``above`` the post that was told when no answer came, and ``told_of`` the
    day by which it was due then. Of a case it keeps the top ``category`` that the overseer read; which
    ``matter`` it is knows the post in charge alone.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"

    organisation = models.ForeignKey("redline.Organisation", on_delete=models.PROTECT, related_name="urgings")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.PROTECT, related_name="urgings")
    category = models.CharField(max_length=8, blank=True)
    asked = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="urgings")
    above = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    told_of = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "area", "matter"],
                condition=Q(state__in=["open", "answered"]),
                nulls_distinct=False,
                name="one_urging_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["due"], condition=Q(state="open"), name="urging_unanswered")]

    def __str__(self) -> str:
        return f"urging {self.pk}"


class UrgingStep(models.Model):
    """One thing that was said about an urging; both sides read ``words``, which point to nobody.

    ``on`` is the day that was named with it: by when an answer is asked for, or something will be done.
    """

    urging = models.ForeignKey(Urging, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    action = models.CharField(max_length=9)
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.action} of urging {self.urging_id}"
