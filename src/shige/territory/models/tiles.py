"""Vector tiles: which edition of the drawn map is in use."""

from django.db import models


class TileSet(models.Model):
    """One finished edition of tiles; its files lie in a folder named after its key, never changed."""

    class Kind(models.TextChoices):
        BASE = "base"
        GRIDS = "grids"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    tiles = models.PositiveIntegerField(help_text="files in it")

    class Meta:
        indexes = [models.Index(fields=["kind", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
