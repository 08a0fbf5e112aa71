"""Opinion notes (社情民意备忘): what a place says, by theme, without persons; counted and followed (R40)."""

from typing import Any

from django.db import models


def _holding() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey("territory.Area", null=True, on_delete=models.PROTECT, related_name="+")


class Opinion(models.Model):
    """What people say in an area, a grid or a community; ``district`` to ``leaf`` are the areas that hold it.

    ``post`` wrote it down, ``followed_by`` has taken it up, ``matter`` is what it was turned into.
    """

    class Band(models.TextChoices):
        """From about how many people it was heard: never from whom."""

        ONE = "one"
        FEW = "few"
        MANY = "many"
        MOST = "most"

    theme = models.CharField(max_length=20)
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    district = _holding()
    street = _holding()
    community = _holding()
    general = _holding()
    leaf = _holding()
    words = models.TextField(help_text="free of persons")
    band = models.CharField(max_length=4, choices=Band.choices)
    post = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    followed_by = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey("matters.Matter", null=True, on_delete=models.PROTECT, related_name="opinions")
    version = models.BigIntegerField(default=1)

    kind = "opinion"

    def __str__(self) -> str:
        return f"{self.theme} {self.area_id}"


class Hearing(models.Model):
    """One post heard it on one day: what is counted."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="hearings")
    post = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opinion", "post", "on"], name="a_post_hears_it_once_a_day")
        ]
        indexes = [models.Index(fields=["on"], name="hearing_day")]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.on}"


class OpinionStep(models.Model):
    """One thing that an office did about an opinion note; everybody who sees the note reads ``note``."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    action = models.CharField(max_length=20)
    after = models.CharField(max_length=12)
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.action}"
