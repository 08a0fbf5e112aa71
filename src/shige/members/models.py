"""The members' register: who serves by an own declaration, and the invitations to declare (R11).

Organisations, grids and persons stand here by number only: nothing ties a row to another schema, and a row of
another schema to none of these.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Invitation(models.Model):
    """A link by which members of an organisation declare themselves; of its code only the hash is kept."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    digest = models.BinaryField(unique=True)
    organisation = models.BigIntegerField()
    places = models.PositiveIntegerField(help_text="how many may still declare by it")
    person = models.BigIntegerField(null=True, help_text="who invited, and so confirms nothing of it")
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ends_at"]), models.Index(fields=["organisation"])]

    def __str__(self) -> str:
        return f"invitation to organisation {self.organisation}"


class Member(models.Model):
    """Somebody who declared to serve: a member of the Party, or another who is ready for the reserve pool.

    Once withdrawn, nothing stands here but the organisation and the hours given, as numbers.
    """

    class State(models.TextChoices):
        DECLARED = "declared"
        CONFIRMED = "confirmed"
        DECLINED = "declined"
        ENDED = "ended"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DECLARED)
    organisation = models.BigIntegerField()
    hours = models.DecimalField(max_digits=8, decimal_places=1, default=0, help_text="hours of service given")
    digest = models.BinaryField(null=True, unique=True, help_text="of the code of the own page")
    grid = models.BigIntegerField(null=True, help_text="where they serve")
    party = models.BooleanField(default=False, help_text="a member of the Party, or another who is ready")
    reports_home = models.BooleanField(default=False, help_text="works elsewhere, serves at home (双报到)")
    ready = models.BooleanField(default=False, help_text="for the reserve pool of grid workers")
    offers = ArrayField(models.CharField(max_length=20), default=list)
    monthly = models.PositiveSmallIntegerField(default=0, help_text="hours a month that they can give")
    sealed_by = models.CharField(max_length=12, blank=True, help_text="name of the key")
    sealed = models.BinaryField(null=True, help_text="name, telephone and words")
    name_hash = models.BinaryField(null=True)
    reason = models.CharField(max_length=200, blank=True, help_text="why it was declined")
    changed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    person = models.BigIntegerField(null=True, help_text="who vouches for it first: another one confirms")
    ends_at = models.DateTimeField(null=True, help_text="when what is personal is removed")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nothing_personal_is_kept_of_who_has_left",
                condition=~Q(state__in=["declined", "ended"])
                | Q(sealed=None, name_hash=None, grid=None, offers=[], monthly=0, party=False)
                & Q(reports_home=False, ready=False),
            ),
            models.CheckConstraint(
                name="whoever_has_left_has_no_page", condition=~Q(state="ended") | Q(digest=None, reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state"]),
            models.Index(fields=["grid"]),
            models.Index(fields=["ends_at"]),
            GinIndex(fields=["offers"], name="members_by_offer"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.key}"


class Task(models.Model):
    """A wish that a member offered to take on through the organisation, in its public words.

    ``call`` is an opaque name that the organisation's side gave: no number and no person stands here.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.UUIDField(help_text="the key of the entry")
    call = models.UUIDField(unique=True)
    words = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member"])]

    def __str__(self) -> str:
        return f"task {self.key}"


class Service(models.Model):
    """Hours given on a day, with a task or a kind of help; they count into the entry's number."""

    key = models.UUIDField(primary_key=True, help_text="made from the form, which so counts once")
    member = models.UUIDField(help_text="the key of the entry")
    day = models.DateField()
    hours = models.DecimalField(max_digits=3, decimal_places=1)
    what = models.CharField(max_length=200, help_text="a kind of help by its code, or a task's words")

    class Meta:
        indexes = [models.Index(fields=["member", "day"])]

    def __str__(self) -> str:
        return f"{self.hours} h on {self.day}"
