"""Attachments of a matter: photos and PDFs, made anew so that no position or camera data is left in them."""

from django.db import models
from django.db.models import Q


class Photo(models.Model):
    """One photo or PDF; the file lies under the media folder and is served only through the gate."""

    class Kind(models.TextChoices):
        PICTURE = "picture"
        PDF = "pdf"

    class Stage(models.TextChoices):
        """What an office's photo shows: how it was, or how it is after the work."""

        BEFORE = "before"
        AFTER = "after"

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="photos")
    file = models.CharField(max_length=120, unique=True, help_text="random name under the media folder")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.PICTURE)
    stage = models.CharField(max_length=6, choices=Stage.choices, blank=True)
    width = models.PositiveIntegerField(default=0, help_text="pixels; 0 for a PDF")
    height = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=1)
    by_reporter = models.BooleanField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_the_office_shows_before_and_after", condition=Q(stage="") | Q(by_reporter=False)
            )
        ]

    def __str__(self) -> str:
        return self.file
