"""What an overseer is told, and urging (督办): the post in charge is to answer by a date (R10)."""

from django.db import models
from django.db.models import Q


class ToldNight(models.Model):
    """The night by which it was decided what overseers are told until the next; there is one row (P8)."""

    day = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.day}"


class ToldCase(models.Model):
    """A case of which overseers are told, its general or exclusive grid and top category ``code``."""

    night = models.ForeignKey(ToldNight, on_delete=models.CASCADE, related_name="cases")
    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="+")
    grid = models.ForeignKey("territory.Area", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8)
    late = models.BooleanField()
    reopened = models.BooleanField()
    weeks = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"case in {self.grid_id}"


class ToldGrid(models.Model):
    """Whether something is ``late`` in a grid beyond its cases; ``near``: all that a neighbour is told."""

    night = models.ForeignKey(ToldNight, on_delete=models.CASCADE, related_name="grids")
    area = models.ForeignKey("territory.Area", on_delete=models.CASCADE, related_name="+")
    near = models.BooleanField()
    late = models.BooleanField()

    def __str__(self) -> str:
        return f"told of {self.area_id}"


class Urging(models.Model):
    """One urging, with whom it lies and by when it is to be answered.

    ``organisation`` is the one by which it was made: whoever holds the post of its overseer today follows it.
    ``asked`` is the post in charge. When no answer came, the organisation ``above`` was told, or where there
    is none the street's ``office``, and ``told_of`` is the day by which it was due then. Of a case it keeps
    the top ``category`` that the overseer read; which ``matter`` it is knows the post in charge alone.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"
        ENDED = "ended"

    organisation = models.ForeignKey("redline.Organisation", on_delete=models.PROTECT, related_name="urgings")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.PROTECT, related_name="urgings")
    category = models.CharField(max_length=8, blank=True)
    asked = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="urgings")
    above = models.ForeignKey(
        "redline.Organisation", null=True, on_delete=models.PROTECT, related_name="urgings_below"
    )
    office = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
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
