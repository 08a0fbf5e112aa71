"""Filters of the list that somebody has given a name and keeps."""

from django.db import models


class SavedFilter(models.Model):
    """One person's filter; ``query`` is that of the list's address, only what the filter bar knows."""

    person = models.ForeignKey("trust.Person", on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_filter_name")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
