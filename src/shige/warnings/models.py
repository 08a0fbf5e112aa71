"""Warnings ahead (事前提示): weather signals, what was sent to residents, what an office put aside (R25)."""

from django.db import models
from django.db.models import Q

from shige.matters.bilingual import Bilingual


class WeatherSignal(models.Model):
    """A weather warning signal (预警信号) as an office or its weather service entered it."""

    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, help_text="code of a kind in the profile")
    colour = models.CharField(max_length=6)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reference = models.CharField(max_length=60, blank=True, help_text="the issuer's number; one signal each")
    entered_at = models.DateTimeField()
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="weather_signal_ends_after_it_begins", condition=Q(until__gt=models.F("since"))
            ),
            models.UniqueConstraint(
                fields=["area", "reference"],
                condition=~Q(reference=""),
                name="one_weather_signal_a_reference",
            ),
        ]
        indexes = [models.Index(fields=["until"], condition=Q(lifted_at=None), name="weather_in_force")]

    def __str__(self) -> str:
        return f"{self.kind} {self.colour}"


class SentWarning(Bilingual, models.Model):
    """A warning that a person sent to the residents and field workers of some areas.

    ``key`` names the proposal that it came from; it is empty for words of the office's own. ``grids`` and
    ``posts`` count whom it reached when it was sent; nobody is named.
    """

    area = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, related_name="+", help_text="of the office that sent it"
    )
    areas = models.ManyToManyField("territory.Area", related_name="+", help_text="where it holds")
    key = models.CharField(max_length=40, blank=True)
    categories = models.JSONField(default=list)
    title = models.CharField(max_length=40)
    text = models.TextField()
    title_other = models.CharField(max_length=40, blank=True, help_text="in the second language of the place")
    text_other = models.TextField(blank=True, help_text="in the second language of the place")
    sent_at = models.DateTimeField()
    until = models.DateTimeField()
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")
    grids = models.PositiveIntegerField()
    posts = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="warning_stands_a_while", condition=Q(until__gt=models.F("sent_at")))
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(withdrawn_at=None), name="warning_standing"),
            models.Index(fields=["area", "-sent_at"], name="warning_of_an_office"),
        ]

    def __str__(self) -> str:
        return self.title


class DismissedProposal(models.Model):
    """A proposal that an office put aside, who and why; it is not proposed there again before ``until``."""

    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    until = models.DateTimeField()
    post = models.ForeignKey("trust.Post", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("trust.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["area", "until"], name="dismissed_in_an_area")]

    def __str__(self) -> str:
        return self.key
