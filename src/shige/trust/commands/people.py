"""Accounts, posts and who holds them (R14, R16)."""

from datetime import date, datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from shige.language.numerals import narrow

from ..authority import require_staff
from ..facts import AppointmentEnded, AppointmentMade, PostOpened
from ..gate import Lineage, Viewer, require
from ..jurisdiction import profile
from ..models import Appointment, Person, Post
from ..models.people import start_of
from ..queries import people_in_reach
from ..sealed_posts import is_own_making, reads_sealed, told_of
from ..staffing import staffed
from .journal import record
from .outbox import enqueue

FURTHEST: Final = timedelta(days=366)
"""How far from today an office may date an appointment: what lies beyond is a slip of the hand."""


@transaction.atomic
def add_person(viewer: Viewer, username: str, service_name: str) -> Person:
    """Make an account; its holder sets the password by a link (``invite``), so that nobody else knows it.

    Raises
    ------
    ValidationError
        The user name is taken, in whatever case it is written, or somebody of the own area serves under this
        name: nobody could tell the two apart.
    """
    require(viewer, "team.edit")
    _refuse_namesake(viewer, service_name)
    if Person.objects.filter(username__iexact=username).exists():
        raise ValidationError(_("The user name %(name)s is taken.") % {"name": username})
    made_in = next((scope.area for scope in viewer.holding("team.edit")), None)
    person = Person(username=username, service_name=service_name, area_id=made_in, made_by_id=viewer.person)
    person.set_unusable_password()
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
    post = Post(role=role, area_id=area, name=name, telephone=telephone, department=department)
    require_staff(viewer, post, lineage)
    post.save()
    record(viewer, "post.opened", "post", post.pk, 1, lineage, PostOpened(role=role, area=area))
    return post


@transaction.atomic
def close_post(viewer: Viewer, post: Post, lineage: Lineage) -> None:
    """Close a post for ever; its history stays."""
    require_staff(viewer, post, lineage)
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
    """Give a post to a person from a day on; from today means from this moment on.

    Raises
    ------
    PermissionDenied
        The post is not below the viewer's own, or the person is the viewer.
    ValidationError
        By field ``since``: a day that is more than a year away. Above the form: the account is closed, the
        post has a primary at that time, the person holds it already, the profile forbids that this post is
        doubled with another one of the person's (R15), somebody would oversee the own work (R10), or the post
        reads sealed matters and the account is of the viewer's making.
    """
    require_staff(viewer, post, lineage)
    if person.pk == viewer.person:
        raise PermissionDenied("nobody appoints themself")
    if not person.is_active:
        raise ValidationError(_("This account is closed."))
    _refuse_own_making(viewer, person, post)
    refuse_double_holding(person, post)
    refuse_to_oversee_oneself(person, post)
    valid = DateTimeTZRange(_beginning(viewer, since), None)
    try:
        with transaction.atomic():
            held = Appointment.objects.create(
                person=person, post=post, kind=kind, valid=valid, made_by_id=viewer.person
            )
    except IntegrityError as error:
        raise ValidationError(_("This post is held at that time already.")) from error
    record(
        viewer,
        "appointment.made",
        "appointment",
        held.pk,
        1,
        lineage,
        AppointmentMade(post=post.pk, kind=kind),
    )
    _tell(viewer, person, post)
    staffed(person.pk, post.pk)
    return held


@transaction.atomic
def end_appointment(
    viewer: Viewer, appointment: Appointment, lineage: Lineage, until: datetime | None = None
) -> None:
    """End an appointment at a moment, else now: its rights end at once, open matters stay with the post.

    One that has not begun is taken back whole.

    Raises
    ------
    PermissionDenied
        The post is not below the viewer's own.
    """
    require_staff(viewer, appointment.post, lineage)
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    end = until or timezone.now()
    record(
        viewer, "appointment.ended", "appointment", held.pk, 2, lineage, AppointmentEnded(post=held.post_id)
    )
    if held.valid.lower >= end:
        held.delete()
    elif held.valid.upper is None or held.valid.upper > end:
        held.valid = DateTimeTZRange(held.valid.lower, end)
        held.save(update_fields=["valid"])
    staffed(held.person_id, held.post_id)


def _refuse_own_making(viewer: Viewer, person: Person, post: Post) -> None:
    """Refuse whoever made an account, or appointed it before, where its new post reads sealed matters."""
    if reads_sealed(post) and is_own_making(viewer, person):
        said = _(
            "This post reads sealed matters. Whoever made or appointed an account does not give it such a "
            "post: somebody else who staffs posts here has to, or whoever runs the machine."
        )
        raise ValidationError(said)


def _tell(viewer: Viewer, person: Person, post: Post) -> None:
    """Tell those beside and above who now reads sealed matters; not while the machine itself is set up."""
    if viewer.system or not reads_sealed(post):
        return
    told = {"number": post.name}
    for one in sorted(told_of(post, {viewer.person or 0, person.pk})):
        enqueue("appointment.sealed", "appointment", post.pk, receiver=one, facts=dict(told))


def _refuse_namesake(viewer: Viewer, service_name: str) -> None:
    wanted = _as_seen(service_name)
    serving = people_in_reach(viewer).filter(is_active=True) if not viewer.system else Person.objects.none()
    if any(_as_seen(name) == wanted for name in serving.values_list("service_name", flat=True)):
        said = _("Somebody serves here as %(name)s already. Please add what tells the two apart.")
        raise ValidationError({"service_name": said % {"name": service_name}})


def _as_seen(name: str) -> str:
    """Return a name as a reader takes it in: width, case and blanks tell nobody apart."""
    return "".join(narrow(name).split()).casefold()


def _beginning(viewer: Viewer, since: date | None) -> datetime:
    """Return the moment from which an appointment holds."""
    now = timezone.now()
    today = timezone.localdate(now)
    if since is None or since == today:
        return now
    if not viewer.system and abs(since - today) > FURTHEST:
        raise ValidationError({"since": _("Please choose a day within a year of today.")})
    return start_of(since)


def refuse_double_holding(person: Person, post: Post) -> None:
    """Keep urban full-time posts full-time (必须专职, R15), as strictly as the profile says."""
    rule = profile().full_time
    if (rule.rural if post.area.rural else rule.urban) != "refuse":
        return
    now_held = Appointment.objects.in_force().filter(person=person)
    for role in now_held.values_list("post__role", flat=True):
        if {role, post.role} & set(rule.roles) and {role, post.role} & set(rule.conflicting_roles):
            raise ValidationError(_("This full-time post cannot be doubled with the post already held."))


def refuse_to_oversee_oneself(person: Person, post: Post) -> None:
    """Refuse whoever handles an area, or one inside it, as its overseer, and the other way round (R10)."""
    others = person.appointments.not_over().select_related("post__area")
    for other in (held.post for held in others):
        kinds = {_oversees(post): post, _oversees(other): other}
        if len(kinds) == 2 and _lies_in(kinds[False], kinds[True]):
            raise ValidationError(_("Nobody oversees an area in which they work themselves."))


def _oversees(post: Post) -> bool:
    return profile().role(post.role).kind == "overseer"


def _lies_in(handled: Post, overseen: Post) -> bool:
    """Say whether what a post handles lies in what another oversees; a community and its grid are one."""
    inner, outer = handled.area, overseen.area
    above = (inner.parent_id, inner.general_id, inner.community_id, inner.street_id, inner.district_id)
    is_whole = outer.parent is not None and outer.parent.level == outer.level
    return bool({inner.pk, *above} & {outer.pk, outer.parent_id if is_whole else outer.pk})
