"""Devices that raise events by themselves (R41): what each may send, and what arrived."""

from typing import Final

from django.db import models
from django.db.models import Q

from shige.matters.models.search import lying_in


class Severity(models.IntegerChoices):
    """How grave an event is, as the device says."""

    NOTICE = 1
    WARNING = 2
    ALARM = 3


SEVERITIES: Final = {severity.name.lower(): severity.value for severity in Severity}
"""Severities by the words of the protocol."""


class Device(models.Model):
    """One device, at a thing of the register or at a point. Its key is sealed; it was shown once.

    ``district`` to ``leaf`` are the areas that held the place when it was registered.
    """

    uid = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    thing = models.ForeignKey("territory.Thing", null=True, on_delete=models.PROTECT, related_name="devices")
    place = models.CharField(max_length=160, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()
    district = lying_in()
    street = lying_in()
    community = lying_in()
    general = lying_in()
    leaf = lying_in()
    key = models.ForeignKey("trust.VaultKey", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    silent_hours = models.PositiveSmallIntegerField(help_text="after how many the office should look")
    registered_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    version = models.BigIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["street", "id"], name="device_of_street")]

    def __str__(self) -> str:
        return self.uid


class EventRule(models.Model):
    """What an event of a type becomes: a matter of a category, from a severity on."""

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="rules")
    type = models.CharField(max_length=60)
    name = models.CharField(max_length=60, help_text="as people read it")
    category = models.CharField(max_length=8)
    least = models.PositiveSmallIntegerField(choices=Severity.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "type"], name="one_rule_for_a_type_of_event")
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.type}"


class DeviceEvent(models.Model):
    """One event as it arrived, and what it led to; ``uid`` is the device's own and never comes twice."""

    class Outcome(models.TextChoices):
        FILED = "filed"
        ADDED = "added"
        CLEARED = "cleared"
        KEPT = "kept"

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="events")
    uid = models.CharField(max_length=80)
    type = models.CharField(max_length=60)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    cleared = models.BooleanField(default=False)
    value = models.FloatField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=200, blank=True, help_text="numbers of persons masked")
    at = models.DateTimeField(help_text="by the device's clock")
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    matter = models.ForeignKey(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="device_events"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "uid"], name="an_event_counts_once"),
            models.CheckConstraint(
                name="only_a_kept_event_has_no_matter",
                condition=Q(outcome="kept", matter=None) | (~Q(outcome="kept") & Q(matter__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["device", "-received_at"], name="events_of_device")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.uid}"
