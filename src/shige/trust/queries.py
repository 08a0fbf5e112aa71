"""What may be read of people, posts and the journal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from .concerned_persons import NONE
from .gate import HIGHEST_SEAL, Lineage, Viewer
from .message_subjects import still_told
from .messages import About
from .models import Appointment, OutboxMessage, Person, Post
from .permissions import Action
from .service_history import appointments_of, scopes_in, ties_in


def today() -> date:
    """Return the date in the jurisdiction's time zone."""
    return timezone.localdate()


def held_today() -> QuerySet[Appointment]:
    """Return the appointments in force now, to posts that are open."""
    return Appointment.objects.in_force().filter(post__closed_at=None)


def posts_in_office() -> QuerySet[Post]:
    """Return the open posts that somebody holds today."""
    held = Appointment.objects.in_force().values("post")
    return Post.objects.filter(closed_at=None, pk__in=held)


def viewer_of(person: Person, actions: Iterable[str] | None = None) -> Viewer:
    """Return ``person`` as the gate knows them: by the appointments in force, and where they served."""
    served = appointments_of([person.pk])
    return Viewer(
        person=person.pk,
        scopes=scopes_in(served),
        actions=None if actions is None else frozenset(actions),
        ties=ties_in(served),
    )


def holders(posts: Iterable[int], on: date | None = None) -> dict[int, list[tuple[str, str]]]:
    """Return for each post who holds it on a day, else now: (service name, kind), the primary first."""
    rows = Appointment.objects.in_force(on).filter(post__in=posts).order_by("kind")
    held: dict[int, list[tuple[str, str]]] = {}
    for post, name, kind in rows.values_list("post_id", "person__service_name", "kind"):
        held.setdefault(post, []).append((name, kind))
    for names in held.values():
        names.sort(key=lambda entry: entry[1] != Appointment.Kind.PRIMARY)
    return held


def post_for(role: str, area: int) -> Post | None:
    """Return the open post of ``role`` that serves exactly this area."""
    return Post.objects.filter(role=role, area=area, closed_at=None).order_by("pk").first()


def messages_for(viewer: Viewer, limit: int = 50) -> list[OutboxMessage]:
    """Return the newest messages to this person at work, of what they may know of now (P3)."""
    received = OutboxMessage.objects.filter(receiver=viewer.person).order_by("-pk")
    return still_told(viewer, received[:limit])


def unread(viewer: Viewer, opened: About | None = None, limit: int = 100) -> list[OutboxMessage]:
    """Return the newest messages that this person has not read, of what they may know of now (P3).

    Those about what they have ``opened`` just now are read.
    """
    if viewer.person is None:
        return []
    waiting = OutboxMessage.objects.filter(receiver=viewer.person, seen_at=None)
    if opened is not None:
        waiting = waiting.exclude(subject_type=opened[0], subject_id=opened[1])
    return still_told(viewer, waiting.order_by("-pk")[:limit])


def messages_waiting(viewer: Viewer) -> int | None:
    """Return how many messages wait; None for whom the number would tell of what is sealed (P3)."""
    if viewer.clearance("token.manage") < HIGHEST_SEAL or viewer.ties != NONE:
        return None
    return OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).count()


OFFICES: Final = "offices"


@dataclass(frozen=True, slots=True)
class TeamPost:
    """A post with its area and its holders today, as the team page lists it."""

    post: Post
    holders: tuple[Appointment, ...]
    doubled: bool

    @property
    def community_code(self) -> str:
        """The code of its community, or ``OFFICES`` for a post above the communities."""
        community = self.post.area.community
        return community.code if community else OFFICES

    @property
    def vacant(self) -> bool:
        """Whether nobody is its primary (岗位空缺, R14)."""
        return not any(held.kind == Appointment.Kind.PRIMARY for held in self.holders)

    @property
    def substituted(self) -> bool:
        """Whether somebody stands in for its holder."""
        return any(held.kind == Appointment.Kind.SUBSTITUTE for held in self.holders)


def in_reach(viewer: Viewer, action: Action) -> Q:
    """Return the filter of posts whose area lies in an area where ``viewer`` may do ``action``."""
    if viewer.system:
        return Q()
    reach = Q(pk__in=[])
    for scope in viewer.holding(action):
        if scope.level in {"province", "city"}:
            return Q()
        column = {"district": "district", "street": "street", "community": "community", "general": "general"}
        reach |= Q(area=scope.area)
        if scope.level in column:
            reach |= Q(**{f"area__{column[scope.level]}": scope.area})
    return reach


def team(viewer: Viewer) -> list[TeamPost]:
    """Return the open posts in reach with their holders, vacancies and double-holding (R14)."""
    held_today = Appointment.objects.in_force().select_related("person").order_by("kind")
    posts = (
        Post.objects.filter(in_reach(viewer, "team.see"), closed_at=None)
        .select_related("area", "area__community", "area__general")
        .prefetch_related(Prefetch("appointments", held_today, to_attr="held"))
        .order_by("area__code", "role", "pk")
    )
    counted = Counter(held_today.values_list("person_id", flat=True))
    return [
        TeamPost(post, tuple(post.held), any(counted[held.person_id] > 1 for held in post.held))
        for post in posts
    ]


def lineage_of_post(post: Post) -> Lineage:
    """Return the line of areas of a post, as the gate compares it."""
    area = post.area
    leaf = area.pk if area.level in {"micro", "exclusive"} else None
    return Lineage(area.district_id, area.street_id, area.community_id, area.general_id, leaf)


def people_in_reach(viewer: Viewer) -> QuerySet[Person]:
    """Return the accounts that ``viewer`` may appoint: of the own area, by a post there or made there."""
    people = Person.objects.all()
    if viewer.system:
        return people
    posts = Post.objects.filter(in_reach(viewer, "team.edit"))
    reach = Q(pk__in=Appointment.objects.filter(post__in=posts).values("person"))
    for scope in viewer.holding("team.edit"):
        if scope.level in {"province", "city"}:
            return people
        reach |= Q(area=scope.area)
        if scope.level in {"district", "street", "community", "general"}:
            reach |= Q(**{f"area__{scope.level}": scope.area})
    return people.filter(reach)


def person_in_reach(viewer: Viewer, person: Person) -> bool:
    """Say whether somebody belongs to the viewer's own area."""
    return people_in_reach(viewer).filter(pk=person.pk).exists()
