"""Plays the sample's disputes through the commands of mediation, as their workers would (R24, R27)."""

from datetime import datetime, timedelta

from django.utils import timezone

from shige.disputes.mediation.commands import (
    PartyIn,
    PromiseIn,
    SessionIn,
    add_party,
    add_to_note,
    hold_session,
    promise,
    promise_kept,
    write_agreement,
)
from shige.disputes.mediation.settlement import agree, to_committee
from shige.disputes.month.commands import write_month
from shige.disputes.plans.commands import add_group, add_measure, adopt_plan, note_progress
from shige.disputes.plans.corrections import Correction, remove_measure
from shige.disputes.plans.duty import MeasureIn
from shige.matters import clock
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.models import ReturnVisit
from shige.matters.report import Place, Report
from shige.matters.visits.commands import visit_ok
from shige.matters.workflow.workflows import HAZARD
from shige.sample.disputes import SampleDispute, SampleGroup, disputes
from shige.territory.models import Area, Building, Placement
from shige.trust.gate import PUBLIC, SYSTEM, Viewer
from shige.trust.models import Post
from shige.trust.queries import posts_in_office, today

from .tasks import holder_of

HOLDS = "电话问过双方，情况稳定。"
"""What most return visits of the sample hear."""


def tell_disputes(until: datetime) -> int:
    """Play every dispute of the sample up to ``until``; return how many matters there are."""
    _come_back(until)
    told, homes = disputes(), _homes()
    if not homes:
        return 0
    for number, story in enumerate(told.disputes):
        post, building = homes[min(story.grid, len(homes) - 1)]
        _Teller(story, holder_of(post.pk), building, until, f"sample-dispute-{number}").tell()
    _claim(told.group, homes[0][1], until)
    last_month = timezone.localdate(until).replace(day=1) - timedelta(days=1)
    write_month(SYSTEM, _community(homes[0][0]), last_month, told.experience, told.shortcomings)
    return len(told.disputes) + 1


def _come_back(until: datetime) -> None:
    """Make the return visits of what was told before, each on its day; rechecks of hazards still wait."""
    day = timezone.localdate(until)
    waiting = ReturnVisit.objects.filter(done_at=None, ended_at=None, due__lt=day)
    waiting = waiting.exclude(matter__kind=HAZARD)
    for visit in waiting.select_related("post", "matter").order_by("due", "pk"):
        with clock.at(until - timedelta(days=(day - visit.due).days)):
            visit_ok(holder_of(visit.post_id), visit.matter.number, HOLDS)


class _Teller:
    """Lets one dispute happen, each step at its moment."""

    def __init__(
        self, story: SampleDispute, worker: Viewer, building: Building, until: datetime, key: str
    ) -> None:
        self.story, self.worker, self.building, self.until, self.key = story, worker, building, until, key
        self.number = ""

    def tell(self) -> None:
        """File it, and go as far as the story does."""
        story = self.story
        with clock.at(self._ago(story.reported)):
            self.number = _filed(story.category, story.words, self.building, self.key)
        if not story.notes:
            return
        with clock.at(self._ago(story.reported, hours=2)):
            take(self.worker, self.number)
            self._write_down()
        for session in story.sessions:
            self._session(*session)
        if story.agreed is not None:
            self._agree(story.agreed)
        if story.handed is not None:
            with clock.at(self._ago(story.handed)):
                to_committee(self.worker, self.number, story.committee)

    def _write_down(self) -> None:
        for note in self.story.notes:
            add_to_note(self.worker, self.number, note)
        for side, name, phone in self.story.parties:
            add_party(self.worker, self.number, PartyIn(side, name, phone))

    def _session(self, day: int, where: str, result: str, others: str) -> None:
        held = self._ago(day)
        coming = timezone.localdate(self.until) + timedelta(days=self.story.next_in)
        with clock.at(held + timedelta(hours=1)):
            given = SessionIn(held, where, result, (), others, coming if self.story.next_in else None)
            hold_session(self.worker, self.number, given)

    def _agree(self, day: int) -> None:
        story, moment = self.story, self._ago(day, hours=3)
        with clock.at(moment):
            write_agreement(self.worker, self.number, story.agreement)
            agree(self.worker, self.number, story.result)
            made = [
                promise(self.worker, self.number, PromiseIn(who, what, moment.date() + timedelta(days=due)))
                for who, what, due, _kept in story.promises
            ]
        for step, (_who, _what, _due, kept) in zip(made, story.promises, strict=True):
            if kept and kept <= day:
                with clock.at(moment + timedelta(days=kept)):
                    promise_kept(self.worker, self.number, step.pk)
        self._visit()

    def _visit(self) -> None:
        visits = ReturnVisit.objects.filter(matter__number=self.number).select_related("post").order_by("due")
        for visit in visits if self.story.visited else ():
            ahead = (visit.due - timezone.localdate(self.until)).days
            if ahead <= 0:
                with clock.at(self._ago(-ahead)):
                    visit_ok(holder_of(visit.post_id), self.number, self.story.visited)

    def _ago(self, days: int, hours: int = 0) -> datetime:
        """Return ten in the morning so many days ago and so many hours later, never after ``until``."""
        day = timezone.localtime(self.until) - timedelta(days=days)
        at_ten = day.replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(hours=hours)
        return min(at_ten, self.until - timedelta(minutes=5))


def _claim(told: SampleGroup, building: Building, until: datetime) -> None:
    """File the claim of a group and have the street plan for it."""
    with clock.at(until - timedelta(days=told.reported)):
        number = _filed(told.category, told.words, building, "sample-group")
    with clock.at(until - timedelta(days=told.reported - 2)):
        take(SYSTEM, number)
        groups = [add_group(SYSTEM, number, interest, count) for interest, count in told.groups]
        for group, what, body, days, progress in told.measures:
            due = timezone.localdate(until) + timedelta(days=days)
            made = add_measure(SYSTEM, number, MeasureIn(what, due, body=body, group=groups[group].pk))
            note_progress(SYSTEM, number, made.pk, progress, done=bool(progress))
        plan = adopt_plan(SYSTEM, number)
    with clock.at(until - timedelta(days=1)):
        remove_measure(SYSTEM, number, made.pk, Correction(plan.version, told.dropped))


def _filed(category: str, words: str, building: Building, key: str) -> str:
    place = Place(lon=building.lon, lat=building.lat, building=building.pk)
    answers = Answers(no_emergency=True)
    report = Report(words=words, place=place, category=category, source="sample", key=key, answers=answers)
    return file_matter(PUBLIC, report).matter.number


def _homes() -> list[tuple[Post, Building]]:
    """Return the first micro-grids that have a worker, each with a building of its own."""
    posts = posts_in_office().filter(role="micro_worker").select_related("area").order_by("area__code")
    found = []
    for post in posts[:6]:
        placed = Placement.objects.filter(leaf=post.area, valid__contains=today()).select_related("building")
        shared = Placement.objects.exclude(leaf=post.area).values("building")
        if first := placed.exclude(building__in=shared).order_by("building").first():
            found.append((post, first.building))
    return found


def _community(post: Post) -> Area:
    return Area.objects.get(pk=post.area.community_id or 0)
