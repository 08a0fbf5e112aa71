"""A matter that somebody raised, with its place, its one owner and its dates (R21, R22)."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import models
from django.db.models import Q

from .search import by_content, by_number, came_in, in_order, lying_in, on_the_ground, search_field

UNHAPPY: Final = 2
"""Up to how many of five stars a reporter is not content."""


class Matter(models.Model):
    """One matter. Words of a confidential one, and every contact, are handles into the vault.

    ``district`` to ``leaf`` are the areas that held its place when it came in. ``owner`` is the one post
    that answers for it now; the constraint keeps an open matter from having none. ``sealed`` keeps it
    from everybody on the levels that the gate names, because it is about somebody who works there (P3).
    """

    class State(models.TextChoices):
        """States that every kind of matter shares; its workflow in the profile may have more."""

        NEW = "new"
        IN_HAND = "in_hand"
        WAITING = "waiting"
        TO_CONFIRM = "to_confirm"
        CLOSED = "closed"
        UNCONFIRMED = "unconfirmed"
        UNCONFIRMABLE = "unattested"
        MERGED = "merged"

    number = models.CharField(max_length=20, unique=True, help_text="for the office: day and running number")
    tracking_digest = models.BinaryField(unique=True, help_text="hash of the code that the reporter holds")
    device_digest = models.BinaryField(null=True, help_text="hash of the key of the device that filed it")
    filer_digest = models.BinaryField(
        null=True, help_text="keyed hash of who was signed in where it was filed"
    )
    idempotency_key = models.BinaryField(null=True, unique=True, help_text="hash of the form as it was sent")
    source = models.CharField(max_length=20, help_text="channel by which it came: page, api, sample ...")
    foreign_number = models.CharField(
        max_length=60, blank=True, help_text="what another system called it, from which it was taken over"
    )

    kind = models.CharField(max_length=12, default="ordinary", help_text="whose workflow it follows")
    category = models.CharField(max_length=8)
    profile_version = models.CharField(max_length=40)
    tier = models.CharField(max_length=1)
    confidential = models.BooleanField(default=False)
    sealed = models.SmallIntegerField(default=0, help_text="from whom it is kept, see the gate")
    endangered = models.BooleanField(
        default=False, help_text="danger to persons was heard or answered: two people say that it is none"
    )
    words = models.TextField(help_text="as written, with numbers masked; empty when confidential")
    words_handle = models.UUIDField(null=True)
    gist = models.TextField(blank=True, help_text="what it is about, free of persons, for tasks and search")
    name_handle = models.UUIDField(null=True)
    phone_handle = models.UUIDField(null=True)
    room_handle = models.UUIDField(null=True, help_text="a dwelling is personal")
    callback_handle = models.UUIDField(null=True, help_text="a safe time and way to call back")

    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    raw_lon = models.FloatField(null=True)
    raw_lat = models.FloatField(null=True)
    datum = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=160, blank=True, help_text="address as found or written")
    building = models.ForeignKey("territory.Building", null=True, on_delete=models.PROTECT, related_name="+")
    entrance = models.PositiveSmallIntegerField(null=True)
    floor = models.SmallIntegerField(null=True, help_text="below the ground negative")
    district = lying_in()
    street = lying_in()
    community = lying_in()
    general = lying_in()
    leaf = lying_in()

    state = models.CharField(max_length=12, default=State.NEW)
    open = models.BooleanField(default=True, help_text="somebody still has to do something about it")
    running = models.BooleanField(default=True, help_text="the office's clock runs")
    led = models.BooleanField(default=False, help_text="the street's leader has taken it on in person")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    owner = models.ForeignKey("trust.Post", on_delete=models.PROTECT, related_name="matters")
    reported_at = models.DateTimeField()
    respond_by = models.DateTimeField()
    resolve_by = models.DateTimeField()
    approximate = models.BooleanField(default=False, help_text="dates computed without make-up days")
    responded_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(help_text="what it is listed under: the date of what comes next")
    counted_from = models.DateTimeField(help_text="when the time that its dates give it began")
    remind_at = models.DateTimeField(null=True, help_text="when the next share of that time is used up")
    stopped_at = models.DateTimeField(null=True, help_text="since when the office's clock stands")
    stood = models.DurationField(
        default=timedelta, help_text="how much of that time, as its category counts it, went into pauses"
    )
    told_late_of = models.DateTimeField(
        null=True, help_text="the date of which it was last told that it has passed"
    )
    extensions = models.PositiveSmallIntegerField(default=0)
    extension_asked_of = models.ForeignKey(
        "trust.Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    confirm_by = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    version = models.BigIntegerField(default=1)
    search = search_field()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="matter_rating_in_range", condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5)
            ),
            models.CheckConstraint(
                name="confidential_words_are_in_the_vault", condition=Q(confidential=False) | Q(words="")
            ),
            models.CheckConstraint(
                name="sealed_matter_is_confidential", condition=Q(sealed=0) | Q(confidential=True)
            ),
            models.CheckConstraint(
                name="matter_waiting_for_confirmation_has_a_date",
                condition=~Q(state="to_confirm") | Q(confirm_by__isnull=False),
            ),
            models.CheckConstraint(
                name="merged_matter_names_the_other",
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="only_an_open_matter_runs", condition=Q(running=False) | Q(open=True)
            ),
        ]
        indexes = [
            *in_order(),
            *by_content(),
            *by_number(),
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="matter_remind"),
            on_the_ground(),
            models.Index(
                fields=["street", "id"], condition=Q(community=None, leaf=None), name="matter_unassigned"
            ),
            models.Index(fields=["category", "lat", "lon"], name="matter_category_place"),
            models.Index(fields=["confirm_by"], condition=Q(state="to_confirm"), name="matter_to_confirm"),
            came_in(),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def contact_handles(self) -> tuple[UUID | None, ...]:
        """Under which names the vault keeps what its reporter left beside words: all such columns."""
        columns = (field.attname for field in self._meta.concrete_fields)
        return tuple(
            getattr(self, name) for name in columns if name.endswith("_handle") and name != "words_handle"
        )
