"""Accounts, posts and who holds them (R14, R16)."""

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from ..gate import Lineage, Viewer, require
from ..jurisdiction import profile
from ..models import Appointment, Person, Post
from .journal import record


@transaction.atomic
def add_person(viewer: Viewer, username: str, service_name: str, password: str | None) -> Person:
    """Make an account; without a password it can be entered by a one-time link only.

    Raises
    ------
    ValidationError
        The user name is taken or the password too weak.
    """
    require(viewer, "team.edit")
    if Person.objects.filter(username=username).exists():
        raise ValidationError(_("The user name %(name)s is taken.") % {"name": username})
    person = Person(username=username, service_name=service_name)
    if password is None:
        person.set_unusable_password()
    else:
        validate_password(password, person)
        person.set_password(password)
    person.save()
    record(viewer, "person.added", "person", person.pk, 1)
    return person


@transaction.atomic
def open_post(
    viewer: Viewer,
    role: str,
    area: int,
    name: str,
    lineage: Lineage,
    telephone: str = "",
    department: str = "",
) -> Post:
    """Add a post to the team of an area; ``department`` is the profile's code of a functional department."""
    require(viewer, "team.edit", lineage)
    post = Post.objects.create(role=role, area_id=area, name=name, telephone=telephone, department=department)
    record(viewer, "post.opened", "post", post.pk, 1, lineage, {"role": role, "area": area})
    return post


@transaction.atomic
def close_post(viewer: Viewer, post: Post, lineage: Lineage) -> None:
    """Close a post for ever; its history stays."""
    require(viewer, "team.edit", lineage)
    Post.objects.select_for_update().filter(pk=post.pk).update(closed_at=timezone.now())
    record(viewer, "post.closed", "post", post.pk, 2, lineage)


@transaction.atomic
def appoint(
    viewer: Viewer,
    person: Person,
    post: Post,
    lineage: Lineage,
    kind: str = Appointment.Kind.PRIMARY,
    since: date | None = None,
) -> Appointment:
    """Give a post to a person from a day on.

    Raises
    ------
    ValidationError
        The post has a primary at that time, the person holds it already, or the profile forbids that
        this post is doubled with another one of the person's (R15).
    """
    require(viewer, "team.edit", lineage)
    refuse_double_holding(person, post)
    valid = DateRange(since or timezone.localdate(), None)
    try:
        with transaction.atomic():
            held = Appointment.objects.create(person=person, post=post, kind=kind, valid=valid)
    except IntegrityError as error:
        raise ValidationError(_("This post is held at that time already.")) from error
    record(viewer, "appointment.made", "appointment", held.pk, 1, lineage, {"post": post.pk, "kind": kind})
    return held


@transaction.atomic
def end_appointment(viewer: Viewer, appointment: Appointment, lineage: Lineage, last_day: date) -> None:
    """End an appointment after ``last_day``; open matters stay with the post."""
    require(viewer, "team.edit", lineage)
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    held.valid = DateRange(held.valid.lower, last_day + timedelta(days=1))
    held.save(update_fields=["valid"])
    record(viewer, "appointment.ended", "appointment", held.pk, 2, lineage, {"post": held.post_id})


def refuse_double_holding(person: Person, post: Post) -> None:
    """Keep urban full-time posts full-time (必须专职, R15), as strictly as the profile says."""
    rule = profile().full_time
    if (rule.rural if post.area.rural else rule.urban) != "refuse":
        return
    now_held = Appointment.objects.filter(person=person, valid__contains=timezone.localdate())
    for role in now_held.values_list("post__role", flat=True):
        if {role, post.role} & set(rule.roles) and {role, post.role} & set(rule.conflicting_roles):
            raise ValidationError(_("This full-time post cannot be doubled with the post already held."))
