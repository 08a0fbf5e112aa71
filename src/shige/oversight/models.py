"""What an overseer is told, urging (督办) to be answered by a date, notes of visits and guidance (R10)."""

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


class Note(models.Model):
    """What an overseer says of a grid's work without asking for an answer by a date.

    A visit and guidance are for the post in charge (``asked``), a finding for the organisation ``above``,
    which answers it. ``on`` is the day of the visit or of writing, ``step`` what was agreed, to be done by
    ``step_by``. ``words`` of a visit say what was found good. All of it points to nobody and to no house.
    """

    class Kind(models.TextChoices):
        VISIT = "visit"
        GUIDANCE = "guidance"
        FINDING = "finding"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    organisation = models.ForeignKey("redline.Organisation", on_delete=models.PROTECT, related_name="notes")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    above = models.ForeignKey("redline.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.JSONField(default=list, help_text="codes of what was looked at on a visit")
    words = models.TextField(blank=True)
    to_mend = models.TextField(blank=True)
    step = models.TextField(blank=True)
    step_by = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_finding_goes_above_and_nothing_else",
                condition=Q(kind="finding", above__isnull=False, asked=None)
                | (~Q(kind="finding") & Q(above=None, asked__isnull=False, answered_at=None)),
            ),
            models.CheckConstraint(
                name="what_was_agreed_has_a_day", condition=Q(step="") | Q(step_by__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["organisation", "on"], name="note_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Report(models.Model):
    """A quarter's report of an organisation about its grid.

    ``paragraphs`` are its texts by code (``reports.drafting``). Once handed in it stays as it is, and the
    organisation ``above``, or where there is none the street's ``office``, reads it.
    """

    organisation = models.ForeignKey("redline.Organisation", on_delete=models.PROTECT, related_name="reports")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=7, help_text="key of the closed quarter, as 2026-Q3")
    paragraphs = models.JSONField(default=dict)
    above = models.ForeignKey("redline.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "quarter"], name="one_report_a_quarter"),
            models.CheckConstraint(
                name="whoever_gets_a_report_has_it_handed_in",
                condition=Q(handed_in_at=None, above=None, office=None)
                | (Q(handed_in_at__isnull=False) & (Q(above__isnull=False) | Q(office__isnull=False))),
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"
