"""Residents who joined a matter that was known already, instead of reporting it again."""

from django.db import models


class Follower(models.Model):
    """One resident who follows somebody else's matter by a code of their own; a telephone is sealed."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="joinings")
    tracking_digest = models.BinaryField(unique=True, help_text="hash of the code that this resident holds")
    device_digest = models.BinaryField(null=True, help_text="hash of the key of the device that joined")
    phone_handle = models.UUIDField(null=True)
    words = models.TextField(blank=True, help_text="what this resident had typed, with numbers masked")
    joined_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.pk}"
