"""Plays the sample's opinion notes, and what else waits at the desk of the service centre (R40, R42)."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.filing.commands.relay import relay_matter
from shige.matters.handling.commands.transfer import refuse_duty
from shige.matters.models import Matter
from shige.matters.report import Place, Report
from shige.opinions.commands import OpinionIn, hear_too, move_opinion, write_opinion
from shige.sample.opinions import SampleOpinion, opinions
from shige.territory.models import Area, Building
from shige.trust.gate import Viewer
from shige.trust.models import Post
from shige.trust.queries import posts_in_office

from .tasks import holder_of

NO_DUTY = "清单里没有这一项，需要执法权限。"
AT_THE_COUNTER = "老人来窗口反映：楼道感应灯不亮，晚上上下楼看不清。"


def tell_opinions(until: datetime) -> int:
    """Play every opinion note up to ``until``, one refused duty and one matter of the counter."""
    posts = list(posts_in_office().filter(role="micro_worker").select_related("area").order_by("area__code"))
    told = opinions() if posts else ()
    for story in told:
        _tell(story, posts[story.grid % len(posts)], until)
    _refuse(until)
    _register(until)
    return len(told)


def _tell(story: SampleOpinion, post: Post, until: datetime) -> None:
    def ago(days: int) -> datetime:
        return until - timedelta(days=days)

    with clock.at(ago(story.written)):
        on = localdate(clock.now())
        given = OpinionIn(story.theme, post.area_id, story.words, story.band, on)
        key = write_opinion(holder_of(post.pk), given).pk
    for role, day in story.heard:
        with clock.at(ago(day)):
            hear_too(_serving(role, post.area), key)
    for action, day, words in story.course:
        with clock.at(ago(day)):
            move_opinion(_serving("community_chief", post.area), key, action, words)


def _serving(role: str, area: Area) -> Viewer:
    """Return whoever serves in a role at a grid, or at the area above it that has the role."""
    line = (area.pk, area.general_id, area.community_id)
    return holder_of(posts_in_office().filter(role=role, area__in=[pk for pk in line if pk])[0].pk)


def _refuse(until: datetime) -> None:
    """Let a full-time worker give the newest matter that nobody took back as no duty (R19)."""
    waiting = Matter.objects.filter(state=Matter.State.NEW, tier="G", sealed=0).order_by("-pk")
    matter = waiting.filter(owner__role="fulltime_worker", owner__in=posts_in_office()).first()
    if matter is not None:
        with clock.at(until):
            refuse_duty(holder_of(matter.owner_id), matter.number, NO_DUTY)


def _register(until: datetime) -> None:
    """Register what somebody said at the counter this morning."""
    centre = posts_in_office().filter(role="service_centre").order_by("pk").first()
    home = Building.objects.filter(households__gt=0).order_by("-pk").first()
    if centre is not None and home is not None:
        with clock.at(until - timedelta(hours=2)):
            report = Report(
                words=AT_THE_COUNTER, place=Place(building=home.pk), key="sample-counter", consent=True
            )
            relay_matter(holder_of(centre.pk), report)
