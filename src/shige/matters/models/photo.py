"""Photos of a matter, re-encoded so that no position or camera data is left in them."""

from django.db import models


class Photo(models.Model):
    """One picture; the file lies under the media folder and is served only through the gate."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="photos")
    file = models.CharField(max_length=120, unique=True, help_text="random name under the media folder")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by_reporter = models.BooleanField()
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file
