"""Joint tasks (联合处置): a street calls departments together for a matter, and notes who came (R26)."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class JointTask(models.Model):
    """One meeting on the spot with one outcome. Nothing of the reporter is in its texts."""

    number = models.CharField(
        max_length=30, unique=True, help_text="the matter's number, L and a number drawn by lot"
    )
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="joint_tasks")
    called_by = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    place = models.CharField(max_length=160)
    called_at = models.DateTimeField()
    meets_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    open = models.BooleanField(default=True)
    outcome = models.TextField(blank=True, help_text="of all together, or why it was cancelled")
    closed_at = models.DateTimeField(null=True)
    version = models.BigIntegerField(default=1)

    kind = "joint_task"
    meets = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closed_joint_task_has_its_outcome",
                condition=Q(open=True, closed_at=None)
                | (Q(open=False, closed_at__isnull=False) & ~Q(outcome="")),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def due_at(self) -> datetime:
        """When all meet: after that it is late until the street has concluded it."""
        return self.meets_at

    @property
    def running(self) -> bool:
        """Whether its outcome is still owed: only then it can be late."""
        return self.open


class JointPart(models.Model):
    """What one post does in a joint task: whether somebody came, and with what result."""

    class Attendance(models.TextChoices):
        EXPECTED = "expected"
        PRESENT = "present"
        EXCUSED = "excused"
        ABSENT = "absent"

    joint = models.ForeignKey(JointTask, on_delete=models.PROTECT, related_name="parts")
    post = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="+")
    attendance = models.CharField(max_length=8, choices=Attendance.choices, default=Attendance.EXPECTED)
    noted_at = models.DateTimeField(null=True)
    apology = models.TextField(blank=True)
    result = models.TextField(blank=True)
    result_at = models.DateTimeField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["joint", "post"], name="a_post_is_called_once")]
        indexes = [
            models.Index(fields=["-noted_at"], condition=Q(attendance="absent"), name="joint_stayed_away")
        ]

    meets = True

    def __str__(self) -> str:
        return f"{self.joint_id} {self.post_id} {self.attendance}"

    @property
    def due_at(self) -> datetime:
        """When all meet: after that the post is late with its result."""
        return self.joint.meets_at

    @property
    def running(self) -> bool:
        """Whether the post still owes its result, and is not excused: only then it can be late."""
        return self.joint.open and not self.result and self.attendance != self.Attendance.EXCUSED
