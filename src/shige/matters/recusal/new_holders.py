"""Somebody begins or ends in a post: what nobody there may know of goes up, what names them is sealed (P3).

Nobody reads what may be about them in whatever post: that is asked at every reading. Here nothing stays with
a post of which only they are left, and words are read again for whoever begins where they are answered.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.language.named import searchable, written
from shige.trust.gate import COLUMNS, SYSTEM
from shige.trust.in_office import holders_of
from shige.trust.jurisdiction import profile
from shige.trust.models import Person, Post, Recusal
from shige.trust.queries import held_today
from shige.trust.service_history import kept_from, posts_kept_from

from ..danger.above import keep_from
from ..handling.commands.category import take_back
from ..models import JointPart, Matter, ReturnVisit, Task
from ..sealing.commands.again import blamed_at, judged_before, stored
from ..workflow.actors import sealed_of
from ..workflow.workflows import RECUSED
from .exclusion import next_owner, pass_visits_on, write_down

BEGUN: Final = timedelta(hours=25)
"""How far back the sweep of every day looks for whoever has begun meanwhile, as was decided before."""


@transaction.atomic
def judge_holder(person: int, post: int) -> None:
    """Judge again what stands at the posts of somebody who begins or ends in one, in its transaction."""
    held = set(held_today().filter(person=person).values_list("post", flat=True))
    if post in held:
        _read_for(person, post)
    for matter in _standing_at({post, *held}):
        _leave_nothing(matter)


def judge_every_holder() -> None:
    """Judge again, every day, all that may be about somebody, and for whoever has begun since yesterday."""
    begun = held_today().filter(valid__startswith__gt=timezone.now() - BEGUN)
    for person, post in begun.values_list("person", "post"):
        with transaction.atomic():
            _read_for(person, post)
    for matter in _standing_at():
        with transaction.atomic():
            _leave_nothing(matter)


def _read_for(person: int, post: int) -> None:
    """Read the words again of what a post answers, and of what lies in its area, for a new holder of it.

    What blames them there is sealed and leaves the post; in the hands of others it is kept from them alone.
    """
    name = Person.objects.values_list("service_name", flat=True).get(pk=person)
    area = Post.objects.select_related("area").get(pk=post).area
    waiting = (
        Matter.objects.select_for_update(of=("self",)).filter(open=True).exclude(recusals__person=person)
    )
    for matter in waiting.filter(owner=post):
        if written(searchable(stored(matter)), name) and (seal := judged_before(matter, post)):
            seal()
    if column := COLUMNS.get(area.level):
        for matter in waiting.filter(words__icontains=name, **{column: area.pk}).exclude(owner=post):
            if blamed_at(matter, post, {person}):
                keep_from(matter, {person})


def _standing_at(posts: Collection[int] | None = None) -> list[int]:
    """Return the matters (ids) kept from somebody and of which something waits at some or all posts."""
    here = {} if posts is None else {"post__in": posts}
    tasks = Task.objects.filter(matter=OuterRef("pk"), open=True, **here)
    parts = JointPart.objects.filter(joint__matter=OuterRef("pk"), joint__open=True, **here)
    visits = _waiting_visits().filter(matter=OuterRef("pk"), **here)
    own = Q(open=True) if posts is None else Q(open=True, owner__in=posts)
    kept = Q(sealed__gt=0) | Exists(Recusal.objects.filter(matter=OuterRef("pk")))
    waits = own | Exists(tasks) | Exists(parts) | Exists(visits)
    return list(Matter.objects.filter(kept, waits).order_by("pk").values_list("pk", flat=True))


def _leave_nothing(pk: int) -> None:
    """Leave nothing of a matter with posts of which only people are left who may not know of it."""
    matter = Matter.objects.select_for_update().get(pk=pk)
    told, waiting = sealed_of(matter), _waiting_visits().filter(matter=matter)
    tasks, joint = (
        matter.tasks.filter(open=True),
        JointPart.objects.filter(joint__matter=matter, joint__open=True),
    )
    posts = {post for rows in (tasks, joint, waiting) for post in rows.values_list("post", flat=True)}
    kept = posts_kept_from({matter.owner_id, *posts}, told)
    if matter.owner_id in kept and (owner := next_owner(matter)) is not None:
        about = kept_from(holders_of(matter.owner_id), told) if matter.sealed else ()
        with override(profile().language):
            why = _("Nobody else is left at the post that had it.")
        write_down(SYSTEM, matter, RECUSED, about, owner, why)
    if kept:
        take_back(SYSTEM, matter)
        pass_visits_on(matter)


def _waiting_visits() -> QuerySet[ReturnVisit]:
    return ReturnVisit.objects.filter(done_at=None, ended_at=None)
