"""Tasks (协办任务) that were split off from a matter, each in the hands of one post (R26)."""

from django.db import models
from django.db.models import Q

from .photo import Photo


class Task(models.Model):
    """What one post is to do for a matter, in a text of its own: nothing of the reporter is in it.

    It stays with the post when its holder leaves, and with the matter when that changes hands. Without
    ``lon`` and ``lat`` the map shows the grid alone.
    """

    number = models.CharField(
        max_length=30, unique=True, help_text="the matter's number and a number drawn by lot"
    )
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="tasks")
    post = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="tasks")
    given_by = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    action = models.TextField(help_text="what is to be done, free of persons")
    place = models.CharField(max_length=160, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late_reason = models.TextField(blank=True, help_text="why it is due after the matter itself")
    state = models.CharField(max_length=12)
    open = models.BooleanField(default=True)
    with_office = models.BooleanField(default=False, help_text="the office has to say something")
    closed_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True, help_text="when whoever owes the next word is reminded")
    version = models.BigIntegerField(default=1)

    kind = "task"
    meets = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closed_task_has_its_date", condition=Q(open=True) ^ Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="task_shows_a_whole_point",
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["post", "due_at", "id"], condition=Q(open=True), name="task_open_due"),
            models.Index(fields=["post", "-closed_at"], name="task_closed"),
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="task_remind"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def running(self) -> bool:
        """Whether its post still owes something: only then it can be late."""
        return self.open and not self.with_office


class TaskStep(models.Model):
    """One thing that happened to a task; both sides read ``note``."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    action = models.CharField(max_length=20)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.task_id} {self.action}"


class TaskPhoto(models.Model):
    """A photo or PDF given with a task, which may be one of the matter's, or handed in with the result."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="photos")
    file = models.CharField(max_length=120, help_text="random name under the media folder")
    kind = models.CharField(max_length=7, choices=Photo.Kind.choices, default=Photo.Kind.PICTURE)
    by_tasked = models.BooleanField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "file"], name="a_photo_once_in_a_task")]

    def __str__(self) -> str:
        return self.file
